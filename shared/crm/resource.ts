import type * as z from "zod";
import type { DB } from "../db/types.generated.ts";
import type { DailyLimit } from "../refusals/errors.ts";
import { lazy } from "../memory/lazy.ts";
import type { Fields, Plan } from "./plan.ts";

/** A column that lists can be sorted by; never null, and followed by `id` in an index unless unique. */
export interface Sort {
  column: string;
  type: "timestamptz" | "text" | "date" | "smallint";
  /** Set when no two records of a workspace have the same: the index holds the column alone. */
  unique?: true;
  /** Filters that have an index with this column, as all have with `created_at`. */
  within?: readonly string[];
}

/** A mistake that only the database can see, by the constraint it breaks. */
export interface ConstraintError {
  field: string;
  message: string;
}

/** One kind of record: what is answered, filtered, searched and sorted. */
export interface Resource {
  /** Singular, for messages. */
  record: string;
  /** Plural, as in scopes and in `crm.record_counts`. */
  name: string;
  table: keyof DB;
  /** The record as it is answered; the keys are columns of the table. */
  schema: z.ZodObject;
  filters: Readonly<Record<string, z.ZodType<string>>>;
  /** The filters of which at most one record has a value. */
  keys?: readonly string[];
  /** The filters by whose values `crm.record_counts` counts (SQL: app.count_by), for lists with one. */
  counted?: readonly string[];
  /** The `security definer` function that answers the ids matching LIKE patterns, if it can. */
  search?: string;
  sorts: Readonly<Record<string, Sort>>;
}

/** A resource whose records can be deleted. */
export interface WritableResource extends Resource {
  /** By the constraint's name, or by the SQLSTATE that a function of the database raises. */
  constraints: Readonly<Record<string, ConstraintError>>;
}

/** A resource whose records can be changed. */
export interface UpdatableResource extends WritableResource {
  /** Fields that can be changed; null clears, absent fields stay. */
  update: z.ZodObject;
  /** Changes a record; without it, the given fields are set as they are. */
  change?(id: string, fields: Fields): Plan;
}

/** A resource whose records are made one by one. */
export interface CreatableResource extends WritableResource {
  create: z.ZodObject;
  /** What creating answers, when that is more than the record. */
  created?: z.ZodObject;
  /** The field by which creating finds the record to update instead. */
  matchedBy?: string;
  /** The daily limits that creating counts towards. */
  counts?: readonly DailyLimit[];
  creation(fields: Fields): Plan;
}

type Column<T extends keyof DB> = Extract<keyof DB[T], string>;

/**
 * Declares a resource; what it filters and sorts by is checked against the table. What a getter gives
 * is made once, when it is first asked for: a process is started for one request, which needs few of
 * the schemas.
 */
export function resource<T extends keyof DB, R extends Resource>(
  declaration: R & {
    table: T;
    filters: Partial<Record<Column<T>, z.ZodType<string>>>;
    keys?: readonly Column<T>[];
    counted?: readonly Column<T>[];
    sorts: Record<string, Sort & { column: Column<T> }>;
  },
): R {
  for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(declaration))) {
    if (get !== undefined) Object.defineProperty(declaration, name, { get: lazy(get) });
  }
  return declaration;
}

/** The errors of links to records that do not exist, for the constraints of a table. */
export function linkErrors(
  table: string,
  links: Readonly<Record<string, string>>,
): Record<string, ConstraintError> {
  return Object.fromEntries(
    Object.entries(links).map(([field, record]) => [
      `${table}_${field}_fkey`,
      { field, message: `No ${record} with this id.` },
    ]),
  );
}
