import { createPublicKey, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { type KeySet, keySet } from "../support/key-set.ts";
import {
  auth,
  expectRefused,
  type Person,
  person,
  session,
  SessionClient,
  signIn,
  user,
} from "../support/people.ts";
import { asOwner, eventually } from "../support/workspace.ts";

const NOT_VALID =
  "This access token is not valid, or no longer; refresh the session or sign in again.";
const AWAY = "The keys of Supabase Auth cannot be reached; try again.";

async function world(alg: "ES256" | "RS256" = "ES256") {
  const keys = await keySet(alg);
  const { url } = await testGateway({ SUPABASE_AUTH_URL: `${keys.url}/` });
  const jane = await user();
  const ask = (token: string, { workspace }: Person = jane) =>
    new SessionClient(token, workspace.id, url).get("leads");
  return { keys, url, jane, ask };
}

test.each(["ES256", "RS256"] as const)(
  "a token of Supabase Auth signed with %s is a session",
  async (alg) => {
    const { keys, url, jane, ask } = await world(alg);
    const token = await keys.token(jane.email.toUpperCase());
    expect((await ask(token)).status).toBe(200);
    const api = new SessionClient(token, jane.workspace.id, url);
    expect((await api.post("companies", { name: "Acme", ownerId: jane.userId })).status).toBe(201);
    expect((await api.get("companies?owner=me")).body.total).toBe(1);
    expectRefused(
      await new SessionClient(token, randomUUID(), url).get("leads"),
      403,
      "You are not a user of the entity that x-entity-id names.",
    );
    expectRefused(await ask(await keys.token("nobody@example.com")), 403, expect.any(String));
    expect(keys.asked).toBe(1);
  },
);

test("beside them the project's own tokens are good, and only those sign out", async () => {
  const { keys, url, jane, ask } = await world();
  const john = await person();
  expect((await ask((await session(john.email)).access_token, john)).status).toBe(200);
  expect(keys.asked).toBe(0);
  const token = await keys.token(jane.email);
  for (const [operation, body] of [["sign-out", null], ["change-password", {}]] as const) {
    expectRefused(await auth(operation, body, token, url), 401, NOT_VALID);
  }
});

test("a token that is not one of a user of this project is refused", async () => {
  const { keys, jane, ask } = await world();
  const [other, now] = [await keySet(), Math.floor(Date.now() / 1000)];
  const { email } = jane;
  const secret = (await (await fetch(`${keys.url}/.well-known/jwks.json`)).json() as {
    keys: [{ kid: string }];
  }).keys[0];
  const pem = createPublicKey({ key: secret as never, format: "jwk" })
    .export({ type: "spki", format: "pem" });
  const claims = { iss: keys.url, aud: "authenticated", sub: "1", email, exp: now + 60 };
  const forged = {
    "another issuer": await keys.token(email, { iss: other.url }),
    "no issuer": await keys.token(email, { iss: undefined }),
    "keys of another": await other.token(email, { iss: keys.url }),
    "the name of a key of another": await other.token(email, { iss: keys.url }, {
      kid: secret.kid,
    }),
    "another audience": await keys.token(email, { aud: "anon" }),
    "an end a second ago": await keys.token(email, { exp: now - 1 }),
    "no end": await keys.token(email, { exp: undefined }),
    "no email": await keys.token(email, { email: undefined }),
    "an empty email": await keys.token(email, { email: "" }),
    "an email that is no text": await keys.token(email, { email: [email] }),
    "the public key as the key of an HMAC": await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", kid: secret.kid }).sign(Buffer.from(pem)),
  };
  for (const [what, token] of Object.entries(forged)) {
    expect([what, (await ask(token)).status]).toEqual([what, 401]);
  }
});

test("a new key is found when a token names it, and one that is gone is no longer good", async () => {
  const { keys, jane, ask } = await world();
  const old = await keys.token(jane.email);
  expect((await ask(old)).status).toBe(200);
  await keys.rotate();
  const next = await keys.token(jane.email);
  await eventually(async () => (await ask(next)).status === 200);
  expectRefused(await ask(old), 401, NOT_VALID);
  const asked = keys.asked;
  for (let n = 0; n < 20; n++) await ask(await keys.token(jane.email, {}, { kid: randomUUID() }));
  expect(keys.asked - asked).toBeLessThanOrEqual(2);
});

const troubles: [string, KeySet["trouble"]][] = [
  ["fail", { status: 500, body: "{}" }],
  ["are no JSON", { status: 200, body: "<html>" }],
  ["are no key set", { status: 200, body: '{"keys": 7}' }],
];

test.each(troubles)(
  "while the keys %s, a token is neither taken nor called wrong",
  async (_, trouble) => {
    const { keys, jane, ask } = await world();
    keys.trouble = trouble;
    const answer = await ask(await keys.token(jane.email));
    expectRefused(answer, 503, AWAY);
    expect(answer.headers.get("retry-after")).toBe("5");
    const asked = keys.asked;
    expectRefused(
      await ask(await keys.token(jane.email, { iss: "https://evil.example" })),
      401,
      NOT_VALID,
    );
    expectRefused(await ask("a.b.c"), 401, NOT_VALID);
    expect(keys.asked).toBe(asked);
    keys.trouble = null;
    expect((await ask(await keys.token(jane.email))).status).toBe(200);
  },
);

test("where nothing answers at the address of the keys, other tokens and keys still work", async () => {
  const jane = await person();
  const { url } = await testGateway({ SUPABASE_AUTH_URL: "http://127.0.0.1:9/auth/v1" });
  const set = await keySet();
  const token = await set.token(jane.email, { iss: "http://127.0.0.1:9/auth/v1" });
  expectRefused(await new SessionClient(token, jane.workspace.id, url).get("leads"), 503, AWAY);
  const own = (await signIn(jane.email, undefined, url)).body.access_token;
  expect((await new SessionClient(own, jane.workspace.id, url).get("leads")).status).toBe(200);
});

test("an invited user joins by a password alone", async () => {
  const { keys, url } = await world();
  const jane = await user({ status: "invited" });
  const token = await keys.token(jane.email);
  expect((await new SessionClient(token, jane.workspace.id, url).get("leads")).status).toBe(403);
  await asOwner("update crm.users set status = 'active' where id = $1", [jane.userId]);
  await eventually(async () =>
    (await new SessionClient(token, jane.workspace.id, url).get("leads")).status === 200
  );
});
