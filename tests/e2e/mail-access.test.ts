import { expect, test } from "vitest";
import type { Account } from "../../shared/providers/mail/send.ts";
import { EACH, microsoft, WORLDS } from "../support/providers/oauth-worlds.ts";

test("microsoft: the tenant is part of the token's address", async () => {
  const { tokens, account, mailer } = await microsoft();
  await mailer.send(account);
  expect(tokens.seen[0]?.path).toBe("/contoso.example/oauth2/v2.0/token");
});

test.each(EACH)("%s: many at once renew the access once", async (name) => {
  const { api, tokens, account, mailer } = await WORLDS[name]();
  const sent = await Promise.all(Array.from({ length: 12 }, () => mailer.send(account)));
  expect(sent.map(({ outcome }) => outcome.state)).toEqual(Array(12).fill("sent"));
  expect([api.mailbox.length, tokens.seen.length]).toEqual([12, 1]);
  // One that was withdrawn is renewed once, too, and each is sent once.
  tokens.tokens.clear();
  const again = await Promise.all(Array.from({ length: 12 }, () => mailer.send(account)));
  expect(again.map(({ outcome }) => outcome.state)).toEqual(Array(12).fill("sent"));
  expect([api.mailbox.length, tokens.seen.length]).toEqual([24, 2]);
});

test.each(EACH)("%s: a token is renewed before it ends", async (name) => {
  const { tokens, account, mailer } = await WORLDS[name]();
  tokens.expiresIn = 30;
  await mailer.send(account);
  await mailer.send(account);
  expect(tokens.seen).toHaveLength(2);
});

test("microsoft: a new refresh token is handed on, and is used from then on", async () => {
  const { tokens, account, mailer } = await microsoft();
  tokens.isRotating = true;
  const { rotated } = await mailer.send(account);
  expect(rotated).toEqual([tokens.client.refreshToken]);
  const [refreshToken = ""] = rotated;
  const next = { ...account, refreshToken } as Account;
  expect(await mailer.send(next)).toEqual({
    outcome: { state: "sent", refused: [] },
    rotated: [],
  });
  expect(tokens.seen).toHaveLength(1);
});

test.each(EACH)("%s: access that cannot be renewed is the account's fault", async (name) => {
  const { api, account, mailer } = await WORLDS[name]();
  const wrong = (changes: object) => ({ ...account, ...changes }) as Account;
  const revoked = await mailer.send(wrong({ refreshToken: "another-token" }));
  expect(revoked.outcome).toMatchObject({ state: "refused", account: true });
  expect(JSON.stringify(revoked)).toContain("invalid_grant (Token has been expired or revoked.)");
  const stranger = await mailer.send(wrong({ clientSecret: "another-secret" }));
  expect(stranger.outcome).toMatchObject({ state: "refused", account: true });
  expect(JSON.stringify(stranger)).toContain("invalid_client");
  expect(api.seen).toEqual([]);
});

test.each(EACH)("%s: a token endpoint that fails or is silent is tried again", async (name) => {
  const { tokens, account, mailer } = await WORLDS[name]();
  for (const mishap of [{ status: 503, body: "Unavailable" }, { cut: "before" }] as const) {
    tokens.mishaps.push(mishap);
    expect((await mailer.send(account)).outcome).toMatchObject({ state: "later", account: false });
  }
  expect((await mailer.send(account)).outcome.state).toBe("sent");
});

test.each(EACH)("%s: a new token that is refused as well is the account's fault", async (name) => {
  const { api, tokens, account, mailer, refusal } = await WORLDS[name]();
  api.mishaps.push(refusal(401, "Invalid"), refusal(401, "Invalid"));
  const { outcome } = await mailer.send(account);
  expect(outcome).toMatchObject({ state: "refused", account: true });
  expect([api.seen.length, tokens.seen.length]).toEqual([2, 2]);
});
