import * as z from "zod";
import type { DB } from "../db/types.generated.ts";
import type { DailyLimit } from "../refusals/errors.ts";
import { lazy } from "../memory/lazy.ts";
import { type Column, inputs } from "./column.ts";
import type { Fields, Plan } from "./plan.ts";

/** A column that lists can be sorted by; never null, and followed by `id` in an index unless unique. */
export interface Sort {
  column: string;
  type: "timestamptz" | "text" | "date" | "smallint" | "integer" | "bigint";
  /** Set when no two records of a workspace have the same: the index holds the column alone. */
  unique?: true;
  /** Filters that have an index with this column, as all have with `created_at`. */
  within?: readonly string[];
}

/** By when records were made, and changed. */
export const TIME_SORTS = {
  created_at: { column: "created_at", type: "timestamptz" },
  updated_at: { column: "updated_at", type: "timestamptz" },
} as const;

/** A mistake that only the database can see, by the constraint it breaks. */
export interface ConstraintError {
  field: string;
  /** `{detail}` in it stands for what the database said. */
  message: string;
  /** Set when nothing that was given is wrong, but something is in the way. */
  blocks?: true;
  /** What that is called by APIs that tell it by a code. */
  code?: string;
}

/** One kind of record: its columns, and how it is filtered, searched and sorted. */
export interface Resource {
  /** Singular, for messages. */
  record: string;
  /** Plural: the table's name in the schema `crm`, as in scopes and in `crm.record_counts`. */
  name: string;
  /** What records are read from: the table, or a view of it. */
  table: keyof DB;
  /** What records show, in this order. */
  columns: Readonly<Record<string, Column>>;
  /** The record as it is answered, made of the columns. */
  schema: z.ZodObject;
  /** The columns by whose values lists are filtered. */
  filters: readonly string[];
  /** The columns whose value at most one record has. */
  keys?: readonly string[];
  /** The column of an email, by former ones of which records are known as well (SQL: app.present_email). */
  knownBy?: string;
  /** The columns by whose values `crm.record_counts` counts (SQL: app.count_by), for lists with one. */
  counted?: readonly string[];
  /** Set where `crm.record_counts` has no total, as of a view with more rows than a table. */
  uncounted?: true;
  /** The `security definer` function that answers the ids matching LIKE patterns, if it can. */
  search?: string;
  /** Whether phone numbers are among what is searched. */
  searchesPhones?: true;
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
  change(id: string, fields: Fields): Plan;
}

/** A resource whose records are made one by one. */
export interface CreatableResource extends WritableResource {
  /** What a record is made of. */
  create: z.ZodObject;
  /** What creating answers, when that is more than the record. */
  created?: z.ZodObject;
  /** The field by which creating finds the record to update instead. */
  matchedBy?: string;
  /** The daily limits that creating counts towards. */
  counts?: readonly DailyLimit[];
  creation(fields: Fields): Plan;
}

type Derived = "schema" | "create" | "update" | "constraints" | "filters";
type Declaration =
  & Omit<Resource & Partial<UpdatableResource & CreatableResource>, Derived>
  & Partial<Pick<WritableResource & CreatableResource, "create" | "constraints" | "filters">>;

type Name<T extends keyof DB> = Extract<keyof DB[T], string>;

/** What the columns of a declaration give beside what it declares. */
type Declared<D> =
  & D
  & Pick<WritableResource, "schema" | "constraints" | "filters">
  & (D extends { creation: unknown } ? Pick<CreatableResource, "create"> : unknown)
  & (D extends { change: unknown } ? Pick<UpdatableResource, "update"> : unknown);

/**
 * Declares a resource by its columns, which are checked against the table: they give the schemas of what
 * is answered and taken, and the errors of links to no record. A schema is made when it is first asked
 * for: a process is started for one request, which needs few.
 */
export function resource<T extends keyof DB, D extends Declaration>(
  declaration: D & {
    table: T;
    columns: Partial<Record<Name<T>, Column>>;
    filters?: readonly (Name<T> & keyof D["columns"])[];
    keys?: readonly Name<T>[];
    knownBy?: Name<T>;
    counted?: readonly Name<T>[];
    sorts: Record<string, Sort & { column: Name<T> }>;
  },
): Declared<NoInfer<D>> {
  const { columns, name, constraints = {}, filters = [] }: Declaration = declaration;
  const derived = Object.defineProperties({}, {
    schema: made(() => z.object(mapped(columns, ({ answer }) => answer))),
    ...(declaration.creation &&
      { create: made(() => z.strictObject(inputs(columns, "creation"))) }),
    ...(declaration.change && { update: made(() => z.strictObject(inputs(columns, "change"))) }),
    ...mapped(Object.getOwnPropertyDescriptors(declaration), keptOnce),
    filters: { value: filters },
    constraints: { value: { ...constraints, ...linkErrors(name, columns) } },
  });
  return derived as Declared<NoInfer<D>>;
}

/** The same records with some of their columns, and no other filters than those. */
export function part(whole: Resource, names: readonly string[]): Resource {
  const { columns, filters } = whole;
  const shown = Object.fromEntries(
    Object.entries(columns).filter(([name]) => names.includes(name)),
  );
  return {
    ...whole,
    columns: shown,
    schema: z.object(mapped(shown, ({ answer }) => answer)),
    filters: filters.filter((name) => names.includes(name)),
  };
}

function made(make: () => z.ZodObject): PropertyDescriptor {
  return { get: lazy(make), enumerable: true };
}

function keptOnce(descriptor: PropertyDescriptor): PropertyDescriptor {
  return descriptor.get === undefined ? descriptor : { ...descriptor, get: lazy(descriptor.get) };
}

function mapped<A, B>(
  values: Readonly<Record<string, A>>,
  map: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}

function linkErrors(
  table: string,
  columns: Readonly<Record<string, Column>>,
): Record<string, ConstraintError> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([field, { linksTo, check }]) =>
      linksTo === null || check === null
        ? []
        : [[`${table}_${field}_fkey`, { field, message: `No ${linksTo} with this id.` }]]
    ),
  );
}

/** The check of a value that a list is filtered by. Throws when the resource has no such filter. */
export function filterCheck({ columns, filters, name }: Resource, filter: string): z.ZodType {
  const column = filters.includes(filter) ? columns[filter] : undefined;
  if (column === undefined) throw new Error(`${name} has no filter ${filter}`);
  return column.filter();
}
