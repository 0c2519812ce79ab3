import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { expectLioError, expectLioFields } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";
import { senderAt } from "../support/lio-mail.ts";
import { MAILERS, type MailServices, mailServices } from "../support/mail-services.ts";
import { gmailId } from "../support/providers/gmail-reading.ts";
import { graphId } from "../support/providers/graph-reading.ts";
import { keptMail } from "../support/providers/kept-mail.ts";
import { asOwner } from "../support/workspace.ts";

let services: MailServices;
beforeAll(async () => {
  services = await mailServices();
});
afterAll(() => services.stop());
beforeEach(() => {
  services.kept.splice(0);
});

const FIRST = "<first@acme.com>";

describe.each(MAILERS)("%s", (mailer) => {
  /** A user, and the id of a message from Jane in the mailbox of their account. */
  async function answering(more: object = {}) {
    const mail = keptMail({ subject: "Offer", inReplyTo: FIRST, references: [FIRST], ...more });
    services.kept.push(mail);
    const sender = await senderAt(services, mailer);
    const { body } = await sender.api.get(`inbox/list?config_id=${sender.account.number}`);
    const [{ id, thread_id }] = body.data;
    const path = `inbox/reply/${encodeURIComponent(id)}?config_id=${sender.account.number}`;
    return { ...sender, mail, id, thread: thread_id, path };
  }

  function lastSent() {
    const { gmail, graph, smtp } = services;
    const email = mailer === "gmail" ? gmail.mailbox.at(-1) : smtp.arrived.at(-1)?.email;
    const draft = graph.mails.at(-1);
    return mailer === "outlook"
      ? {
        to: draft?.toRecipients.map(({ emailAddress }) => emailAddress.address),
        subject: draft?.subject,
        html: draft?.body.content,
        thread: draft?.conversationId,
        answers: draft?.answers,
      }
      : {
        to: email?.to?.map(({ address }) => address),
        subject: email?.subject,
        html: email?.html,
        inReplyTo: email?.inReplyTo,
        references: email?.references,
      };
  }

  test("a reply goes to the sender, in the thread of the message", async () => {
    const { api, path, mail, thread, id } = await answering();
    const lead = await leadOf(api, { email: "jane@acme.com" });
    const { status, body, text } = await api.post(path, { body: "<p>Yes</p>" });
    expect(status, text).toBe(201);
    expect(body.data).toMatchObject({
      status: "sent",
      tracked: true,
      lead_id: lead.id,
      thread_id: thread,
    });
    expect(lastSent()).toMatchObject({
      to: ["jane@acme.com"],
      subject: "Re: Offer",
      html: expect.stringContaining("<p>Yes</p>"),
      ...(mailer === "outlook"
        ? { thread, answers: id }
        : { inReplyTo: mail.messageId, references: `${FIRST} ${mail.messageId}` }),
    });
  });

  test("a reply is sent once under an idempotency key, and does not pile up Re:", async () => {
    const { api, path, workspace } = await answering({ subject: "RE: Offer" });
    const headers = { "idempotency-key": randomUUID() };
    const send = () => api.send("POST", path, { body: { body: "Yes", track: false }, headers });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(lastSent().subject).toBe("RE: Offer");
    const [row] = await asOwner<{ count: string }>(
      "select count(*) from crm.messages where workspace_id = $1",
      [workspace.id],
    );
    expect(row?.count).toBe("1");
  });

  test("a subject that is too long is cut, and stays text", async () => {
    const { api, path } = await answering({ subject: `${"x".repeat(993)}👋` });
    const { status, text } = await api.post(path, { body: "Yes" });
    expect(status, text).toBe(201);
    expect(lastSent().subject).toBe(`Re: ${"x".repeat(993)}\ufffd`);
  });

  test("there is nothing to reply to under another id, nor in another's account", async () => {
    const { api, account, other, path } = await answering();
    const none = mailer === "gmail"
      ? gmailId(7)
      : mailer === "outlook"
      ? graphId(7)
      : "inbox.1.777";
    for (const id of [none, "x", "..%2F..%2Fsettings", "%00"]) {
      const answer = await api.post(`inbox/reply/${id}?config_id=${account.number}`, { body: "x" });
      expect([400, 404], answer.text).toContain(answer.status);
    }
    expectLioError(await (await other("admin")).post(path, { body: "x" }), 404, "not_found");
    expectLioFields(await api.post(path, { body: "" }), 422, "body");
    expectLioFields(await api.post(path.split("?")[0] ?? "", { body: "x" }), 422, "config_id");
  });
});

test("an account that only sends has nothing to reply to", async () => {
  const { api, account } = await senderAt(services, "smtp");
  await asOwner(
    "update crm.connected_accounts set settings = settings - 'imap_host' where id = $1",
    [account.id],
  );
  const answer = await api.post(`inbox/reply/1?config_id=${account.number}`, { body: "x" });
  expectLioError(answer, 409, "not_connected", "mail_account");
});
