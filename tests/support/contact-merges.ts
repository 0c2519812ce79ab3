import { expect } from "vitest";
import type { ApiClient, Json } from "./api-client.ts";
import { idOf } from "./links.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "./workspace.ts";

export const MERGE = "v1-public-contacts-merge";

/** A workspace with two contacts, and ways to merge them. */
export async function twoContacts(keep: Json = {}, merge: Json = {}) {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const keep_id = await contactIn(workspace, { email: "kept@person.example", ...keep });
  const merge_id = await contactIn(workspace, { email: "merged@person.example", ...merge });
  return {
    ...workspace,
    keep_id,
    merge_id,
    merge: (fields?: Json) => merged(api, { keep_id, merge_id, ...(fields ? { fields } : {}) }),
    rehearse: async (fields: Json = {}) => {
      const { status, body, text } = await api.post(`${MERGE}?dry_run=true`, {
        keep_id,
        merge_id,
        fields,
      });
      expect(status, text).toBe(200);
      return body.data as Json;
    },
    undo: (id: string) => undone(api, id),
    contact: async (id: string) => (await api.get(`v1-public-contacts-crud?id=${id}`)).body.data,
  };
}

/** Makes a contact; answers its id. */
export async function contactIn({ api }: TestWorkspace, fields: Json): Promise<string> {
  return idOf(await api.post("v1-public-contacts", fields));
}

/** Merges two contacts; answers what is told of it. */
export async function merged(api: ApiClient, body: Json): Promise<Json> {
  const { status, body: { data }, text } = await api.post(MERGE, body);
  expect(status, text).toBe(200);
  return data;
}

/** Undoes a merge; answers the contact that is back. */
export async function undone(api: ApiClient, id: string): Promise<Json> {
  const { status, body: { data }, text } = await api.send("POST", `${MERGE}/undo?id=${id}`, {});
  expect(status, text).toBe(200);
  return data;
}

/** The tables and columns that refer to contacts, from the catalog. */
export async function contactLinks(): Promise<{ table: string; column: string }[]> {
  return await asOwner(
    `select c.relname as table, a.attname as column
     from pg_constraint f join pg_class c on c.oid = f.conrelid
       join pg_attribute a on a.attrelid = c.oid and a.attnum = any (f.conkey)
     where f.contype = 'f' and f.confrelid = 'crm.contacts'::regclass and a.attname <> 'workspace_id'
     order by 1, 2`,
  );
}

// When a row was changed, and what a job computes of leads meanwhile.
const NOT_COMPARED = ["updated_at", "ai_information", "fit_intent_score"];

/** The rows of a workspace that refer to contacts, by table. */
export async function linkedRows(workspaceId: string): Promise<Record<string, Json[]>> {
  const found: Record<string, Json[]> = {};
  for (const { table } of await contactLinks()) {
    const rows = await asOwner<{ row: Json }>(
      `select row from (
         select to_jsonb(t) - $2::text[] as row from crm.${table} t where workspace_id = $1) its
       order by row - 'contact_id', row`,
      [workspaceId, NOT_COMPARED],
    );
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}
