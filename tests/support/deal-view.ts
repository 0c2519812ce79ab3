import * as z from "zod";
import { contacts } from "../../shared/crm/contacts.ts";
import { deals } from "../../shared/crm/deals.ts";
import { pipelines } from "../../shared/crm/pipelines.ts";
import { users } from "../../shared/crm/users.ts";
import { coded, column, linked, lookup, number } from "../../shared/crm/views/codecs.ts";
import { view } from "../../shared/crm/views/view.ts";
import { sql } from "../../shared/db/sql.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, claimsOf } from "./as-role.ts";
import { asOwner, testWorkspace } from "./workspace.ts";

/** Deals as an API with numeric ids may name them, a field of each codec. */
export const deal = view(deals, {
  id: number(),
  uuid: column("id"),
  name: column("title"),
  amount: column("value"),
  state: coded({ open: "OPEN", won: "WON" }, "status"),
  owner: linked(users, "assigned_to"),
  contact: linked(contacts, "contact_id"),
  pipeline: linked(pipelines, "pipeline_id"),
  company: lookup(
    () => z.string().nullable(),
    (of) => sql`select name from crm.companies where id = ${of("company_id")}`,
  ),
  createdAt: column("created_at"),
});

/** A workspace with a user, a contact and a company, and their numbers. */
export async function filled() {
  const { id } = await testWorkspace();
  const made = async (insert: string) => {
    const [row] = await asOwner<{ id: string; number: number }>(
      `insert into ${insert} returning id, number::int`,
      [id],
    );
    return row!;
  };
  const [pipeline] = await asOwner<{ number: number }>(
    "select number::int from crm.pipelines where workspace_id = $1",
    [id],
  );
  return {
    id,
    claims: claimsOf(id),
    user: await made("crm.users (workspace_id, name, email) values ($1, 'Jane', 'jane@acme.com')"),
    contact: await made("crm.contacts (workspace_id, first_name) values ($1, 'Zoë')"),
    company: await made("crm.companies (workspace_id, name) values ($1, 'Acme \"& Co')"),
    pipeline: pipeline!,
  };
}

/** Two such workspaces, and what reads and writes as the first. */
export async function twoWorkspaces() {
  const [mine, theirs] = [await filled(), await filled()];
  const database = apiDatabase();
  const read = (statement: Statement) => database.read(mine.claims, [statement]);
  const write = async (statements: Statement[]) =>
    (await database.write(mine.claims, statements)).at(-1);
  return { mine, theirs, database, read, write };
}
