import type pg from "pg";
import { parseApiKey } from "../../shared/auth/api-key.ts";
import { createApiKey } from "./admin/api-keys.ts";
import { Refusal } from "./admin/refusal.ts";
import { consoleLink, createSignInLink } from "./admin/sign-in-links.ts";
import { createUser } from "./admin/users.ts";
import { createWorkspace } from "./admin/workspaces.ts";

const DEMO_WORKSPACE = "demo";
const DEMO_ADMIN = { workspace: DEMO_WORKSPACE, email: "admin@demo.example", name: "Demo Admin" };
const FIRST_LINK_SECONDS = 86_400;
const USERS = `from crm.users u join crm.workspaces w on w.id = u.workspace_id
  where w.slug = $1 and u.status <> 'inactive'`;

/**
 * Makes sure the demo workspace exists and returns a key for it: the kept one while it works, else
 * a new one, since the database holds only hashes.
 */
export async function demoKey(client: pg.Client, kept: string | undefined): Promise<string> {
  if (kept && await works(client, kept)) return kept;
  await createWorkspace(client, { slug: DEMO_WORKSPACE, name: "Demo" }).catch(unlessThere);
  const created = await createApiKey(client, {
    workspace: DEMO_WORKSPACE,
    name: "Demo key of the local stack",
    scopes: ["admin"],
  });
  return created.key;
}

/**
 * The address of the console of an API: signed in as the demo workspace's admin, who is made when it has
 * none, until somebody has been.
 */
export async function demoConsole(client: pg.Client, address: string): Promise<string> {
  if (!await hasAdmin(client)) {
    await createUser(client, { ...DEMO_ADMIN, role: "admin" }).catch(unlessThere);
  }
  if (!await awaitsFirst(client)) return `${address}/console`;
  const { token } = await createSignInLink(client, { ...DEMO_ADMIN, seconds: FIRST_LINK_SECONDS });
  return consoleLink(address, token);
}

async function hasAdmin(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(`select ${USERS} and u.role = 'admin'`, [DEMO_WORKSPACE]);
  return rows.length > 0;
}

/** Whether the demo admin is there, and nobody has signed in yet. */
async function awaitsFirst(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `select ${USERS} having bool_or(u.email = $2 and u.role = 'admin') and count(u.last_sign_in_at) = 0`,
    [DEMO_WORKSPACE, DEMO_ADMIN.email],
  );
  return rows.length > 0;
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Refusal && error.code === "conflict")) throw error;
}

async function works(client: pg.Client, key: string): Promise<boolean> {
  const parsed = parseApiKey(key);
  if (!parsed) return false;
  const { rows } = await client.query(
    `select 1 from crm.api_keys k join crm.workspaces w on w.id = k.workspace_id
     where w.slug = $1 and k.public_id = $2 and k.key_hash = $3 and k.revoked_at is null
       and (k.expires_at is null or k.expires_at > now()) and 'admin' = any (k.scopes)`,
    [DEMO_WORKSPACE, parsed.publicId, Buffer.from(parsed.hash)],
  );
  return rows.length > 0;
}
