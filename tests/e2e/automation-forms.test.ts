import { expect, test } from "vitest";
import { automationWorld } from "../support/automations.ts";
import { TIME } from "../support/leadhub-records.ts";
import { asOwner } from "../support/workspace.ts";

const FORM = {
  name: "Contact us",
  fields: [{ key: "email", type: "email", required: true }],
  honeypot_field: "website",
};

test("form.submitted starts a run for each submission that is no spam, of that form", async () => {
  const { api, automation, ended, read, id: workspace } = await automationWorld();
  const form = await api.made("forms", FORM);
  const other = await api.made("forms", { ...FORM, name: "Newsletter" });
  const webhook = await api.made("integrations", {
    type: "webhook",
    settings: { url: "https://shop.example.com/hook" },
  });
  const id = await automation({ type: "form.submitted", form_id: form.id }, [
    { type: "send_webhook", integration_id: webhook.id },
    { type: "add_tag", tag: "asked" },
  ]);
  const submit = ({ id: to }: typeof form, body: object) =>
    api.made(`forms/${to}/submissions`, body);
  const submission = await submit(form, { email: "ann@example.org" });
  await submit(form, { email: "spam@example.org", website: "x" });
  await submit(other, { email: "bob@example.org" });
  // The webhook's delivery may be tried for longer.
  await expect.poll(() =>
    asOwner("select from crm.jobs where workspace_id = $1 and kind <> 'webhooks.deliver'", [
      workspace,
    ])
  ).toEqual([]);
  const [run, ...more] = await ended(id);
  expect(more).toEqual([]);
  expect(run).toMatchObject({
    event_type: "form.submitted",
    status: "succeeded",
    lead_id: submission.lead_id,
  });
  expect(await read(submission.lead_id)).toMatchObject({ tags: ["asked"] });
  const [delivery] = await asOwner<{ body: string }>(
    "select body from crm.webhook_deliveries where workspace_id = $1",
    [workspace],
  );
  expect(JSON.parse(delivery!.body)).toEqual({
    type: "form.submitted",
    timestamp: TIME,
    data: {
      lead: expect.objectContaining({ id: submission.lead_id, email: "ann@example.org" }),
      form: { id: form.id, name: "Contact us" },
      submission: { id: submission.id, values: { email: "ann@example.org" } },
      automation: { id, name: "A" },
    },
  });
});

test("an automation names only forms that there are", async () => {
  const { api } = await automationWorld();
  const body = {
    name: "A",
    trigger: { type: "form.submitted", form_id: 0 },
    actions: [{ type: "add_tag", tag: "a" }],
  };
  const answer = await api.post("automations", body);
  expect([answer.status, answer.body.errors])
    .toEqual([422, { "trigger.form_id": ["No form with this id."] }]);
});
