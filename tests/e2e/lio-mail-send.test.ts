import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectLioError, expectLioFields } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";
import { senderAt } from "../support/lio-mail.ts";
import {
  ADDRESS,
  type Mailer,
  MAILERS,
  type MailServices,
  mailServices,
} from "../support/mail-services.ts";
import { asOwner } from "../support/workspace.ts";

let services: MailServices;
beforeAll(async () => {
  services = await mailServices();
});
afterAll(() => services.stop());

/** What a provider sent, the newest last: to whom, the subject, and the HTML. */
function sentBy(provider: Mailer) {
  const { gmail, graph, smtp } = services;
  if (provider === "outlook") {
    const of = (people: { emailAddress: { address: string } }[]) =>
      people.map(({ emailAddress }) => emailAddress.address);
    return graph.mails.filter(({ isDraft }) => !isDraft).map((mail) => ({
      to: of(mail.toRecipients),
      cc: of(mail.ccRecipients),
      bcc: of(mail.bccRecipients),
      subject: mail.subject,
      html: mail.body.content,
      messageId: mail.internetMessageId,
    }));
  }
  const mails = provider === "gmail" ? gmail.mailbox : smtp.arrived.map(({ email }) => email);
  const of = (people: { address?: string }[] = []) => people.map(({ address }) => address);
  return mails.map(({ to, cc, bcc, subject, html = "", messageId }) => ({
    to: of(to),
    cc: of(cc),
    bcc: of(bcc),
    subject,
    html,
    messageId,
  }));
}

