import { expect } from "vitest";
import { FOREIGN_KEY_VIOLATION } from "../../shared/db/errors.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, claimsOf } from "./as-role.ts";
import {
  insertCompanies,
  insertConnectors,
  insertContacts,
  insertInvoices,
  insertLeads,
  insertPipelines,
  insertTitled,
  insertUsers,
  remove,
  talkers,
} from "./bulk-writes.ts";
import { databaseUrl } from "./workspace.ts";

/** Writes statements in one transaction. */
export type Write = (...statements: Statement[]) => Promise<unknown>;

/** Writes to a table: as the API, or as the owner to what the API may only read. */
export type WriteTo = (table?: string) => Write;

const OWNERS = new Set(["pipelines", "stages", "users"]);
const FAILING: Statement = { text: "select 1 / 0", values: [] };

/** Writers of a workspace. */
export function writersOf(id: string, size: number): WriteTo {
  const as = (url: string): Write => {
    const database = apiDatabase({ size, url });
    return (...statements) =>
      database.transact(claimsOf(id), async (transaction) => ({
        result: await transaction.run(statements),
      }));
  };
  const [api, owner] = [as(databaseUrl("apiUrl")), as(databaseUrl("adminUrl"))];
  return (table = "") => OWNERS.has(table) ? owner : api;
}

const plain = (text: string): Statement => ({ text, values: [] });

/** Sets a column of some records, which nobody else has locked, to one value or another. */
const change = (table: string, column: string, values: string): Statement =>
  plain(`update crm.${table} set ${column} = (${values})
    where workspace_id = app.workspace_id() and id = any(array(
      select id from crm.${table} where workspace_id = app.workspace_id()
      order by random() limit 4 for update skip locked))`);
const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;
const either = (...values: string[]) =>
  `(array[${values.map(quoted).join(", ")}])[1 + floor(random() * ${values.length})::int]`;

const oneOf = (table: string) =>
  `select id from crm.${table} where workspace_id = app.workspace_id()
    order by random() limit 1 for key share skip locked`;
const REMOVED_PIPELINE = plain(`delete from crm.pipelines where id = any(array(
  select id from crm.pipelines where workspace_id = app.workspace_id() and not is_default
  order by random() limit 1 for update skip locked))`);
const REMOVED_NONE = plain("delete from crm.contacts where false");

/** Changes of every column that is counted by value, and of some that are not. */
function changes(write: Write, own: Write): Promise<unknown>[] {
  return [
    write(change("contacts", "status", either("active", "lead", 'o\'brien, "quoted"'))),
    write(change("companies", "industry", `nullif(${either("steel", "space", "none")}, 'none')`)),
    write(change("deals", "stage", either("Lead", "won", "Somewhere"))),
    write(change("deals", "status", either("open", "waiting"))),
    own(change("deals", "pipeline_id", oneOf("pipelines"))),
    own(
      change("users", "role", either("member", "viewer")),
      change("users", "status", either("active", "inactive")),
    ),
    write(
      change("tasks", "status", either("open", "done")),
      change("tasks", "priority", either("low", "urgent")),
    ),
    write(
      change("leads", "status", either("new", "won")),
      change("leads", "source", `nullif(${either("web", "mail", "none")}, 'none')`),
      change("leads", "starred", "random() < 0.5"),
    ),
    write(
      change("leads", "stage_id", oneOf("stages")),
      change("leads", "assigned_to", oneOf("users")),
      change("leads", "pipeline_id", oneOf("pipelines")),
    ),
    write(change("invoices", "status", either("draft", "paid"))),
    write(change("activities", "type", either("note", "call"))),
    write(change("connector_deliveries", "status", either("failed", "accepted"))),
    write(change("connector_deliveries", "connector_id", oneOf("connectors"))),
    write(change("companies", "name", "name || '!'"), change("contacts", "title", "'x'")),
  ];
}

/** Upserts that insert some and change the status of others, and parts undone by savepoints. */
function mixtures(write: Write, turn: number): Promise<unknown>[] {
  const upsert = (status: string): Statement => ({
    text: `insert into crm.contacts (email, status)
      select 'p' || n || '@example.com', $1 from generate_series($2::int, $2::int + 8) n
      order by 1 on conflict (workspace_id, email) do update set status = excluded.status`,
    values: [status, turn * 5],
  });
  return [
    write(upsert("upserted")),
    write(
      plain("savepoint one"),
      insertTitled("deals", 3),
      change("deals", "status", "'lost'"),
      plain("rollback to savepoint one"),
      insertTitled("tasks", 2),
      plain("savepoint two"),
      insertTitled("deals", 1),
      plain("release savepoint two"),
    ),
  ];
}

/** Whoever is put into a stage that is just being deleted is refused, as is deleting a pipeline with leads. */
const unlessGone = (write: Write): Write => (...statements) =>
  write(...statements).catch((error: { code?: string }) => {
    if (error.code !== FOREIGN_KEY_VIOLATION) throw error;
  });

/** Writes of every kind at once; some fail in the end, and leave nothing. */
export function storm(writeTo: WriteTo, turn: number): Promise<unknown>[] {
  const [api, owner] = [writeTo(), writeTo("users")];
  const [write, own] = [unlessGone(api), unlessGone(owner)];
  const failing = (writing: Write, ...statements: Statement[]) =>
    expect(writing(...statements, FAILING)).rejects.toThrow(/division by zero|_stage_id_fkey/);
  return [
    write(insertContacts(turn, 20)),
    write(insertContacts(turn, 3), insertContacts(turn, 3)),
    failing(api, insertContacts(1_000 + turn, 7), remove("contacts", 2)),
    failing(api, change("contacts", "status", "'gone'"), change("deals", "stage", "'Won'")),
    write(insertCompanies(1 + turn % 4)),
    failing(api, insertCompanies(3)),
    write(talkers(turn * 2, 5)),
    write(remove("activities", 1 + turn % 3)),
    write(insertTitled("deals", 4), insertTitled("tasks", 3), insertInvoices(1 + turn % 3)),
    failing(api, insertInvoices(2), insertTitled("deals", 1), remove("tasks", 1)),
    write(remove("deals", 1), remove("tasks", 1), remove("invoices", 1)),
    write(insertLeads(turn * 3, 3)),
    write(remove("lead_tags", 1), remove("leads", 1), remove("tags", 1)),
    failing(api, insertLeads(2_000 + turn, 1), remove("leads", 1)),
    write(insertConnectors(3), remove("connectors", 1), remove("connector_deliveries", 1)),
    failing(api, insertConnectors(2), remove("connectors", 1)),
    own(insertUsers(turn, 4), insertPipelines(2)),
    failing(owner, insertPipelines(1), remove("users", 1)),
    own(remove("users", 1), remove("stages", 1)),
    own(REMOVED_PIPELINE),
    write(REMOVED_NONE),
    ...changes(write, own),
    ...mixtures(write, turn),
  ];
}
