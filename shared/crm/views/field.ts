import type * as z from "zod";
import type { Sql } from "../../db/sql.ts";
import type { Write } from "../column.ts";
import type { Resource } from "../resource.ts";

/** What can be given for a field of a view. */
export interface Input {
  column: string;
  /** The check of a value as it is on the wire, null aside. */
  check: () => z.ZodType;
  /** Whether null clears it. */
  clears: boolean;
  /** Whether creating a record must give it. */
  isRequired: boolean;
  /** The one write it can be given in; null: in both. */
  only: Write | null;
  /** What is stored of a checked value that is not null. */
  stored(value: unknown): unknown;
  /** The kind of record whose number it is, if it is a link by number. */
  linksTo?: Resource;
}

/** A field of a view: one value of a record under its name on the wire. */
export interface Field {
  /** The schema of its values as they are answered. */
  schema: () => z.ZodType;
  /** SQL of its value, of a row `page` with the columns that it needs. */
  value: Sql;
  needs: readonly string[];
  /** The column whose very value it shows, by which lists may be sorted; null: it shows none. */
  shows: string | null;
  /** What can be given for it; null: it is read-only. */
  input: Input | null;
}

/** Makes a field of its name and its resource. */
export type Codec = (name: string, resource: Resource) => Field;
