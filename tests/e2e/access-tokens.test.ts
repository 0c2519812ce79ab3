import { createHmac, generateKeyPairSync, hkdfSync, randomBytes, randomUUID } from "node:crypto";
import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import { accessTokens } from "../../shared/auth/access-token.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { testGateway } from "../support/gateway.ts";
import {
  attemptsOf,
  expectRefused,
  type Person,
  person,
  session,
  SessionClient,
  signIn,
  tokens,
} from "../support/people.ts";

const { LUMENBASE_ENCRYPTION_KEY: KEY, LUMENBASE_PUBLIC_URL: URL_OF_ALL } = FUNCTIONS_ENVIRONMENT;
const NOT_VALID =
  "This access token is not valid, or no longer; refresh the session or sign in again.";
const another = () => randomBytes(32).toString("base64");
const now = () => Math.floor(Date.now() / 1000);

let jane: Person;
let good: string;
let claims: JWTPayload;

beforeAll(async () => {
  jane = await person();
  good = (await session(jane.email)).access_token;
  claims = JSON.parse(Buffer.from(good.split(".")[1]!, "base64url").toString());
});

const ask = (token: string, url?: string) =>
  new SessionClient(token, jane.workspace.id, url).get("leads");

/** The key that access tokens are signed with, taken from the code that signs them. */
function signingKey(): Uint8Array {
  const secret = Buffer.from(KEY, "base64");
  return new Uint8Array(hkdfSync("sha256", secret, "", "access tokens", 32));
}

async function signed(changes: JWTPayload): Promise<string> {
  const payload = JSON.parse(JSON.stringify({ ...claims, ...changes }));
  return await new SignJWT(payload).setProtectedHeader({ alg: "HS256" })
    .sign(signingKey());
}

test("a token says whose it is, of which session, from when and until when, and no more", () => {
  expect(claims).toEqual({
    iss: `${URL_OF_ALL}/auth`,
    aud: "lumenbase",
    sub: jane.email,
    sid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    iat: expect.any(Number),
    exp: claims.iat! + 3_600,
  });
});

test("a token that is made as it should be is good, by the key that the tests make theirs with", async () => {
  expect((await ask(good)).status).toBe(200);
  expect((await ask(await signed({}))).status).toBe(200);
  expect((await ask(await signed({ exp: now() + 60 }))).status).toBe(200);
});

const forged: [string, () => Promise<string>][] = [
  ["alg none", async () => new UnsecuredJWT(claims).encode()],
  ["alg none with the signature of a good one", async () => {
    const header = Buffer.from('{"alg":"none"}').toString("base64url");
    return [header, ...good.split(".").slice(1)].join(".");
  }],
  ["another HMAC", async () =>
    new SignJWT(claims).setProtectedHeader({ alg: "HS512" })
      .sign(Buffer.concat([signingKey(), Buffer.alloc(32)]))],
  [
    "RS256 of a key of one's own",
    async () =>
      new SignJWT(claims).setProtectedHeader({ alg: "RS256" })
        .sign(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey),
  ],
  ["a key of one's own in its header", async () => {
    const key = randomBytes(32);
    const jwk = { kty: "oct", k: key.toString("base64url") };
    return await new SignJWT(claims).setProtectedHeader({ alg: "HS256", jwk } as never).sign(key);
  }],
  [
    "the encryption key itself",
    async () =>
      new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(KEY, "base64")),
  ],
  [
    "no bytes as the key",
    async () => new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(Buffer.alloc(32)),
  ],
  ["a key that nobody has", async () =>
    await accessTokens(another(), URL_OF_ALL)
      .issue({ email: jane.email, sessionId: String(claims["sid"]) })],
  ["another issuer", () => signed({ iss: "https://api.lumenbase.test/functions/v1" })],
  ["no issuer", () => signed({ iss: undefined })],
  ["another audience", () => signed({ aud: "authenticated" })],
  ["no audience", () => signed({ aud: undefined })],
  ["an end a second ago", () => signed({ exp: now() - 1 })],
  ["an end now", () => signed({ exp: now() })],
  ["no end", () => signed({ exp: undefined })],
  ["a beginning yet to come", () => signed({ nbf: now() + 3_600 })],
  ["no session", () => signed({ sid: undefined })],
  ["a session that is null", () => signed({ sid: null })],
  ["a session that is no id", () => signed({ sid: "'; drop table crm.sessions; --" })],
  ["another session", () => signed({ sid: randomUUID() })],
  ["no subject", () => signed({ sub: undefined })],
  ["another subject", () => signed({ sub: `x${jane.email}` })],
  ["a header that must be understood", async () => {
    const header = { alg: "HS256", crit: ["unheard-of"], "unheard-of": true };
    const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)));
    const text = parts.map((part) => part.toString("base64url")).join(".");
    const mac = createHmac("sha256", signingKey()).update(text).digest("base64url");
    return `${text}.${mac}`;
  }],
  ["a changed payload", async () => {
    const payload = Buffer.from(JSON.stringify({ ...claims, exp: now() + 99_999 }));
    const [header, , signature] = good.split(".");
    return `${header}.${payload.toString("base64url")}.${signature}`;
  }],
  ["no signature", async () => `${good.split(".").slice(0, 2).join(".")}.`],
  ["nothing that is a token", async () => "a.b.c"],
];

test.each(forged)("a token with %s is refused", async (_, make) => {
  expectRefused(await ask(await make()), 401, NOT_VALID);
});

test("a token of another deployment is refused, also where the keys are the same", async () => {
  const other = await testGateway({ LUMENBASE_PUBLIC_URL: "https://other.test/functions/v1" });
  const theirs = tokens(await signIn(jane.email, undefined, other.url)).access_token;
  expect((await ask(theirs, other.url)).status).toBe(200);
  expectRefused(await ask(theirs), 401, NOT_VALID);
  expectRefused(await ask(good, other.url), 401, NOT_VALID);
});

test("a key is replaced by putting a new one before it", async () => {
  const key = another();
  const rotated = await testGateway({ LUMENBASE_ENCRYPTION_KEY: `${key},${KEY}` });
  const replaced = await testGateway({ LUMENBASE_ENCRYPTION_KEY: key });
  expect((await ask(good, rotated.url)).status).toBe(200);
  expectRefused(await ask(good, replaced.url), 401, NOT_VALID);
  const next = tokens(await signIn(jane.email, undefined, rotated.url)).access_token;
  expect((await ask(next, rotated.url)).status).toBe(200);
  expect((await ask(next, replaced.url)).status).toBe(200);
  expectRefused(await ask(next), 401, NOT_VALID);
});

test("without a key nobody signs in, no password is checked, and a token is refused", async () => {
  const { url } = await testGateway({ LUMENBASE_ENCRYPTION_KEY: "" });
  expect((await signIn(jane.email, "wrong password", url)).status).toBe(500);
  expect(await attemptsOf(jane.email)).toEqual([]);
  expectRefused(await ask(good, url), 401, NOT_VALID);
  const key = await jane.workspace.key({ api: "crm" });
  const path = `leads?entityId=${jane.workspace.id}`;
  expect((await new SessionClient(key, null, url).get(path)).status).toBe(200);
});
