import type pg from "pg";
import { parseApiKey } from "../../shared/auth/api-key.ts";
import { createApiKey } from "./admin/api-keys.ts";
import { Refusal } from "./admin/refusal.ts";
import { createWorkspace } from "./admin/workspaces.ts";

const DEMO_WORKSPACE = "demo";

/**
 * Makes sure the demo workspace exists and returns a key for it: the kept one while it works, else
 * a new one, since the database holds only hashes.
 */
export async function demoKey(client: pg.Client, kept: string | undefined): Promise<string> {
  if (kept && await works(client, kept)) return kept;
  await createWorkspace(client, { slug: DEMO_WORKSPACE, name: "Demo" }).catch((error) => {
    if (!(error instanceof Refusal && error.code === "conflict")) throw error;
  });
  const created = await createApiKey(client, {
    workspace: DEMO_WORKSPACE,
    name: "Demo key of the local stack",
    scopes: ["admin"],
  });
  return created.key;
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
