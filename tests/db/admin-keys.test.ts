import { createHash, randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { parseApiKey } from "../../shared/auth/api-key.ts";
import { Authenticator, type StoredKey } from "../../shared/auth/authenticate.ts";
import { allowedIps } from "../../supabase/local/admin/allowed-ips.ts";
import {
  createApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from "../../supabase/local/admin/api-keys.ts";
import { createWorkspace } from "../../supabase/local/admin/workspaces.ts";

const admin = new pg.Pool({ connectionString: inject("adminUrl"), max: 4 });
const api = new pg.Pool({ connectionString: inject("apiUrl"), max: 2 });
const FIND = "select * from app.find_api_key($1)";

afterAll(() => Promise.all([admin.end(), api.end()]));

async function newSlug(): Promise<string> {
  const slug = `k-${randomUUID()}`;
  await createWorkspace(admin, { slug, name: "Keys" });
  return slug;
}

async function newKey(
  options: { expiresAt?: Date; allowedIps?: string[]; workspace?: string } = {},
) {
  const workspace = options.workspace ?? await newSlug();
  return await createApiKey(admin, { name: "A key", scopes: ["read"], ...options, workspace });
}

/** What the API makes of a key: why it is refused, or "works". Nothing is kept in between. */
async function verdict(key: string, address = "192.0.2.1"): Promise<string> {
  const authenticator = new Authenticator(async (publicId) => {
    const { rows } = await api.query<StoredKey & { expires_at: Date | null }>(FIND, [publicId]);
    return rows[0] ? { ...rows[0], expires_at: rows[0].expires_at?.toISOString() ?? null } : null;
  });
  const result = await authenticator.authenticate(`Bearer ${key}`, address);
  return typeof result === "string" ? result : "works";
}

async function only(workspace: string) {
  const keys = await listApiKeys(admin, workspace);
  expect(keys).toHaveLength(1);
  return keys[0]!;
}

/** Waits until as many sessions as given wait for a lock on behalf of this query. */
async function blocked(query: string, count: number): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    const { rows } = await admin.query(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like $1`,
      [`%${query}%`],
    );
    if (rows.length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Nothing waits for a lock in ${query}`);
}

test("a new key parses, works, and only its SHA-256 is stored", async () => {
  const created = await newKey();
  const { key, publicId } = created;
  expect(parseApiKey(key)?.publicId).toBe(publicId);
  expect(await verdict(key)).toBe("works");

  const { rows } = await admin.query<{ text: string; hash: Buffer }>(
    "select k::text as text, key_hash as hash from crm.api_keys k where public_id = $1",
    [publicId],
  );
  const secret = key.slice(`lb_live_${publicId}_`.length);
  expect(rows[0]?.hash).toEqual(createHash("sha256").update(key).digest());
  for (const part of [secret.slice(0, 10), secret.slice(-10)]) {
    expect(rows[0]?.text).not.toContain(part);
    expect(rows[0]?.text).not.toContain(Buffer.from(part).toString("hex"));
  }
  expect(JSON.stringify(await listApiKeys(admin, created.workspace))).not.toContain(secret);
});

test("lists a key with all it was made with, its state and its last use", async () => {
  const workspace = await newSlug();
  expect(await listApiKeys(admin, workspace)).toEqual([]);
  const expiresAt = new Date("2999-01-31T09:00:00.250Z");
  const { key: _, ...created } = await createApiKey(admin, {
    workspace,
    name: "Wéb 🌐",
    scopes: ["contacts:read", "contact_ingest"],
    expiresAt,
    allowedIps: ["203.0.113.0/24"],
  });
  expect(created).toMatchObject({
    workspace,
    name: "Wéb 🌐",
    scopes: ["contacts:read", "contact_ingest"],
    allowedIps: ["203.0.113.0/24"],
    state: "active",
    expiresAt: "2999-01-31T09:00:00.250000Z",
    lastUsedAt: null,
    revokedAt: null,
    rotatedTo: null,
  });
  expect(await only(workspace)).toEqual(created);
  await api.query(FIND, [created.publicId]);
  expect((await only(workspace)).lastUsedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect((await listApiKeys(admin)).filter((key) => key.workspace === workspace)).toHaveLength(1);
});

test("a key works from its networks only, IPv4 and IPv6", async () => {
  const { key } = await newKey({
    allowedIps: allowedIps("203.0.113.0/24,2001:DB8:5::/48,::ffff:198.51.100.7"),
  });
  for (const address of ["203.0.113.255", "2001:db8:5:ffff::1", "198.51.100.7"]) {
    expect(await verdict(key, address), address).toBe("works");
  }
  for (const address of ["203.0.114.0", "2001:db8:6::1", "198.51.100.8", "::1"]) {
    expect(await verdict(key, address), address).toBe("address");
  }
});

test("a key ends at its expiry", async () => {
  const later = await newKey({ expiresAt: new Date(Date.now() + 3_600_000) });
  expect(await verdict(later.key)).toBe("works");
  const over = await newKey({ expiresAt: new Date(Date.now() - 1_000) });
  expect(await verdict(over.key)).toBe("expired");
  expect((await only(over.workspace)).state).toBe("expired");
});

test("revoking ends a key at once; a second time changes nothing", async () => {
  const { key, publicId, id, workspace } = await newKey();
  const first = await revokeApiKey(admin, { publicId });
  expect(first).toMatchObject({ changed: true, state: "revoked", id });
  expect(await verdict(key)).toBe("revoked");
  expect(await revokeApiKey(admin, { id })).toEqual({ ...first, changed: false });
  expect((await only(workspace)).revokedAt).toBe(first.revokedAt);
});

test("both keys of a rotation work until the overlap ends", async () => {
  const expiresAt = new Date("2999-01-31T00:00:00Z");
  const old = await newKey({ expiresAt, allowedIps: ["192.0.2.0/24"] });
  const { rows: [before] } = await admin.query<{ now: Date }>("select clock_timestamp() as now");
  const renewed = await rotateApiKey(admin, { publicId: old.publicId, overlapSeconds: 7_200 });
  const { rows: [after] } = await admin.query<{ now: Date }>("select clock_timestamp() as now");

  const { name, scopes, allowedIps: networks, workspace } = old;
  expect(renewed).toMatchObject({ name, scopes, allowedIps: networks, workspace, state: "active" });
  expect(renewed.expiresAt).toBe(old.expiresAt);
  expect(renewed.key).not.toBe(old.key);
  expect(renewed.replaces).toMatchObject({ id: old.id, state: "rotating", rotatedTo: renewed.id });
  const end = Date.parse(renewed.replaces.expiresAt!) - 7_200_000;
  expect(end).toBeGreaterThanOrEqual(before!.now.getTime());
  expect(end).toBeLessThanOrEqual(after!.now.getTime());
  expect([await verdict(old.key), await verdict(renewed.key)]).toEqual(["works", "works"]);

  await admin.query("update crm.api_keys set expires_at = now() where id = $1", [old.id]);
  expect([await verdict(old.key), await verdict(renewed.key)]).toEqual(["expired", "works"]);
  const states = (await listApiKeys(admin, workspace)).map(({ state }) => state);
  expect(states).toEqual(["expired", "active"]);
});

test("an overlap of nothing ends the old key at once", async () => {
  const old = await newKey();
  const renewed = await rotateApiKey(admin, { id: old.id, overlapSeconds: 0 });
  expect([await verdict(old.key), await verdict(renewed.key)]).toEqual(["expired", "works"]);
});

test("an overlap never outlasts the old key's own expiry", async () => {
  const old = await newKey({ expiresAt: new Date(Date.now() + 60_000) });
  const renewed = await rotateApiKey(admin, { publicId: old.publicId, overlapSeconds: 86_400 });
  expect(renewed.replaces.expiresAt).toBe(old.expiresAt);
  expect(renewed.expiresAt).toBe(old.expiresAt);
});

test("a key that was rotated, revoked or has expired is not rotated", async () => {
  const { publicId } = await newKey();
  const renewed = await rotateApiKey(admin, { publicId, overlapSeconds: 60 });
  await expect(rotateApiKey(admin, { publicId, overlapSeconds: 60 })).rejects.toThrow(
    `The key lb_live_${publicId}_… was rotated already: rotate its successor ` +
      `lb_live_${renewed.publicId}_… instead.`,
  );
  await revokeApiKey(admin, { publicId });
  await expect(rotateApiKey(admin, { publicId, overlapSeconds: 60 })).rejects.toThrow(
    `The key lb_live_${publicId}_… ("A key") is revoked and cannot be rotated: make a new one`,
  );
  const over = await newKey({ expiresAt: new Date(Date.now() - 1_000) });
  await expect(rotateApiKey(admin, { publicId: over.publicId, overlapSeconds: 60 })).rejects
    .toThrow("is expired and cannot be rotated");
  expect(await listApiKeys(admin, renewed.workspace)).toHaveLength(2);
  expect(await listApiKeys(admin, over.workspace)).toHaveLength(1);
});

test("of two rotations at once, one happens and the other is refused", async () => {
  const { id, workspace } = await newKey();
  const holder = await admin.connect();
  await holder.query("begin");
  await holder.query("select 1 from crm.api_keys where id = $1 for update", [id]);
  const both = Promise.allSettled(
    [1, 2].map(() => rotateApiKey(admin, { id, overlapSeconds: 60 })),
  );
  await blocked("with old as", 2);
  await holder.query("commit");
  holder.release();

  const results = await both;
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = results.find((result) => result.status === "rejected");
  expect(String(refused?.reason)).toContain("was rotated already");
  expect(await listApiKeys(admin, workspace)).toHaveLength(2);
});

test("a use of the key in the middle of its rotation harms neither", async () => {
  const { id, publicId } = await newKey();
  const user = await api.connect();
  await user.query("begin");
  await user.query(FIND, [publicId]);
  const rotation = rotateApiKey(admin, { id, overlapSeconds: 60 });
  await blocked("with old as", 1);
  await user.query("commit");
  user.release();

  const { replaces, ...renewed } = await rotation;
  expect(replaces).toMatchObject({ state: "rotating", rotatedTo: renewed.id });
  expect(replaces.lastUsedAt).not.toBeNull();
});

test("unknown keys and workspaces are named, with what to do", async () => {
  const id = randomUUID();
  const publicId = "000000000000";
  await expect(revokeApiKey(admin, { publicId })).rejects.toThrow(
    `There is no key lb_live_${publicId}_…: see \`npm run admin -- keys list\`.`,
  );
  await expect(rotateApiKey(admin, { id, overlapSeconds: 0 })).rejects.toThrow(
    `There is no key ${id}: see`,
  );
  const unknown =
    'There is no workspace "nowhere": see `npm run admin -- workspaces list`, or make';
  await expect(newKey({ workspace: "nowhere" })).rejects.toThrow(unknown);
  await expect(listApiKeys(admin, "nowhere")).rejects.toThrow(unknown);
});
