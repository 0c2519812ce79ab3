import { expect, test } from "vitest";
import { mailgunApi } from "../support/providers/mailgun-api.ts";
import { MAIL, startMailProcess } from "../support/providers/mail-process.ts";
import { afterwards } from "../support/workspace.ts";

const DOMAIN = "mg.example.com";
const KEY = "key-0123456789abcdef";
const ACCOUNT = { type: "mailgun", domain: DOMAIN, apiKey: KEY, region: "us" } as const;

async function world() {
  const api = await mailgunApi(DOMAIN, KEY);
  const mailer = startMailProcess({ MAILGUN_API_URL: api.url });
  afterwards(mailer.stop);
  return { api, mailer };
}

test("sends the MIME to everyone, and nobody sees the blind ones", async () => {
  const { api, mailer } = await world();
  const { outcome } = await mailer.send(ACCOUNT, {
    to: ["ada@example.org", "grace@example.org"],
    cc: ["ada@example.org", "cc@example.org"],
    bcc: ["bcc@example.org"],
  });
  expect(outcome).toEqual({ state: "sent", refused: [] });
  const [one] = api.queue;
  expect(one?.to).toEqual([
    "ada@example.org",
    "grace@example.org",
    "cc@example.org",
    "bcc@example.org",
  ]);
  expect(one?.email).toMatchObject({ messageId: MAIL.messageId, subject: "Hello" });
  expect(one?.raw).not.toContain("bcc@");
});

test("what its answers mean, told without the key", async () => {
  const { api, mailer } = await world();
  const outcomes: [number, object][] = [
    [400, { state: "refused", account: false }],
    [401, { state: "refused", account: true }],
    [404, { state: "refused", account: true }],
    [429, { state: "later" }],
    [500, { state: "later" }],
    [502, { state: "later" }],
    [302, { state: "later" }],
  ];
  for (const [status, expected] of outcomes) {
    api.mishaps.push({ status, body: { message: `No ${KEY}` } });
    const { outcome } = await mailer.send(ACCOUNT);
    expect([status, outcome]).toMatchObject([status, expected]);
    expect(JSON.stringify(outcome)).toContain("No ********");
  }
  api.mishaps.push({ status: 429, body: "Too many", headers: { "retry-after": "7" } });
  expect((await mailer.send(ACCOUNT)).outcome).toMatchObject({ state: "later", retryAfter: 7 });
  expect(api.queue).toEqual([]);
});

test("a wrong key or domain is the account's fault", async () => {
  const { mailer } = await world();
  for (const wrong of [{ apiKey: "key-wrong" }, { domain: "other.example.com" }]) {
    const { outcome } = await mailer.send({ ...ACCOUNT, ...wrong });
    expect(outcome).toMatchObject({ state: "refused", account: true });
  }
});

test("cut off after the data it is in doubt, and cannot be asked", async () => {
  const { api, mailer } = await world();
  api.mishaps.push({ cut: "after" });
  expect((await mailer.send(ACCOUNT)).outcome.state).toBe("in_doubt");
  expect((await mailer.find(ACCOUNT, MAIL.messageId)).outcome).toBeNull();
});
