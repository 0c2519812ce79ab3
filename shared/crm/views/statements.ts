import { type Sql, sql, statement } from "../../db/sql.ts";
import type { Rows, Statement } from "../../db/wire/pipeline.ts";
import { JsonText } from "../../formats/json-text.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { Fields } from "../plan.ts";
import type { Resource } from "../resource.ts";
import { type Given, neededBy, type NumberedLink, shown, type View } from "./view.ts";

/** What names a record: its number, or its id. */
export type Key = number | string;

/** The record that others belong to by a column. */
export interface Owner<K extends Key = Key> {
  column: string;
  resource: Resource;
  key: K;
}

/**
 * Selects a record by its key, of those of an owner if there is one, as the view names it: one row with
 * `record`, its JSON text.
 */
export function selectByKey(view: View, key: Key, owner?: Owner): Statement {
  const by = nameOf(key);
  if (owner === undefined) return selected(view, by, named(key));
  const { column, resource, key: its } = owner;
  const owned = sql`${sql.ref(column)} = (
    select id from ${sql.table(`crm.${resource.name}`)} where ${named(its)})`;
  return selected(view, `${by} in ${column} by ${nameOf(its)}`, sql`${named(key)} and ${owned}`);
}

/** Selects a record by its number, like {@link selectByKey}. */
export function selectByNumber(view: View, number: number): Statement {
  return selectByKey(view, number);
}

/** Selects a record by its id, like {@link selectByKey}. */
export function selectById(view: View, id: string): Statement {
  return selectByKey(view, id);
}

/** Selects whether there is a record with a key: one row when there is. */
export function selectPresence({ name }: Resource, key: Key): Statement {
  return statement(sql`select id from ${sql.table(`crm.${name}`)} where ${named(key)}`);
}

const texts = new WeakMap<View, Map<string, string>>();

function selected(view: View, by: string, condition: Sql): Statement {
  const known = texts.get(view) ?? new Map<string, string>();
  texts.set(view, known);
  const text = known.get(by) ?? statement(sql`
    select row_to_json(record)::text as record from (
      select ${shown(view)} from (
        select ${sql.join(neededBy(view).map(sql.ref))} from ${sql.table(view.resource.table)}
        where ${condition}) page) record`).text;
  known.set(by, text);
  return { text, values: [...condition.values], prepared: true };
}

// Holds the id from one statement to the next, within the transaction: all go in one round trip.
const WRITTEN = "app.written_id";

/** The id of what {@link writeThenSelect} wrote; null when there is none. */
export const writtenId: Sql = sql`nullif(current_setting(${WRITTEN}), '')::uuid`;

/**
 * Makes or changes a record by a query that answers its `id`, runs what else belongs to that, then selects
 * it as the view names it: what triggers did shows as well. The last of the statements has the row, if
 * there is a record.
 */
export function writeThenSelect(view: View, query: Sql, also: readonly Sql[] = []): Statement[] {
  const written = sql`select set_config(${WRITTEN}, coalesce(
    (select id::text from written limit 1), ''), true)`;
  return [
    statement(sql`with written as (${query}) ${written}`),
    ...also.map(statement),
    selected(view, "written", sql`id = ${writtenId}`),
  ];
}

/** The query that makes a record of what is given and answers its `id`. */
export function insertion({ resource }: View, given: Given): Sql {
  const columns = Object.entries({ ...given.columns, ...linkColumns(given.links) });
  const table = sql.table(`crm.${resource.name}`);
  if (columns.length === 0) return sql`insert into ${table} default values returning id`;
  return sql`insert into ${table} (${sql.join(columns.map(([column]) => sql.ref(column)))})
    values (${sql.join(columns.map(([, value]) => sql`${value}`))}) returning id`;
}

/** The query that sets what is given, if anything, of a record and answers its `id`. */
export function alteration({ resource }: View, key: Key, given: Given): Sql {
  const columns = Object.entries({ ...given.columns, ...linkColumns(given.links) });
  const table = sql.table(`crm.${resource.name}`);
  if (columns.length === 0) return sql`select id from ${table} where ${named(key)}`;
  const assignments = columns.map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  return sql`update ${table} set ${sql.join(assignments)} where ${named(key)} returning id`;
}

/** The query that deletes a record: one row when there was one. */
export function deletion({ resource }: View, key: Key): Sql {
  return sql`delete from ${sql.table(`crm.${resource.name}`)} where ${named(key)} returning id`;
}

function named(key: Key): Sql {
  return sql`${sql.ref(nameOf(key))} = ${key}`;
}

function nameOf(key: Key): "number" | "id" {
  return typeof key === "number" ? "number" : "id";
}

/** SQL of the ids behind links, as jsonb by their columns; refuses links to no record (app.linked_ids). */
export function linkedIds(links: readonly NumberedLink[]): Sql {
  return sql`app.linked_ids(${JSON.stringify(links)}::jsonb)`;
}

function linkColumns(links: readonly NumberedLink[]): Fields {
  const ids = linkedIds(links);
  return Object.fromEntries(
    links.map(({ column }) => [column, sql`(select (${ids} ->> ${column}::text)::uuid)`]),
  );
}

/** The record of a row of these statements. Throws RecordNotFound when there is none. */
export function shownRecord({ resource }: View, key: Key, rows: Rows | undefined): JsonText {
  const record = rows?.[0]?.record;
  if (typeof record !== "string") throw new RecordNotFound(resource.record, String(key));
  return new JsonText(record);
}
