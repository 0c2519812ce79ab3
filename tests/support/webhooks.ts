import { expect } from "vitest";
import { Workspace } from "../../shared/db/workspace.ts";
import type { LeadEvent } from "../../shared/events/lead-event.ts";
import { webhookListener } from "../../shared/webhooks/listen.ts";
import type { Json } from "./api-client.ts";
import { apiDatabase } from "./as-role.ts";
import type { LeadHubClient } from "./leadhub.ts";
import { asOwner } from "./workspace.ts";

/** The workspace as a job acts in it. */
export function asJob(workspaceId: string): Workspace {
  const actor = { kind: "job", id: "00000000-0000-7000-8000-000000000000" } as const;
  return new Workspace(apiDatabase(), { workspaceId, actor, scopes: [], requestId: "test" });
}

/** Tells the webhooks of a workspace of events, as one transaction. */
export async function tell(workspaceId: string, ...events: LeadEvent[]): Promise<void> {
  await asJob(workspaceId).write(await webhookListener(events));
}

let sequence = 0;

/** Something that happened to a lead. */
export function leadEvent(changes: Partial<LeadEvent> = {}): LeadEvent {
  sequence++;
  return {
    type: "lead.created",
    sequence,
    at: "2026-03-28T09:15:00.123456Z",
    leadId: "01890a5d-ac96-774b-bcce-b302099a8057",
    data: { lead: { id: 1842, first_name: "Zoë ☃", lead_score: sequence } },
    chain: [],
    ...changes,
  };
}

/** Makes a webhook; its record tells the secret. */
export function webhook(api: LeadHubClient, url: string, settings: Json = {}): Promise<Json> {
  const events = ["lead.created"];
  return api.made("integrations", { type: "webhook", settings: { url, events, ...settings } });
}

/** The deliveries of an integration, the newest first, once they are as asked. */
export async function deliveries(
  api: LeadHubClient,
  { id }: Json,
  isAsAsked: (deliveries: Json[]) => boolean,
): Promise<Json[]> {
  let found: Json[] = [];
  await expect.poll(async () => {
    found = await api.listed(`integrations/${id}/deliveries?per_page=100`);
    return isAsAsked(found);
  }, { interval: 200 }).toBe(true);
  return found;
}

/** Whether all of them, at least one, have a status. */
export function all(status: string): (deliveries: Json[]) => boolean {
  return (found) => found.length > 0 && found.every((one) => one.status === status);
}

/** Has what is to be tried later tried now; if `tries` is told, only what was tried so often. */
export async function hurry(workspaceId: string, tries: number | null = null): Promise<void> {
  await asOwner(
    `update crm.jobs j set run_at = now() where j.workspace_id = $1 and j.kind = 'webhooks.deliver'
      and ($2::int is null or exists (
        select from crm.webhook_deliveries d where d.job_id = j.id and d.tries = $2))`,
    [workspaceId, tries],
  );
}
