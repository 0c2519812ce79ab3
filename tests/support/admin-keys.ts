import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect, inject } from "vitest";
import { type Api, parseApiKey } from "../../shared/auth/api-key.ts";
import { Authenticator, type StoredKey } from "../../shared/auth/authenticate.ts";
import { lookUp } from "../../shared/auth/look-up.ts";
import {
  type ApiKey,
  createApiKey,
  listApiKeys,
  type NewApiKey,
} from "../../supabase/local/admin/api-keys.ts";
import { createWorkspace } from "../../supabase/local/admin/workspaces.ts";
import { eventually } from "./workspace.ts";

const NAME = `admin-keys-${randomUUID()}`;

/** The test database as its owner, for as long as the worker runs. */
export const admin: pg.Pool = pool(inject("adminUrl"));
/** The test database as the functions' role. */
export const api: pg.Pool = pool(inject("apiUrl"));
/** How the functions read a key. */
export const FIND = "select * from app.find_api_key($1, $2)";

function pool(connectionString: string): pg.Pool {
  return new pg.Pool({ connectionString, max: 4, application_name: NAME });
}

/** What {@link FIND} is given of a key. */
export function presented(key: string): unknown[] {
  const parsed = parseApiKey(key);
  return [parsed?.publicId, parsed?.hash];
}

/** Makes a workspace and returns its slug. */
export async function newSlug(): Promise<string> {
  const slug = `k-${randomUUID()}`;
  await createWorkspace(admin, { slug, name: "Keys" });
  return slug;
}

/** Makes a key with scope `read`, in a new workspace unless one is given. */
export async function newKey(
  options: Partial<Parameters<typeof createApiKey>[1]> = {},
): Promise<NewApiKey> {
  const workspace = options.workspace ?? await newSlug();
  return await createApiKey(admin, { name: "A key", scopes: ["read"], ...options, workspace });
}

/** The one key of a workspace. */
export async function only(workspace: string): Promise<ApiKey> {
  const keys = await listApiKeys(admin, workspace);
  expect(keys).toHaveLength(1);
  return keys[0]!;
}

/** What an API makes of a key: why it is refused, or "works". Nothing is kept in between. */
export async function verdict(
  key: string,
  address = "192.0.2.1",
  ofApi: Api = "lumenbase",
): Promise<string> {
  const authenticator = new Authenticator(async (publicId, hash) => {
    const { text, values } = lookUp("app.find_api_key", publicId, hash);
    return (await api.query<StoredKey>(text, values)).rows[0] ?? null;
  });
  const result = await authenticator.authenticate(`Bearer ${key}`, () => address, ofApi);
  return typeof result === "string" ? result : "works";
}

/** Waits until this many of the worker's own sessions wait for a lock. */
export async function lockWaits(count: number): Promise<void> {
  await eventually(async () => {
    const { rows } = await admin.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and application_name = $1",
      [NAME],
    );
    return rows.length === count;
  });
}
