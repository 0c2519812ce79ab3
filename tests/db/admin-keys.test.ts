import { createHash, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { APIS, parseApiKey } from "../../shared/auth/api-key.ts";
import { allowedIps } from "../../supabase/local/admin/allowed-ips.ts";
import {
  createApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from "../../supabase/local/admin/api-keys.ts";
import { setLimits } from "../../supabase/local/admin/workspaces.ts";
import {
  admin,
  api,
  FIND,
  newKey,
  newSlug,
  only,
  presented,
  verdict,
} from "../support/admin-keys.ts";

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
  const { key, ...created } = await createApiKey(admin, {
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
  await api.query(FIND, [created.publicId, Buffer.alloc(32)]);
  expect((await only(workspace)).lastUsedAt).toBeNull();
  await api.query(FIND, presented(key));
  expect((await only(workspace)).lastUsedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect((await listApiKeys(admin)).filter((one) => one.workspace === workspace)).toHaveLength(1);
});

test("a key is for its API alone, with its own limit or the one that holds there", async () => {
  const workspace = await newSlug();
  await setLimits(admin, workspace, { requestsPerMinute: 55 });
  const [native, leadhub, busy, crm, slow] = [
    await newKey({ workspace }),
    await newKey({ workspace, api: "leadhub" }),
    await newKey({ workspace, api: "leadhub", rateLimit: 5_000 }),
    await newKey({ workspace, api: "crm" }),
    await newKey({ workspace, api: "crm", rateLimit: 1 }),
  ];
  const limits = [native, leadhub, busy, crm, slow].map((
    { api: of, rateLimit },
  ) => [of, rateLimit]);
  expect(limits).toEqual([
    ["lumenbase", 55],
    ["leadhub", 1_000],
    ["leadhub", 5_000],
    ["crm", 600],
    ["crm", 1],
  ]);
  expect((await listApiKeys(admin, workspace)).map(({ rateLimit }) => rateLimit))
    .toEqual([55, 1_000, 5_000, 600, 1]);
  for (const { key, api: own } of [native, leadhub, crm]) {
    for (const other of APIS) {
      expect(await verdict(key, "192.0.2.1", other)).toBe(other === own ? "works" : "malformed");
    }
  }
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

test("unknown keys and workspaces are named, with what to do", async () => {
  const id = randomUUID();
  const publicId = "000000000000";
  await expect(revokeApiKey(admin, { publicId })).rejects.toThrow(
    `There is no key lb_live_${publicId}_…: see \`npm run admin -- keys list\`.`,
  );
  await expect(revokeApiKey(admin, { publicId, api: "crm" })).rejects.toThrow(
    `There is no key ak_${publicId}_…: see`,
  );
  await expect(rotateApiKey(admin, { id, overlapSeconds: 0 })).rejects.toThrow(
    `There is no key ${id}: see`,
  );
  const unknown =
    'There is no workspace "nowhere": see `npm run admin -- workspaces list`, or make';
  await expect(newKey({ workspace: "nowhere" })).rejects.toThrow(unknown);
  await expect(listApiKeys(admin, "nowhere")).rejects.toThrow(unknown);
});
