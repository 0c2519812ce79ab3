import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { Rows } from "../db/wire/pipeline.ts";

/** What a record is called, also one that was deleted. */
export interface Named {
  number: number | null;
  name: string | null;
}

/** The tables that records link to, and their columns of names. */
const TABLES: Readonly<Record<string, string>> = {
  users: "name",
  companies: "name",
  stages: "name",
  pipelines: "name",
  tags: "name",
  contacts: "null",
  leads: "null",
  deals: "title",
};

/** Reads what the records with these ids are called. */
export function selectNames(ids: readonly string[]): Statement {
  const known = Object.entries(TABLES).map(([table, name]) =>
    sql`select id, number, ${sql.raw(name)}::text as name from ${sql.table(`crm.${table}`)}
      where id = any(${ids}::uuid[])`
  );
  const gone =
    sql`select record_id, (before ->> 'number')::bigint, before ->> 'name' from crm.events
    where action = 'deleted' and record_id = any(${ids}::uuid[]) and resource <> 'lead_tags'`;
  return statement(sql.join([...known, gone], sql` union all `));
}

/** What the records are called, by their ids. */
export function namesOf(rows: Rows | undefined): ReadonlyMap<string, Named> {
  const named = rowsOf<{ id: string; number: string | number | null; name: string | null }>(rows);
  return new Map(named.map(({ id, number, name }) => [
    id,
    { number: number === null ? null : Number(number), name },
  ]));
}
