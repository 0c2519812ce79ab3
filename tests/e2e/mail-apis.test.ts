import { expect, test } from "vitest";
import { refusal as gmailRefusal } from "../support/providers/gmail-api.ts";
import { MAIL, startMailProcess } from "../support/providers/mail-process.ts";
import { CLIENT, EACH, gmail, WORLDS } from "../support/providers/oauth-worlds.ts";
import { afterwards } from "../support/workspace.ts";

test.each(EACH)("%s: sends, with the blind copies it reads in the headers", async (name) => {
  const { api, tokens, account, mailer } = await WORLDS[name]();
  const { outcome, rotated } = await mailer.send(account, {
    cc: ["cc@example.org"],
    bcc: ["bcc@example.org"],
    html: "<p>Hi</p>",
  });
  expect({ outcome, rotated })
    .toMatchObject({ outcome: { state: "sent", refused: [] }, rotated: [] });
  const address = (list?: { address?: string }[]) => list?.map((one) => one.address);
  expect(api.mailbox).toHaveLength(1);
  const [one] = api.mailbox;
  expect(one).toMatchObject({ messageId: MAIL.messageId, subject: "Hello", html: "<p>Hi</p>\n" });
  expect(address(one?.cc)).toEqual(["cc@example.org"]);
  expect(address(one?.bcc)).toEqual(["bcc@example.org"]);
  expect(tokens.seen).toHaveLength(1);
});

test.each(EACH)("%s: what its answers mean, told without secrets", async (name) => {
  const { api, account, mailer, refusal } = await WORLDS[name]();
  const words = `No: ${CLIENT.clientSecret}, ${CLIENT.refreshToken}`;
  const outcomes: [number, object][] = [
    [400, { state: "refused", account: false }],
    [403, { state: "refused", account: true }],
    [404, { state: "refused", account: true }],
    [413, { state: "refused", account: false }],
    [408, { state: "later" }],
    [429, { state: "later", retryAfter: null }],
    [500, { state: "in_doubt" }],
    [503, { state: "in_doubt" }],
  ];
  for (const [status, expected] of outcomes) {
    api.mishaps.push(refusal(status, words));
    const { outcome } = await mailer.send(account);
    expect([status, outcome]).toMatchObject([status, expected]);
    expect(JSON.stringify(outcome)).toContain("No: ********, ********");
  }
  expect(api.mailbox).toEqual([]);
});

test.each(EACH)("%s: says how long to wait, in seconds or until when", async (name) => {
  const { api, account, mailer, refusal } = await WORLDS[name]();
  const soon = new Date(Date.now() + 600_000).toUTCString();
  const waits: [string, number, number][] = [["120", 120, 120], [soon, 500, 600]];
  for (const [text, least, most] of [...waits, ["999999999", 86_400, 86_400] as const]) {
    api.mishaps.push({ ...refusal(429, "Too many"), headers: { "retry-after": text } });
    const { outcome } = await mailer.send(account);
    const { retryAfter } = outcome as { retryAfter: number };
    expect(retryAfter).toBeGreaterThanOrEqual(least);
    expect(retryAfter).toBeLessThanOrEqual(most);
  }
});

test("gmail: a mailbox that asks too often is told by 403 as well", async () => {
  const { api, account, mailer } = await gmail();
  for (const reason of ["rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded"]) {
    api.mishaps.push(gmailRefusal(403, "User-rate limit exceeded.", reason));
    expect((await mailer.send(account)).outcome.state).toBe("later");
  }
  api.mishaps.push(gmailRefusal(400, "Mail service not enabled", "failedPrecondition"));
  expect((await mailer.send(account)).outcome).toMatchObject({ state: "refused", account: true });
});

test.each(EACH)("%s: cut off after the data, it is asked for the message", async (name) => {
  const { api, account, mailer } = await WORLDS[name]();
  api.mishaps.push({ cut: "after" });
  expect((await mailer.send(account)).outcome.state).toBe("in_doubt");
  expect((await mailer.find(account, MAIL.messageId)).outcome).toMatchObject({ state: "found" });
  api.mishaps.push({ cut: "before" });
  const messageId = "<o'neil+2@example.com>";
  expect((await mailer.send(account, { messageId })).outcome.state).toBe("in_doubt");
  expect((await mailer.find(account, messageId)).outcome).toEqual({ state: "absent" });
});

test.each(EACH)("%s: a question without an answer may be asked again, or not", async (name) => {
  const { api, account, mailer, refusal } = await WORLDS[name]();
  const find = async () => (await mailer.find(account, MAIL.messageId)).outcome;
  api.mishaps.push(refusal(503, "Busy"), { cut: "before" }, refusal(403, "Not allowed"));
  expect([await find(), await find(), await find()]).toMatchObject([
    { state: "later" },
    { state: "later" },
    { state: "refused", account: true },
  ]);
});

test.each(EACH)("%s: one that is not there took nothing", async (name) => {
  const { tokens, account } = await WORLDS[name]();
  const nowhere = startMailProcess({
    GOOGLE_TOKEN_URL: tokens.url,
    MICROSOFT_TOKEN_URL: tokens.url,
    GMAIL_API_URL: "http://127.0.0.1:1",
    MICROSOFT_GRAPH_URL: "http://127.0.0.1:1/v1.0",
  });
  afterwards(nowhere.stop);
  expect((await nowhere.send(account)).outcome.state).toBe("later");
});