describe.each(MAILERS)("%s", (provider) => {
  test("takes a message, which is then sent, and about the lead of its recipient", async () => {
    const { api, user, send } = await senderAt(services, provider);
    const lead = await leadOf(api, { email: "jane@acme.com" });
    const { status, body, text } = await send({ subject: "Grüße 日本 👩‍👩‍👧‍👦" });
    expect(status, text).toBe(201);
    expect(body.data).toEqual({
      id: expect.any(Number),
      message_id: expect.stringMatching(/^<[0-9a-f-]{36}@example\.com>$/),
      thread_id: expect.any(String),
      status: "sent",
      tracked: true,
      lead_id: lead.id,
    });
    const [sent] = sentBy(provider).slice(-1);
    expect(sent).toMatchObject({
      to: ["jane@acme.com"],
      subject: "Grüße 日本 👩‍👩‍👧‍👦",
      messageId: body.data.message_id,
    });
    const { data } = (await api.get(`feed/list?model_type=lead&model_id=${lead.id}`)).body;
    expect(data[0]).toMatchObject({
      event: "email_sent",
      title: "Email sent: Grüße 日本 👩‍👩‍👧‍👦",
      user_id: user.number,
    });
    expect((await api.read(`lead/view/${lead.id}`)).last_activity_at).toBe(data[0].created_at);
    expect(sent?.html).toContain("/lio/api/v1/track/open/");
    expect(sent?.html).not.toContain("https://acme.com");
  });

  test("sends once under an idempotency key, also to many at once", async () => {
    const { send } = await senderAt(services, provider);
    const before = sentBy(provider).length;
    const headers = { "idempotency-key": randomUUID() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => send({}, headers)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
    expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(1);
    expect(sentBy(provider)).toHaveLength(before + 1);
  });

  test("reaches copies, blind ones too, and then tracks nothing", async () => {
    const { send } = await senderAt(services, provider);
    const { body } = await send({
      to: ["Jane Roe <jane@acme.com>", "jane@ACME.com"],
      cc: 'bob@acme.com, "Roe, Ann" <ann@acme.com>',
      bcc: ["eve@acme.com"],
    });
    expect(body.data).toMatchObject({ tracked: false, lead_id: null });
    const [sent] = sentBy(provider).slice(-1);
    expect(sent).toMatchObject({ to: ["jane@acme.com"], cc: ["bob@acme.com", "ann@acme.com"] });
    expect(sent?.html).toContain("https://acme.com/a?b=1&amp;c=2");
    const blind = provider === "smtp" ? services.smtp.arrived.at(-1)?.to : sent?.bcc;
    expect(blind).toContain("eve@acme.com");
  });
});

test("is sent as text beside the HTML, from the account, by SMTP as by Gmail", async () => {
  for (const provider of ["gmail", "smtp"] as const) {
    const { send } = await senderAt(services, provider);
    await send({ body: "<p>Hi <b>Jane</b></p>", track: false });
    const email = provider === "gmail"
      ? services.gmail.mailbox.at(-1)
      : services.smtp.arrived.at(-1)?.email;
    expect(email).toMatchObject({
      from: { name: "Rita Rep", address: ADDRESS },
      text: "Hi Jane\n",
      html: "<p>Hi <b>Jane</b></p>\n",
    });
  }
});

test("what cannot be sent is told by field, before anybody is asked", async () => {
  const { api, account, send } = await senderAt(services, "gmail");
  const asked = services.gmail.seen.length;
  const header = "x\r\nBcc: eve@evil.example";
  expectLioFields(await send({ subject: header }), 422, "subject");
  expectLioFields(await send({ to: `jane@acme.com\r\nBcc: eve@evil.example` }), 422, "to");
  expectLioFields(await send({ to: "", subject: "", body: " " }), 422, "to", "subject", "body");
  expectLioFields(await send({ to: ["jane"], cc: "a@b.c,x" }), 422, "to[0]", "cc");
  const many = Array.from({ length: 51 }, (_, at) => `${at}@acme.com`);
  expectLioFields(await send({ to: many }), 422, "to");
  expectLioFields(await send({ config_id: null }), 422, "config_id");
  expectLioFields(await send({ config_id: "1" }), 422, "config_id");
  expectLioFields(await send({ track: "yes", attachments: [] }), 422, "track", "attachments");
  const both = await api.post(`inbox/send?config_id=${account.number + 1}`, {
    config_id: account.number,
    to: "jane@acme.com",
    subject: "x",
    body: "x",
  });
  expectLioFields(both, 422, "config_id");
  expect(services.gmail.seen).toHaveLength(asked);
});

test("the account may be named in the query, and is the user's own", async () => {
  const { api, account, other, send } = await senderAt(services, "gmail");
  const body = { to: "jane@acme.com", subject: "x", body: "x" };
  const named = await api.post(`inbox/send?config_id=${account.number}`, body);
  expect(named.status, named.text).toBe(201);
  for (const role of ["admin", "manager", "rep"] as const) {
    const answer = await (await other(role)).post(`inbox/send?config_id=${account.number}`, body);
    expectLioError(answer, 404, "not_found");
  }
  const viewer = await other("viewer");
  expectLioError(await viewer.post("inbox/send", body), 403, "permission_error", "role");
  expectLioError(await send({ config_id: 999_999_999 }), 404, "not_found");
  const neighbour = await senderAt(services, "gmail");
  expectLioError(await neighbour.send({ config_id: account.number }), 404, "not_found");
  await asOwner("update crm.connected_accounts set is_active = false where id = $1", [account.id]);
  expectLioError(await send(), 404, "not_found");
});

test("of a lead whose contact was deleted is in its feed as well, and its last activity", async () => {
  const { workspace, api, send } = await senderAt(services, "gmail");
  const { id } = await leadOf(api, { email: "jane@acme.com" });
  await asOwner("delete from crm.contacts where workspace_id = $1", [workspace.id]);
  expect((await send()).body.data).toMatchObject({ lead_id: id });
  const [newest] = await api.read(`feed/list?model_type=lead&model_id=${id}`);
  expect(newest).toMatchObject({ event: "email_sent", model_id: id });
  expect((await api.read(`lead/view/${id}`)).last_activity_at).toBe(newest.created_at);
});

test("a Rep does not learn of the lead of another, which the message is not about", async () => {
  const sender = await senderAt(services, "smtp", "rep");
  const admin = await sender.other("admin");
  const { data: [owner] } = (await admin.get("user/list?role_id=1")).body;
  const lead = await leadOf(admin, { email: "jane@acme.com", assigned_to: owner.id });
  expect((await sender.send()).body.data).toMatchObject({ status: "sent", lead_id: null });
  await admin.done(`lead/update/${lead.id}`, { assigned_to: sender.user.number });
  expect((await sender.send()).body.data).toMatchObject({ lead_id: lead.id });
});
