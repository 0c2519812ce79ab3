import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { generateApiKey } from "../../shared/auth/api-key.ts";
import { Authenticator, type StoredKey } from "../../shared/auth/authenticate.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const { key, publicId, hash } = generateApiKey();
const HOUR = 3_600_000;
const now = () => Date.now();
const ANYWHERE = { allowed_ips: null, allowed_domains: null };
const BEARER = `Bearer ${key}`;
const CALLER = {
  workspaceId: "w1",
  keyId: "k1",
  scopes: ["contacts:read"],
  allowedDomains: null,
  rateLimit: null,
  requestsPerMinute: 100,
};

let stored: Map<string, StoredKey>;
let lookUps: string[];
let authenticator: Authenticator;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  stored = new Map([[publicId, storedKey()]]);
  lookUps = [];
  authenticator = new Authenticator((id) => {
    lookUps.push(id);
    return Promise.resolve(stored.get(id) ?? null);
  }, now);
});

afterEach(() => void vi.useRealTimers());

function storedKey(changes: Partial<StoredKey> = {}): StoredKey {
  return {
    ...ANYWHERE,
    workspace_id: "w1",
    key_id: "k1",
    key_hash: hash,
    scopes: ["contacts:read"],
    expires_in: HOUR,
    revoked_at: null,
    api: "lumenbase",
    rate_limit: null,
    requests_per_minute: 100,
    ...changes,
  };
}

function authenticate(header: string | null = BEARER, address: string | null = "192.0.2.7") {
  return authenticator.authenticate(header, () => address);
}

function later(seconds: number): void {
  vi.setSystemTime(NOW + seconds * 1000);
}

describe("the Authorization header", () => {
  test.each([
    ["Bearer KEY", CALLER],
    ["bearer KEY", CALLER],
    ["BEARER KEY", CALLER],
    ["Bearer    KEY", CALLER],
    ["Bearer KEY  ", CALLER],
    [null, "missing"],
    ["", "missing"],
    ["Bearer", "missing"],
    ["Bearer ", "missing"],
    ["KEY", "missing"],
    ["BearerKEY", "missing"],
    ["Basic KEY", "missing"],
    ["Token KEY", "missing"],
    ["Bearer KEY KEY", "missing"],
    ["Bearer KEY, Bearer KEY", "missing"],
    ["Basic eDp5, Bearer KEY", "missing"],
    ["Bearer x", "malformed"],
    ["Bearer Bearer", "malformed"],
    ["Bearer KEYx", "malformed"],
    ['Bearer "KEY"', "malformed"],
    ["Bearer KEY,", "malformed"],
  ])("%o", async (header, expected) => {
    const found = await authenticate(header?.replaceAll("KEY", key) ?? null);
    expect(found).toEqual(expected);
    expect(lookUps).toHaveLength(expected === CALLER ? 1 : 0);
  });
});

describe("a key is refused", () => {
  test.each<[string, Partial<StoredKey>, string]>([
    ["with a right public id and a wrong secret", { key_hash: generateApiKey().hash }, "unknown"],
    ["with a stored hash cut short", { key_hash: hash.subarray(0, 16) }, "unknown"],
    ["of another API", { api: "leadhub" }, "unknown"],
    ["once revoked", { revoked_at: "2026-11-21 11:59:59+00" }, "revoked"],
    ["once expired", { expires_in: -0.001 }, "expired"],
    ["in the moment it expires", { expires_in: 0 }, "expired"],
    ["from an address it does not allow", { allowed_ips: ["198.51.100.0/24"] }, "address"],
    ["when it allows no address at all", { allowed_ips: [] }, "address"],
  ])("%s", async (_, changes, denial) => {
    stored.set(publicId, storedKey(changes));
    expect(await authenticate()).toBe(denial);
  });

  test("when nobody has it", async () => {
    stored.clear();
    expect(await authenticate()).toBe("unknown");
  });

  test("from no address when it allows only some", async () => {
    stored.set(publicId, storedKey({ allowed_ips: ["0.0.0.0/0", "::/0"] }));
    expect(await authenticate(BEARER, null)).toBe("address");
  });
});

describe("a key is accepted", () => {
  test.each<[string, Partial<StoredKey>, string | null]>([
    ["from any address when it allows any", {}, null],
    ["from a network it allows", { allowed_ips: ["10.0.0.0/8", "192.0.2.0/24"] }, "192.0.2.7"],
    ["from an IPv6 network it allows", { allowed_ips: ["2001:db8::/32"] }, "2001:db8::7"],
    ["until it expires", { expires_in: 0.001 }, null],
  ])("%s", async (_, changes, address) => {
    stored.set(publicId, storedKey(changes));
    expect(await authenticate(BEARER, address)).toEqual(CALLER);
  });
});

describe("look-ups", () => {
  test("happen once in 10 s", async () => {
    for (const seconds of [0, 0.001, 5, 9.999]) {
      later(seconds);
      expect(await authenticate()).toEqual(CALLER);
    }
    expect(lookUps).toEqual([publicId]);
    later(10);
    await authenticate();
    expect(lookUps).toEqual([publicId, publicId]);
  });

  test("are shared by requests that come together", async () => {
    const found = await Promise.all(Array.from({ length: 50 }, () => authenticate()));
    expect(found).toEqual(Array.from({ length: 50 }, () => CALLER));
    expect(lookUps).toHaveLength(1);
  });

  test("notice a revoked key within 10 s, however often it is used", async () => {
    await authenticate();
    stored.set(publicId, storedKey({ revoked_at: "2026-11-21 12:00:00+00" }));
    for (const seconds of [3, 6, 9]) {
      later(seconds);
      await authenticate();
    }
    later(10);
    expect(await authenticate()).toBe("revoked");
  });

  test("happen again as soon as a key may have expired, and then once in 10 s", async () => {
    stored.set(publicId, storedKey({ expires_in: 5_000 }));
    expect(await authenticate()).toEqual(CALLER);
    stored.set(publicId, storedKey({ expires_in: 0 }));
    later(4.999);
    expect(await authenticate()).toEqual(CALLER);
    for (const seconds of [5, 6, 14.999]) {
      later(seconds);
      expect(await authenticate()).toBe("expired");
    }
    expect(lookUps).toHaveLength(2);
  });

  test("that fail are not kept", async () => {
    const answers = [Promise.reject(new Error("away")), Promise.resolve(storedKey())];
    authenticator = new Authenticator(() => answers.shift() ?? Promise.resolve(null), now);
    await expect(authenticate()).rejects.toThrow("away");
    expect(await authenticate()).toEqual(CALLER);
    expect(await authenticate()).toEqual(CALLER);
  });

  test("that fail late leave a newer one kept", async () => {
    let fail = (_: Error) => {};
    const slow = new Promise<never>((_, reject) => (fail = reject));
    const answers = [slow, Promise.resolve(storedKey())];
    authenticator = new Authenticator(() => answers.shift() ?? Promise.resolve(null), now);
    const first = authenticate();
    later(10);
    expect(await authenticate()).toEqual(CALLER);
    fail(new Error("away"));
    await expect(first).rejects.toThrow("away");
    expect(await authenticate()).toEqual(CALLER);
  });

  test("are kept for 10,000 keys at most", async () => {
    await authenticate();
    for (let others = 0; others < 10_000; others++) {
      await authenticate(`Bearer ${generateApiKey().key}`);
    }
    await authenticate();
    expect(lookUps).toHaveLength(10_002);
  });
});
