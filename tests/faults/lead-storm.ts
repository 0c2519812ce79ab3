import type { Json } from "../support/api-client.ts";
import { type AutomationWorld, automationWorld } from "../support/automations.ts";
import { makeUser } from "../support/leadhub-records.ts";
import { asOwner } from "../support/workspace.ts";
import { PatientClient } from "./patient-client.ts";

/** Changes of one lead's score. */
export const SCORES = 2;
/** Changes that each lead goes through, with that it is made and that a form is submitted. */
export const CHANGES = SCORES + 4;
/** Leads that are deleted, and leads that were quiet for long. */
export const DELETED = 2;
export const QUIET = 3;

/** A workspace in which every trigger and action is used, told of by webhook and mail. */
export interface LeadStorm extends AutomationWorld {
  client: PatientClient;
  /** The ids of the automations by the first letter of their tasks; `mail` makes none. */
  automations: Record<string, number>;
  /** The secret that signs the webhooks. */
  secret: string;
  /** Makes, changes and submits, so many more leads each way; deletes one that was there. */
  storm(leads: number): Promise<void>;
}

/** Makes such a workspace: its webhooks go to `receiver`, its mails to an SMTP server. */
export async function leadStorm(
  url: string,
  { receiver, smtpPort }: { receiver: string; smtpPort: number },
): Promise<LeadStorm> {
  const world = await automationWorld(url);
  const { api, lead, id } = world;
  // Made before anybody listens, so that only what the storm does to them counts.
  const doomed = await Promise.all(Array.from({ length: DELETED }, () => lead({ tags: ["x"] })));
  await Promise.all(Array.from({ length: QUIET }, () => lead({ status: "quiet" })));
  await asOwner(`begin; set local session_replication_role = replica;
    update crm.leads set updated_at = now() - interval '31 days'
      where workspace_id = '${id}' and status = 'quiet'; commit`);
  const webhook = await api.made("integrations", {
    type: "webhook",
    settings: webhookTo(receiver),
  });
  const smtp = await api.made("integrations", { type: "smtp", settings: smtpAt(smtpPort) });
  const form = await api.made("forms", { name: "F", fields: [{ key: "email", type: "email" }] });
  const [{ stages }] = await api.listed("pipelines");
  const automations = await automationsOf(world, { webhook, smtp, form, stages });
  const client = new PatientClient(url, api.key);
  let begun = 0;
  return {
    ...world,
    client,
    automations,
    secret: webhook.settings.secret,
    async storm(leads) {
      const places = Array.from({ length: leads }, () => begun++);
      const each = places.map((i) => changes(client, i, { form, stages }));
      const deletions = doomed.splice(0, 1).map(({ id: one }) => client.delete(`leads/${one}`));
      await Promise.all([...each, ...deletions]);
    },
  };
}

/** What one lead goes through; all of it ends in one way, whatever its automations do meanwhile. */
async function changes(client: PatientClient, i: number, { form, stages }: Json): Promise<void> {
  const email = `lead-${i}@example.org`;
  const { id } = await client.made("leads", { first_name: "Zoë", email, tags: ["vip"] });
  const path = `leads/${id}`;
  const scores = Array.from({ length: SCORES }, (_, score) => score + 1);
  const answers = await Promise.all([
    ...scores.map((lead_score) => client.patch(path, { lead_score })),
    client.patch(path, { pipeline_stage_id: stages[1].id }),
    client.delete(`${path}/tags/vip`),
    client.post(`forms/${form.id}/submissions`, { email: `form-${i}@example.org` }),
  ]);
  const refused = answers.filter(({ status }) => status >= 300);
  if (refused.length > 0) throw new Error(`refused: ${refused.map(({ text }) => text).join()}`);
}

async function automationsOf(
  world: AutomationWorld,
  { webhook, smtp, form, stages }: Json,
): Promise<Record<string, number>> {
  const [turner, other, assigned] = await Promise.all([1, 2, 3].map(() => makeUser(world)));
  const task = (kind: string) => ({ type: "create_task", title: `${kind} {{lead.id}}` });
  const status = { field: "status", operator: "equals", value: "welcomed" };
  const made: Record<string, Promise<number>> = {
    A: world.automation({ type: "lead.created" }, [
      task("A"),
      { type: "add_tag", tag: "welcome" },
      { type: "assign_round_robin", user_ids: [turner.id, other.id] },
      { type: "wait", duration: "PT1S" },
      { type: "send_webhook", integration_id: webhook.id },
      { type: "change_status", status: "welcomed" },
    ]),
    B: world.automation({ type: "lead.updated", fields: ["lead_score"] }, [task("B")]),
    C: world.automation({ type: "lead.tag_added", tag: "welcome" }, [
      task("C"),
      { type: "remove_tag", tag: "welcome" },
    ]),
    D: world.automation({ type: "lead.tag_removed", tag: "vip" }, [task("D")]),
    E: world.automation({ type: "lead.stage_changed", to_stage_id: stages[1].id }, [
      { type: "assign_user", user_id: assigned.id },
      task("E"),
    ]),
    F: world.automation({ type: "form.submitted", form_id: form.id }, [task("F")]),
    H: world.automation({ type: "lead.updated", fields: ["status"] }, [
      { type: "change_stage", stage_id: stages[2].id },
      task("H"),
    ], { conditions: { match: "all", rules: [status] } }),
    I: world.automation({ type: "lead.inactive", days: 30 }, [task("I")]),
    mail: world.automation({ type: "lead.created" }, [
      { type: "send_email", integration_id: smtp.id, subject: "Hello", text_body: "{{lead.id}}" },
    ]),
  };
  const ids = Object.entries(made).map(async ([kind, id]) => [kind, await id] as const);
  return Object.fromEntries(await Promise.all(ids));
}

function webhookTo(url: string): object {
  const ofLead = ["created", "updated", "stage_changed", "tag_added", "tag_removed", "deleted"];
  return { url, events: [...ofLead.map((one) => `lead.${one}`), "form.submitted"] };
}

function smtpAt(port: number): object {
  return { host: "127.0.0.1", port, security: "none", from_email: "sales@example.com" };
}
