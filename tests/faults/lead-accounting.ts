import { expect } from "vitest";
import { actionsSchema } from "../../shared/automations/actions.ts";
import { triggerSchema } from "../../shared/automations/triggers.ts";
import type { Json } from "../support/api-client.ts";
import { turnsOf } from "../support/automation-storm.ts";
import type { SmtpMailbox } from "../support/providers/smtp-mailbox.ts";
import { asOwner } from "../support/workspace.ts";
import type { FalteringReceiver } from "./faltering-receiver.ts";
import { again } from "./form.ts";
import { DELETED, type LeadStorm, QUIET, SCORES } from "./lead-storm.ts";

/** Expects each cause of a storm to have had its one run, which did what it is for once. */
export async function expectEachRanOnce({ id, automations }: LeadStorm, leads: number) {
  const both = 2 * leads;
  const once = { C: both, D: leads, E: leads, F: leads, H: both, I: QUIET };
  const tasks = { A: both, B: SCORES * leads, ...once };
  expect(await counted(`select left(title, 1) as what from crm.tasks`, id), again).toEqual(tasks);
  const runs = await asOwner<{ automation: number; status: string; runs: number }>(
    `select a.number::int as automation, r.status, count(*)::int as runs
      from crm.automation_runs r
      join crm.automations a on a.workspace_id = r.workspace_id and a.id = r.automation_id
      where r.workspace_id = $1 group by 1, 2`,
    [id],
  );
  for (const [kind, automation] of Object.entries(automations)) {
    if (kind === "mail") continue;
    const own = runs.filter((one) => one.automation === automation && one.status !== "skipped");
    const ended = { automation, status: "succeeded", runs: tasks[kind as keyof typeof tasks] };
    expect(own, `${kind}, ${again}`).toEqual([ended]);
  }
}

/** Expects every event to have reached the receiver, in one body for each id. Answers how many came. */
export async function expectEachWasTold(
  { id }: LeadStorm,
  leads: number,
  { requests, forged }: FalteringReceiver,
): Promise<number> {
  const both = 2 * leads;
  const types = await counted("select event_type as what from crm.webhook_deliveries", id);
  expect(types, again).toEqual({
    // Those of the automation as well.
    "lead.created": 2 * both,
    // Scores and the stage; the next user, the status and the stage of what follows; a user.
    "lead.updated": (SCORES + 1) * leads + 3 * both + leads,
    "lead.stage_changed": leads + both,
    "lead.tag_added": leads + both,
    "lead.tag_removed": leads + both,
    "lead.deleted": DELETED,
    "form.submitted": leads,
  });
  const deliveries = await asOwner<{ webhook_id: string; status: string; body: string }>(
    "select webhook_id, status, body from crm.webhook_deliveries where workspace_id = $1",
    [id],
  );
  expect(deliveries.filter(({ status }) => status !== "succeeded"), again).toEqual([]);
  const bodies = new Map(deliveries.map(({ webhook_id, body }) => [webhook_id, body]));
  expect(bodies.size).toBe(deliveries.length);
  expect(
    requests.filter(({ headers, body }) => bodies.get(String(headers["webhook-id"])) !== body),
    again,
  ).toEqual([]);
  expect(forged, again).toEqual([]);
  const told = new Set(requests.map(({ headers }) => headers["webhook-id"]));
  expect(told.size, again).toBe(bodies.size);
  return told.size;
}

/** Expects a mail to each lead, none of them twice. Answers how many are in doubt. */
export async function expectNoMailTwice(
  { id, automations }: LeadStorm,
  leads: number,
  { arrived }: SmtpMailbox,
): Promise<number> {
  const messages = await asOwner<Json>(
    "select message_id, state, error from crm.messages where workspace_id = $1",
    [id],
  );
  expect(messages, again).toHaveLength(2 * leads);
  const came = arrived.map(({ email }) => email.messageId);
  expect(new Set(came).size, again).toBe(came.length);
  const unsent = messages.filter(({ state }) => state !== "sent");
  for (const { state, error } of unsent) {
    expect([state, error], again).toEqual(["failed", expect.stringMatching(/^unconfirmed/)]);
  }
  const sent = messages.filter(({ state }) => state === "sent");
  const missing = sent.filter(({ message_id }) => !came.some((one) => one?.includes(message_id)));
  expect(missing, again).toEqual([]);
  const wrong = await asOwner(
    `select r.number, r.status, r.reason from crm.automation_runs r
      join crm.automations a on a.workspace_id = r.workspace_id and a.id = r.automation_id
      where r.workspace_id = $1 and a.number = $2 and r.status <> 'succeeded'
        and (r.status <> 'failed' or r.reason not like 'unconfirmed%')`,
    [id, automations.mail],
  );
  expect(wrong, again).toEqual([]);
  return unsent.length;
}

/** Expects every trigger to have started a run, and every action to have been taken. */
export async function expectEveryKindRan({ id }: LeadStorm): Promise<void> {
  const [ran] = await asOwner<{ triggers: string[]; actions: string[] }>(
    `select array_agg(distinct r.event_type) as triggers,
        array_agg(distinct step #>> '{action,type}') as actions
      from crm.automation_runs r, jsonb_array_elements(r.steps) step
      where r.workspace_id = $1 and step ->> 'status' = 'succeeded'`,
    [id],
  );
  const typesOf = (options: readonly { shape: { type: { value: string } } }[]) =>
    new Set(options.map(({ shape }) => shape.type.value));
  expect(new Set(ran?.triggers)).toEqual(typesOf(triggerSchema().options));
  expect(new Set(ran?.actions)).toEqual(typesOf(actionsSchema().element.options));
}

/** Expects each lead to be as the last step left it, and its user to have had the turn. */
export async function expectNothingHalfDone(
  { id, automations }: LeadStorm,
  leads: number,
): Promise<void> {
  const both = 2 * leads;
  expect(await counted("select status as what from crm.leads", id), again)
    .toEqual({ welcomed: both, quiet: QUIET });
  expect(await counted("select tag_id::text as what from crm.lead_tags", id), again).toEqual({});
  expect(await turnsOf(id, automations.A!), again).toEqual([leads, leads]);
}

async function counted(select: string, id: string): Promise<Json> {
  const rows = await asOwner<{ what: string; count: number }>(
    `select what, count(*)::int as count from (${select} where workspace_id = $1) one group by what`,
    [id],
  );
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
}
