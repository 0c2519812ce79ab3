import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields } from "../support/lio.ts";
import { accountWorld } from "../support/lio-accounts.ts";
import { smtpAccountOf } from "../support/mail-accounts.ts";
import { mailboxOfTest } from "../support/providers/smtp-mailbox.ts";
import { asOwner } from "../support/workspace.ts";

const MISSING = 999_999_999;
const MESSAGE_ID: unknown = expect.stringMatching(/^<.+@.+>$/);

/** A target account with contacts, and a mail account of who mails them. */
async function mailingWorld() {
  const world = await accountWorld();
  const { admin, workspace, account, contact } = world;
  const box = await mailboxOfTest({ security: "none", users: { [admin.email]: "secret" } });
  const config_id = await smtpAccountOf(workspace, admin, box);
  const company = await world.company("Globex & Co");
  const { id } = await account({ company_id: company.id });
  return {
    ...world,
    box,
    config_id,
    id,
    async added(more: object = {}): Promise<Json> {
      const made = await contact({ company_id: company.id, ...more });
      await admin.api.made(`target-accounts/${id}/contacts`, { contact_id: made.id });
      return made;
    },
    send: (body: object, headers?: Record<string, string>, to = id) =>
      admin.api.post(`target-accounts/${to}/send-bulk-email`, body, headers),
  };
}

test("each contact gets a mail of their own, and who has no email or wants none is left out", async () => {
  const { added, box, send, workspace } = await mailingWorld();
  const hank = await added({ name: "Hank <Scorpio>", designation: "CEO" });
  const nobody = await added({ name: "No Body", email: null });
  const away = await added({ name: "A Way" });
  const failing = await added({ name: "Fay Ling" });
  const last = await added({ name: "Zoë 日本" });
  await asOwner(
    "update crm.contacts set unsubscribed = true where workspace_id = $1 and number = $2",
    [
      workspace.id,
      away.id,
    ],
  );
  box.behaviour.recipients = { [failing.email]: 550 };
  const key = { "Idempotency-Key": "mailing-1" };
  const message = {
    subject: "For {{name}}, {{title}}",
    body: "<p>Dear {{ first_name }} of {{company}}</p>",
  };
  const answers = await Promise.all([send(message, key), send(message, key)]);
  expect(answers.map(({ status }) => status), answers[0]?.text).toEqual([200, 200]);
  expect(answers[0]?.text).toBe(answers[1]?.text);
  const of = ({ id, email }: Json, status: string, more: object = {}) => ({
    contact_id: id,
    email,
    status,
    message_id: status === "skipped" ? null : MESSAGE_ID,
    reason: null,
    ...more,
  });
  expect(answers[0]?.body.data).toEqual({
    sent: 2,
    failed: 1,
    skipped: 2,
    results: [
      of(hank, "sent"),
      of(nobody, "skipped", { reason: "no_email" }),
      of(away, "skipped", { reason: "unsubscribed" }),
      of(failing, "failed", { reason: expect.stringContaining("550") }),
      of(last, "sent"),
    ],
  });
  const arrived = box.arrived.map(({ to, email }) => [to, email.subject, email.html]);
  expect(arrived).toHaveLength(2);
  const html = (text: string): unknown => expect.stringContaining(text);
  expect(arrived).toEqual(expect.arrayContaining([
    [[hank.email], "For Hank <Scorpio>, CEO", html("<p>Dear Hank of Globex &amp; Co</p>")],
    [[last.email], "For Zoë 日本,", html("<p>Dear Zoë of Globex &amp; Co</p>")],
  ]));
});

test("all get one mail without seeing each other in the mode bcc", async () => {
  const { added, admin, box, send, config_id } = await mailingWorld();
  const [one, two, three] = [await added(), await added(), await added()];
  box.behaviour.recipients = { [two.email]: 550 };
  const contact_ids = [three.id, one.id, two.id, one.id];
  const sent = await send({ subject: "Hi", body: "Hi", mode: "bcc", contact_ids, config_id });
  expect(sent.status, sent.text).toBe(200);
  expect(sent.body.data).toMatchObject({
    sent: 2,
    failed: 1,
    skipped: 0,
    results: [
      { contact_id: one.id, status: "sent" },
      { contact_id: two.id, status: "failed", reason: expect.stringContaining("550") },
      { contact_id: three.id, status: "sent" },
    ],
  });
  expect(new Set(sent.body.data.results.map((its: Json) => its.message_id)).size).toBe(1);
  expect(box.arrived).toHaveLength(1);
  expect(box.arrived[0]?.to.toSorted()).toEqual([admin.email, one.email, three.email].toSorted());
  expect(box.arrived[0]?.raw).not.toContain(one.email);
});

test("what is wrong with a mailing is told, and nobody is mailed", async () => {
  const { added, user, account, box, send, id, config_id } = await mailingWorld();
  const { id: known } = await added();
  const good = { subject: "Hi", body: "Hi" };
  expectLioFields(await send({}), 422, "subject", "body");
  const wrong = {
    subject: "{{nam}}\nBcc: x",
    body: "{{First_name}}",
    mode: "cc",
    contact_ids: [],
    x: 1,
  };
  expectLioFields(await send(wrong), 422, "subject", "subject", "body", "contact_ids", "mode", "x");
  expectLioFields(await send({ ...good, body: "{{name}}", mode: "bcc" }), 422, "body");
  const contact_ids = [known, MISSING];
  expectLioFields(await send({ ...good, contact_ids }), 422, "contact_ids[1]");
  expectLioError(await send({ ...good, config_id: MISSING }), 404, "not_found");
  expectLioError(await send(good, {}, MISSING), 404, "not_found");
  const at = `target-accounts/${id}/send-bulk-email`;
  const rep = await user("rep");
  expectLioError(await rep.api.post(at, good), 409, "not_connected", "mail_account");
  expectLioError(await rep.api.post(at, { ...good, config_id }), 404, "not_found");
  const viewer = await user("viewer");
  expectLioError(await viewer.api.post(at, good), 403, "permission_error", "role");
  expect(box.arrived).toEqual([]);
  const empty = await send(good, {}, (await account()).id);
  expect(empty.body.data).toEqual({ sent: 0, failed: 0, skipped: 0, results: [] });
});
