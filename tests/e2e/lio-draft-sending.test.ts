import { expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { expectLioError, expectLioFields, type LioClient, TIME } from "../support/lio.ts";
import { draftWorld } from "../support/lio-drafts.ts";
import { smtpAccountOf } from "../support/mail-accounts.ts";
import { type Behaviour, mailboxOfTest } from "../support/providers/smtp-mailbox.ts";
import { asOwner } from "../support/workspace.ts";

const MISSING = 999_999_999;

/** A user with a mail account, and drafts that they send. */
async function sendingWorld(behaviour: Partial<Behaviour> = {}) {
  const world = await draftWorld();
  const { admin, workspace, lead, stored } = world;
  const users = { [admin.email]: "secret" };
  const box = await mailboxOfTest({ security: "none", users, ...behaviour });
  const config_id = await smtpAccountOf(workspace, admin, box);
  return {
    ...world,
    box,
    config_id,
    /** Makes a draft of a lead of its own; answers its number and the lead. */
    async drafted(approved = true) {
      const of = await lead();
      const number = await stored(of.id);
      if (approved) await admin.api.put(`ai-email/draft/${number}/approve`, undefined);
      return { number, lead: of };
    },
  };
}

const send = (
  api: LioClient,
  draft: number,
  body: object,
  headers?: Record<string, string>,
): Promise<ApiResponse> => api.post(`ai-email/draft/${draft}/send`, body, headers);

test("an approved draft is sent to its lead once, whoever asks how often", async () => {
  const { admin: { api, number: user }, box, config_id, drafted } = await sendingWorld();
  const { number, lead } = await drafted();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => send(api, number, { config_id })),
  );
  const [sent, ...others] = answers.toSorted((a, b) => a.status - b.status);
  expect(sent?.status, sent?.text).toBe(200);
  expect(sent?.body.data).toMatchObject({
    id: number,
    lead_id: lead.id,
    status: "sent",
    approved_by: user,
    sent_at: TIME,
    message_id: expect.stringMatching(/^<.+@.+>$/),
  });
  for (const other of others) expectLioError(other, 409, "conflict", "already_sent");
  expect(box.arrived).toHaveLength(1);
  const [{ to, email } = { to: [], email: null }] = box.arrived;
  expect(to).toEqual([lead.email]);
  expect(email).toMatchObject({ subject: "For you", messageId: sent?.body.data.message_id });
  expect(email?.html).toContain("<p>Dear Jane</p>");
  const [listed] = await api.read(`ai-email/drafts/lead/${lead.id}`);
  expect(listed).toEqual(sent?.body.data);
  const approval = await api.put(`ai-email/draft/${number}/approve`, undefined);
  expectLioError(approval, 409, "conflict", "already_sent");
});

test("a draft under a key is sent once, and the answer comes again", async () => {
  const { admin: { api }, box, config_id, drafted } = await sendingWorld();
  const { number } = await drafted();
  const key = { "Idempotency-Key": "send-1" };
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => send(api, number, { config_id }, key)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(box.arrived).toHaveLength(1);
});

test("a draft that the mail service refuses has failed, and may be changed and sent again", async () => {
  const { admin: { api }, box, config_id, drafted } = await sendingWorld();
  const { number, lead } = await drafted();
  box.behaviour.recipients = { [lead.email]: 550 };
  const key = { "Idempotency-Key": "send-again" };
  expectLioError(await send(api, number, { config_id }, key), 502, "provider_error", "550");
  const status = async () => (await api.read(`ai-email/drafts/lead/${lead.id}`))[0].status;
  expect(await status()).toBe("failed");
  expect(box.arrived).toEqual([]);
  box.behaviour.recipients = {};
  const body = { body: "Dear Jane,\n\n1 < 2" };
  const changed = await api.put(`ai-email/draft/${number}/approve`, body);
  expect(changed.body.data).toMatchObject({ status: "approved", sent_at: null, message_id: null });
  const again = await send(api, number, { config_id }, key);
  expect(again.status, again.text).toBe(200);
  expect(box.arrived[0]?.email.html).toContain("<p>Dear Jane,</p><p>1 &lt; 2</p>");
});

test("a draft is sent when it is approved, its lead has an email, and the account is the caller's", async () => {
  const { admin: { api }, user, box, config_id, drafted, workspace } = await sendingWorld();
  const { number, lead } = await drafted(false);
  expectLioError(await send(api, number, { config_id }), 409, "conflict", "not_approved");
  await api.put(`ai-email/draft/${number}/approve`, undefined);
  expectLioError(await send(api, number, { config_id: MISSING }), 404, "not_found");
  expectLioError(await send(api, MISSING, { config_id }), 404, "not_found");
  const other = await user("manager");
  expectLioError(await send(other.api, number, { config_id }), 404, "not_found");
  expectLioFields(await send(api, number, {}), 422, "config_id");
  expectLioFields(await send(api, number, { config_id: "1", to: "" }), 422, "config_id", "to");
  await asOwner("update crm.leads set email = null where workspace_id = $1 and number = $2", [
    workspace.id,
    lead.id,
  ]);
  expectLioError(await send(api, number, { config_id }), 409, "conflict", "no_email");
  const rep = await user("rep");
  await asOwner(
    `update crm.leads set assigned_to = u.id from crm.users u
     where crm.leads.workspace_id = $1 and crm.leads.number = $2 and u.workspace_id = $1 and u.number = $3`,
    [workspace.id, lead.id, other.number],
  );
  expectLioError(await send(rep.api, number, { config_id }), 404, "not_found");
  expect(box.arrived).toEqual([]);
});
