import { expect, test } from "vitest";
import { listApiKeys, revokeApiKey, rotateApiKey } from "../../supabase/local/admin/api-keys.ts";
import { admin, api, FIND, lockWaits, newKey, presented, verdict } from "../support/admin-keys.ts";

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

test("a key's successor is for the same API, with the same limit", async () => {
  const old = await newKey({ api: "leadhub", scopes: ["read:leads"], rateLimit: 7 });
  const renewed = await rotateApiKey(admin, { id: old.id, overlapSeconds: 60 });
  expect(renewed).toMatchObject({
    key: expect.stringMatching(/^lh_/),
    api: "leadhub",
    rateLimit: 7,
  });
  const { rows } = await api.query(FIND, presented(renewed.key));
  expect(rows).toMatchObject([{ api: "leadhub", rate_limit: 7 }]);
  for (const { key } of [old, renewed]) {
    expect(await verdict(key, "192.0.2.1", "leadhub")).toBe("works");
    expect(await verdict(key)).toBe("malformed");
  }
  await expect(rotateApiKey(admin, { id: old.id, overlapSeconds: 60 })).rejects.toThrow(
    `The key lh_${old.publicId}_… was rotated already: rotate its successor ` +
      `lh_${renewed.publicId}_… instead.`,
  );
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
  const revoked = await newKey();
  await revokeApiKey(admin, revoked);
  await expect(rotateApiKey(admin, { id: revoked.id, overlapSeconds: 60 })).rejects
    .toThrow("is revoked and cannot be rotated");
  expect(await listApiKeys(admin, renewed.workspace)).toHaveLength(2);
  expect(await listApiKeys(admin, revoked.workspace)).toHaveLength(1);
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
  await lockWaits(2);
  await holder.query("commit");
  holder.release();

  const results = await both;
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = results.find((result) => result.status === "rejected");
  expect(String(refused?.reason)).toContain("was rotated already");
  expect(await listApiKeys(admin, workspace)).toHaveLength(2);
});

test("a use of the key in the middle of its rotation harms neither", async () => {
  const { id, key } = await newKey();
  const user = await api.connect();
  await user.query("begin");
  await user.query(FIND, presented(key));
  const rotation = rotateApiKey(admin, { id, overlapSeconds: 60 });
  await lockWaits(1);
  await user.query("commit");
  user.release();

  const { replaces, ...renewed } = await rotation;
  expect(replaces).toMatchObject({ state: "rotating", rotatedTo: renewed.id });
  expect(replaces.lastUsedAt).not.toBeNull();
});
