import { expect, test } from "vitest";
import { mailIntegration } from "../support/mail.ts";
import { outboundWorld, setConnection } from "../support/outbound-email.ts";
import { asOwner } from "../support/workspace.ts";

const NO_ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const DAY = 86_400;

test.each([
  ["leadId", { leadId: NO_ID }, "leadId: No lead with this id."],
  ["connectionId", { connectionId: NO_ID }, "connectionId: No connection with this id."],
  ["channel", { channel: "gmail" }, "channel: Must be the channel of the connection."],
  ["channel", { channel: "fax" }, /^channel: Must be one of gmail, microsoft, smtp, mailgun/],
  ["subject", { subject: " " }, /^subject: /],
  ["subject", { subject: "a\r\nBcc: eve@example.org" }, /^subject: Must be on one line/],
  ["subject", { subject: "a".repeat(999) }, /^subject: Must have at most 998/],
  ["htmlBody", { htmlBody: "" }, /^htmlBody: /],
  ["htmlBody", { htmlBody: "ä".repeat(220 * 1024) }, "htmlBody: Must have at most 400 KB."],
  ["to", { to: [] }, /^to: /],
  ["to", { to: ["nobody"] }, /^to\[0\]: Must be an email address/],
  ["cc", { cc: Array(51).fill("a@example.org") }, "cc: Must have at most 50 emails."],
  ["replyTo", { replyTo: "me" }, /^replyTo: Must be an email address/],
  ["trackOpens", { trackOpens: "yes" }, /^trackOpens: /],
  ["unknown", { body: "x" }, /^body: Unknown/],
])("an email is refused for its %s, case %#", async (_, changes, error) => {
  const { send } = await outboundWorld();
  expect(await send(changes)).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(error) },
  });
});

test("it is refused with all that is wrong in one answer, of which nothing is stored", async () => {
  const { send, workspace, api } = await outboundWorld();
  const hook = await mailIntegration(workspace.id, "webhook", { url: "https://example.com/" });
  expect((await send({ leadId: NO_ID, connectionId: hook, inReplyTo: "<a@b>" })).body.error).toBe(
    "leadId: No lead with this id. connectionId: No connection with this id. " +
      "inReplyTo: No message with this messageId.",
  );
  const { status, body } = await api.post("crm/api/crm/outbound-email", {});
  expect(status).toBe(400);
  for (const field of ["leadId", "connectionId", "channel", "subject", "htmlBody"]) {
    expect(body.error).toContain(`${field}: `);
  }
  expect(await asOwner("select from crm.messages where workspace_id = $1", [workspace.id]))
    .toEqual([]);
});

test("it is refused without anybody to send it to, unless the body says", async () => {
  const { api, send, contactId } = await outboundWorld();
  await api.patch(`crm/api/crm/contacts/${contactId}`, { email: null });
  expect((await send()).body.error).toBe(
    "to: Is required, as the lead has no contact with an email.",
  );
  expect((await send({ to: ["eve@example.org"] })).status).toBe(202);
});

test("it is refused by its size: 500 KB is the most", async () => {
  const { send } = await outboundWorld();
  const largest = { htmlBody: "a".repeat(400 * 1024) };
  expect((await send(largest)).status).toBe(202);
  expect((await send({ ...largest, textBody: "a".repeat(110 * 1024) })).status).toBe(413);
});

test.each(["paused", "inactive"] as const)(
  "it is refused by a connection that is %s",
  async (state) => {
    const { send, connectionId } = await outboundWorld();
    await setConnection(connectionId, state);
    const { status, body } = await send();
    expect([status, body.error]).toEqual([409, `connectionId: The connection is ${state}.`]);
    await setConnection(connectionId, "active");
    expect((await send()).status).toBe(202);
  },
);

test("it is refused to a contact who has unsubscribed, however it is named", async () => {
  const { send, api, contactId } = await outboundWorld();
  await api.patch(`crm/api/crm/contacts/${contactId}`, { unsubscribed: true });
  const others = { to: ["eve@example.org"] };
  for (
    const changes of [{}, { to: ["Ada@example.org"] }, { ...others, bcc: ["ada@example.org"] }]
  ) {
    const { status, body } = await send(changes);
    expect([status, body.error]).toEqual([409, "to: A recipient has unsubscribed."]);
  }
  expect((await send(others)).status).toBe(202);
});

test("it is refused over the daily limit, exactly, however many are sent at once", async () => {
  const { send, api, emails } = await outboundWorld({}, { daily_limit: 5 });
  const answers = await Promise.all(Array.from({ length: 14 }, () => send()));
  const refused = answers.filter(({ status }) => status !== 202);
  expect(refused.map(({ status }) => status)).toEqual(Array(9).fill(429));
  for (const { headers, body } of refused) {
    const wait = Number(headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(DAY);
    expect(body.error).toMatch(/daily limit/);
  }
  const { body } = await api.get("crm/api/crm/outbound-email-connections");
  expect(body.connections).toMatchObject([{ dailyLimit: 5, sentToday: 5 }]);
  expect(await emails()).toHaveLength(5);
});
