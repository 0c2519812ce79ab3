import { expect, test } from "vitest";
import { parseApiKey } from "../../shared/auth/api-key.ts";
import { presentedConnectorToken } from "../../shared/auth/connector-token.ts";
import type { TokenFingerprint } from "../../shared/auth/secret-token.ts";
import { session } from "../support/as-role.ts";
import { testConnector } from "../support/connector.ts";
import { asOwner, databaseUrl, type KeyOptions, testWorkspace } from "../support/workspace.ts";

interface Looked {
  by: string;
  table: string;
}

const KEY = { by: "app.find_api_key", table: "crm.api_keys" };
const TOKEN = { by: "app.find_connector_token", table: "crm.connector_tokens" };

function fingerprint(found: TokenFingerprint | null): TokenFingerprint {
  if (found === null) throw new Error("not a token");
  return found;
}

async function aKey(options: KeyOptions = {}): Promise<TokenFingerprint> {
  return fingerprint(parseApiKey(await (await testWorkspace()).key(options)));
}

async function aToken(): Promise<TokenFingerprint> {
  const { token } = await testConnector(await testWorkspace());
  return fingerprint(presentedConnectorToken(token));
}

/** Looks up once; answers how many were found. */
async function lookUp({ by }: Looked, { publicId, hash }: TokenFingerprint): Promise<number> {
  return (await asOwner(`select from ${by}($1, $2)`, [publicId, hash])).length;
}

/** Seconds since the use that is recorded; null without one. */
async function sinceUse({ table }: Looked, { publicId }: TokenFingerprint): Promise<number | null> {
  const [row] = await asOwner<{ seconds: number | null }>(
    `select extract(epoch from now() - last_used_at)::float8 as seconds from ${table}
      where public_id = $1`,
    [publicId],
  );
  return row?.seconds ?? null;
}

async function usedBefore({ table }: Looked, { publicId }: TokenFingerprint, seconds: number) {
  await asOwner(
    `update ${table} set last_used_at = now() - make_interval(secs => $2) where public_id = $1`,
    [publicId, seconds],
  );
}

const EACH = [
  ["an API key", KEY, aKey],
  ["a connector token", TOKEN, aToken],
] as const;

test.each(EACH)("the use of %s is recorded, once a minute", async (_, looked, make) => {
  const made = await make();
  expect(await sinceUse(looked, made)).toBeNull();
  expect(await lookUp(looked, made)).toBe(1);
  expect(await sinceUse(looked, made)).not.toBeNull();
  await usedBefore(looked, made, 5);
  expect(await lookUp(looked, made)).toBe(1);
  expect(await sinceUse(looked, made)).toBeGreaterThanOrEqual(5);
  await usedBefore(looked, made, 3600);
  expect(await lookUp(looked, made)).toBe(1);
  expect(await sinceUse(looked, made)).toBeLessThan(3600);
});

test.each(EACH)("another's hash leaves no use of %s", async (_, looked, make) => {
  const made = await make();
  expect(await lookUp(looked, { ...made, hash: new Uint8Array(32) })).toBe(1);
  expect(await sinceUse(looked, made)).toBeNull();
});

test.each([
  ["revoked", { revokedAt: new Date() }],
  ["expired", { expiresAt: new Date(Date.now() - 60_000) }],
])("a key that is %s is found, and has no use", async (_, options) => {
  const made = await aKey(options);
  expect(await lookUp(KEY, made)).toBe(1);
  expect(await sinceUse(KEY, made)).toBeNull();
});

test("a use that cannot be recorded at once is not waited for", async () => {
  const made = await aKey();
  const holder = await session(databaseUrl("adminUrl"));
  await holder.query("begin");
  await holder.query("select from crm.api_keys where public_id = $1 for update", [made.publicId]);
  expect(await lookUp(KEY, made)).toBe(1);
  await holder.query("rollback");
  expect(await sinceUse(KEY, made)).toBeNull();
});

test.each(EACH)("nobody waits for the disk to have the use of %s", async (_, { by }, make) => {
  const { publicId, hash } = await make();
  const client = await session(databaseUrl("adminUrl"));
  const durable = async () => {
    await client.query("begin");
    await client.query(`select from ${by}($1, $2)`, [publicId, hash]);
    const { rows } = await client.query("show synchronous_commit");
    await client.query("commit");
    return rows[0].synchronous_commit;
  };
  expect([await durable(), await durable()]).toEqual(["off", "on"]);
});
