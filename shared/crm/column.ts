import * as z from "zod";
import { lazy } from "../memory/lazy.ts";
import * as field from "./values/fields.ts";
import * as record from "./values/record-schema.ts";

/** When a record is written. */
export type Write = "creation" | "change";

/** A column of a resource: what is answered of it, and what can be given for it. */
export interface Column {
  /** The schema of its values as they are answered. */
  readonly answer: z.ZodType;
  /** The check of a value that is given for it, made when first asked for; null: it is read-only. */
  readonly check: (() => z.ZodType) | null;
  /** The check of a value that lists are filtered by. */
  readonly filter: () => z.ZodType;
  /** The one write it can be given in; null: in both. */
  readonly only: Write | null;
  /** Whether creating a record must give it. */
  readonly isRequired: boolean;
  /** Whether null clears it. */
  readonly clears: boolean;
  /** The kind of record it links to, such as `company`; null when it is no link. */
  readonly linksTo: string | null;
}

type Options = Partial<Pick<Column, "filter" | "only" | "clears">>;

/** A column with its check. Null clears one that can be answered as null, unless `clears` says else. */
export function of(answer: z.ZodType, check: () => z.ZodType, options: Options = {}): Column {
  return {
    answer,
    check: lazy(check),
    filter: check,
    only: null,
    isRequired: false,
    clears: answer instanceof z.ZodNullable,
    linksTo: null,
    ...options,
  };
}

/** A column that cannot be given. Lists are filtered by any text of it, unless `filter` says else. */
export function readOnly(answer: z.ZodType, filter: () => z.ZodType = field.filterText): Column {
  return { ...of(answer, filter), check: null };
}

/** The same column, which creating a record must give. */
export function required(column: Column): Column {
  return { ...column, isRequired: true, clears: false };
}

/** Free text. */
export function text(maximum: number, options: Options = {}): Column {
  return of(record.text, () => field.text(maximum), { filter: field.filterText, ...options });
}

/** Text on one line that is never null. */
export function title(maximum: number): Column {
  return of(z.string(), () => field.label(maximum), { filter: field.filterText });
}

/** A word for how a record stands, which is never null; clients choose the words. */
export function status(options: Options = {}): Column {
  return of(z.string(), () => field.text(64), { filter: field.filterText, ...options });
}

/** The id of a record of another kind, such as `company`. */
export function link(linksTo: string, options: Options = {}): Column {
  return { ...of(record.link, field.uuid, options), linksTo };
}

/** The id of the record itself. */
export const id: Column = readOnly(record.id, field.uuid);

/** A time that the database sets. */
export const time: Column = readOnly(record.timestamp);

/** An email address to filter by, which need not be a whole one. */
export function emailFilter(): z.ZodType {
  return field.filterText().trim().toLowerCase();
}

/** The checks of what can be given in a write, by name: the shape of a strict object. */
export function inputs(
  columns: Readonly<Record<string, Column>>,
  write: Write,
): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, { check, only, clears, isRequired }]) => {
      if (check === null || (only !== null && only !== write)) return [];
      if (clears) return [[name, field.optional(check())]];
      return [[name, isRequired && write === "creation" ? check() : check().optional()]];
    }),
  );
}
