import { createHash, randomBytes } from "node:crypto";
import { compactDecrypt, CompactEncrypt, decodeProtectedHeader } from "jose";
import { describe, expect, test } from "vitest";
import { secretBox } from "../../shared/auth/secret-box.ts";

const newKey = () => randomBytes(32).toString("base64");
const KEY = newKey();
const OLD_KEY = newKey();
const SECRETS = { secret: "s3cr3t-ü😀", verify_token: "" };
const box = secretBox(KEY);

/** The message of the error that an attempt ends in. */
async function failure(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("it was accepted");
}

test("what was sealed opens in its context", async () => {
  expect(await box.open(await box.seal(SECRETS, "w1/c1"), "w1/c1")).toEqual(SECRETS);
});

test("a sealed text shows nothing of the secrets, and no two are alike", async () => {
  const [one, two] = await Promise.all([box.seal(SECRETS, "w1/c1"), box.seal(SECRETS, "w1/c1")]);
  expect(one).not.toBe(two);
  const parts = one.split(".").map((part) => Buffer.from(part, "base64url").toString());
  expect(parts.join()).not.toContain("s3cr3t");
});

test("a sealed text is a JWE that its key opens (RFC 7516)", async () => {
  const key = Buffer.from(KEY, "base64");
  const sealed = await box.seal(SECRETS, "w1/c1");
  const kid = createHash("sha256").update(key).digest().subarray(0, 8).toString("base64url");
  expect(decodeProtectedHeader(sealed)).toEqual({
    alg: "dir",
    enc: "A256GCM",
    kid,
    context: "w1/c1",
  });
  const { plaintext } = await compactDecrypt(sealed, new Uint8Array(key));
  expect(JSON.parse(Buffer.from(plaintext).toString())).toEqual(SECRETS);
});

describe("a sealed text does not open", () => {
  test("in another context", async () => {
    const sealed = await box.seal(SECRETS, "w1/c1");
    expect(await failure(() => box.open(sealed, "w1/c2"))).toMatch(/another context/);
  });

  test("when its context was rewritten", async () => {
    const [header = "", ...rest] = (await box.seal(SECRETS, "w1/c1")).split(".");
    const forged = Buffer.from(header, "base64url").toString().replace("w1/c1", "w1/c2");
    const sealed = [Buffer.from(forged).toString("base64url"), ...rest].join(".");
    expect(await failure(() => box.open(sealed, "w1/c2"))).toMatch(/changed/);
  });

  test("with any of its parts changed, cut or missing", async () => {
    const sealed = await box.seal(SECRETS, "w1/c1");
    const parts = sealed.split(".");
    const changed = [0, 2, 3, 4].map((index) =>
      parts.map((part, at) =>
        at === index ? (part.startsWith("A") ? "B" : "A") + part.slice(1) : part
      )
        .join(".")
    );
    for (const text of [...changed, sealed.slice(0, -2), parts.slice(1).join("."), "", "secret"]) {
      expect(await failure(() => box.open(text, "w1/c1"))).toMatch(/^A sealed text does not open/);
    }
  });

  test("without its key, which is named by its id alone", async () => {
    const sealed = await secretBox(OLD_KEY).seal(SECRETS, "w1/c1");
    const message = await failure(() => box.open(sealed, "w1/c1"));
    expect(message).toContain(String(decodeProtectedHeader(sealed).kid));
    expect(message).toContain("LUMENBASE_ENCRYPTION_KEY");
    expect(message).not.toContain(KEY);
  });

  test("when it says another way of encryption", async () => {
    const key = new Uint8Array(Buffer.from(KEY, "base64"));
    const { kid } = decodeProtectedHeader(await box.seal(SECRETS, "w1/c1"));
    const wrapped = await new CompactEncrypt(Buffer.from(JSON.stringify(SECRETS)))
      .setProtectedHeader({ alg: "A256KW", enc: "A256GCM", kid: String(kid), context: "w1/c1" })
      .encrypt(key);
    expect(await failure(() => box.open(wrapped, "w1/c1"))).toMatch(/does not open/);
  });
});

describe("keys are replaced by putting a new one first", () => {
  const both = secretBox(`${KEY}, ${OLD_KEY}`);

  test("what the old key sealed still opens", async () => {
    const sealed = await secretBox(OLD_KEY).seal(SECRETS, "w1/c1");
    expect(await both.open(sealed, "w1/c1")).toEqual(SECRETS);
  });

  test("the new key seals", async () => {
    expect(await box.open(await both.seal(SECRETS, "w1/c1"), "w1/c1")).toEqual(SECRETS);
  });
});

describe("a wrong key is refused, without its text", () => {
  const url = randomBytes(32).toString("base64url");
  test.each([
    ["nothing", "", /Key 1 .* must be 32 random bytes/],
    ["too short", randomBytes(16).toString("base64"), /Key 1 .* has 24 characters/],
    ["too long", randomBytes(33).toString("base64"), /Key 1 /],
    ["hexadecimal", randomBytes(32).toString("hex"), /Key 1 /],
    ["not padded", KEY.slice(0, -1), /Key 1 /],
    ["of the alphabet of URLs", `-_${url.slice(2)}=`, /Key 1 /],
    ["second and wrong", `${KEY},secret-text`, /Key 2 /],
    ["followed by a comma", `${KEY},`, /Key 2 /],
    ["given twice", `${KEY},${KEY}`, /same key twice/],
  ])("%s", async (_, keys, message) => {
    const said = await failure(() => secretBox(keys));
    expect(said).toMatch(message);
    expect(said).toContain("LUMENBASE_ENCRYPTION_KEY");
    for (const key of keys.split(",").filter(Boolean)) expect(said).not.toContain(key);
  });
});
