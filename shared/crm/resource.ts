import type { z } from "zod";
import type { DB } from "../db/types.generated.ts";

/** A column that lists can be sorted by; never null, and followed by `id` in an index. */
export interface Sort {
  column: string;
  type: "timestamptz" | "text";
}

/** A mistake that only the database can see, by the constraint it breaks. */
export interface ConstraintError {
  field: string;
  message: string;
}

/** One kind of record: what is answered, written, filtered, searched and sorted. */
export interface Resource {
  /** Singular, for messages. */
  record: string;
  /** Plural, as in scopes and in `crm.record_counts`. */
  name: string;
  table: keyof DB;
  /** The columns of an answer, in order. */
  columns: readonly string[];
  /** Fields that can be updated; null clears. */
  update: z.ZodObject;
  filters: Readonly<Record<string, z.ZodType<string>>>;
  /** The `security definer` function that answers the ids matching LIKE patterns. */
  search: string;
  sorts: Readonly<Record<string, Sort>>;
  constraints: Readonly<Record<string, ConstraintError>>;
}

type Column<T extends keyof DB> = Extract<keyof DB[T], string>;

/** Declares a resource; its columns are checked against the table. */
export function resource<T extends keyof DB>(
  declaration: Resource & {
    table: T;
    columns: readonly Column<T>[];
    sorts: Readonly<Record<string, Sort & { column: Column<T> }>>;
  },
): Resource {
  return declaration;
}
