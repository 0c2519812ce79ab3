import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { automationWorld } from "../support/automations.ts";
import { mailboxOfTest } from "../support/providers/smtp-mailbox.ts";
import { asOwner, eventually } from "../support/workspace.ts";

const CREATED = { type: "lead.created" };

async function mailingWorld(more: object = {}) {
  const world = await automationWorld();
  const box = await mailboxOfTest({ security: "none", recipients: { "no@example.org": 550 } });
  const integration = await world.api.made("integrations", {
    type: "smtp",
    settings: {
      host: "127.0.0.1",
      port: box.port,
      security: "none",
      from_email: "sales@example.com",
    },
  });
  const id = await world.automation(CREATED, [
    {
      type: "send_email",
      integration_id: integration.id,
      subject: "Hello {{lead.first_name}}{{lead.last_name}}",
      html_body: "<p>Hello {{lead.first_name}}</p>",
      ...more,
    },
    { type: "add_tag", tag: "mailed" },
  ]);
  return { ...world, box, integration, mailing: id };
}

const firstStep = ([run]: Json[]) => run.steps[0];

test("an email is sent to the lead, escaped, before the run goes on", async () => {
  const { mailing, lead, ended, read, box, api } = await mailingWorld({
    text_body: "Hello {{lead.first_name}}",
  });
  const { id } = await lead({ first_name: "Ann & <Bob>", email: "ann@example.org" });
  expect((await ended(mailing))[0]).toMatchObject({ status: "succeeded" });
  expect((await read(id)).tags).toEqual(["mailed"]);
  expect(box.arrived).toHaveLength(1);
  const [{ to, email }] = box.arrived as [typeof box.arrived[number]];
  expect(to).toEqual(["ann@example.org"]);
  expect(email.subject).toBe("Hello Ann & <Bob>");
  expect(email.html?.trim()).toBe("<p>Hello Ann &amp; &lt;Bob&gt;</p>");
  expect(email.text?.trim()).toBe("Hello Ann & <Bob>");
  expect((await api.get(`leads/${id}`)).status).toBe(200);
});

test("an email to nobody, or to who is refused for good, fails the run at once", async () => {
  const { mailing, lead, ended, box } = await mailingWorld();
  await lead();
  expect((await ended(mailing))[0]).toMatchObject({
    status: "failed",
    reason: "The lead has no email address.",
  });
  await lead({ email: "no@example.org" });
  const runs = await ended(mailing, 2);
  expect(runs[0]).toMatchObject({ status: "failed", reason: expect.stringContaining("550") });
  expect(firstStep(runs)).toMatchObject({ status: "failed", attempts: 1 });
  expect(box.arrived).toEqual([]);
});

test("an email that is refused for now is tried again, and the run waits for it", async () => {
  const { mailing, lead, ended, runsOnce, box, id } = await mailingWorld({ to: "ops@example.org" });
  box.behaviour.data = 451;
  await lead();
  const state = () =>
    asOwner<{ attempts: number; due_in: number }>(
      `select m.attempts, extract(epoch from j.run_at - m.updated_at)::float8 as due_in
        from crm.messages m join crm.jobs j on j.payload ->> 'message_id' = m.id::text
        where m.workspace_id = $1 and m.state = 'queued' and j.status = 'waiting' and m.attempts > 0`,
      [id],
    );
  const [{ attempts, due_in }] = await eventually(async () => {
    const [found] = await state();
    return found !== undefined && [found];
  });
  // The first wait may be over before it is seen.
  expect(due_in).toBe([5, 30, 300, 1_800, 7_200][attempts - 1]);
  expect((await runsOnce(mailing, ([run]) => run !== undefined))[0]).toMatchObject({
    status: "waiting",
  });
  delete box.behaviour.data;
  await asOwner("update crm.jobs set run_at = now() where workspace_id = $1", [id]);
  expect((await ended(mailing))[0]).toMatchObject({ status: "succeeded" });
  expect(box.arrived.map(({ to }) => to)).toEqual([["ops@example.org"]]);
});

test("an integration that is gone or inactive fails the run, which can be taken up again", async () => {
  const { mailing, lead, ended, api, integration, box } = await mailingWorld();
  const path = `integrations/${integration.id}`;
  await api.patch(path, { is_active: false });
  await lead({ email: "ann@example.org" });
  const [run] = await ended(mailing);
  expect(run).toMatchObject({ status: "failed", reason: "The integration is inactive." });
  await api.patch(path, { is_active: true });
  await api.send("POST", `automations/${mailing}/runs/${run.id}/retry`);
  expect((await ended(mailing))[0]).toMatchObject({ id: run.id, status: "succeeded" });
  expect(box.arrived).toHaveLength(1);
  await api.delete(path);
  await lead({ email: "ann@example.org" });
  expect((await ended(mailing, 2))[0]).toMatchObject({
    status: "failed",
    reason: "The email integration is gone.",
  });
});
