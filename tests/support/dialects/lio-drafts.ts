import type { ApiResponse } from "../api-client.ts";
import type { ContractOperation } from "../contract-document.ts";
import { leaveCredits } from "../lio-drafts.ts";
import { pathOf } from "../operation-requests.ts";
import { asOwner, testWorkspace } from "../workspace.ts";
import type { DialectWorld } from "./dialect.ts";
import { goodBody } from "./made-world.ts";

/** Makes a draft that is approved, of a lead of its own with an email; answers its number. */
export async function addDraft(workspaceId: string): Promise<string> {
  const [made] = await asOwner<{ number: string }>(
    `with lead as (
       insert into crm.leads (workspace_id, pipeline_id, first_name, email)
       select workspace_id, id, 'Jane', gen_random_uuid() || '@example.com' from crm.pipelines
       where workspace_id = $1 and is_default returning id
     )
     insert into crm.email_drafts (workspace_id, lead_id, persona, subject, body, approved_at)
     select $1, id, 'professional', 'For you', '<p>Dear Jane</p>', now() from lead returning number`,
    [workspaceId],
  );
  return String(made?.number);
}

/** Has a draft be sent already. */
async function markSent(workspaceId: string, number: string): Promise<void> {
  await asOwner(
    `with message as (
       insert into crm.messages (workspace_id, channel, to_emails, subject, text_body, message_id, state, sent_at)
       values ($1, 'smtp', '{jane@example.com}', 'For you', 'Dear Jane', gen_random_uuid() || '@example.com',
         'sent', now()) returning id
     )
     update crm.email_drafts d set sent_as = message.id from message
     where d.workspace_id = $1 and d.number = $2`,
    [workspaceId, number],
  );
}

/** Whether requests of {@link fromDrafts} make an operation answer in ways of its own. */
export function provokedByDrafts({ id }: ContractOperation): boolean {
  return ["approveDraft", "generateDrafts", "sendDraft", "mailTargetAccount"].includes(id);
}

/** Whether an operation sends by the mail account of examples. */
export function sendsMail({ id }: ContractOperation): boolean {
  return id === "sendDraft" || id === "mailTargetAccount";
}

/** Makes a workspace without credits draft for a lead. */
async function draftsWithoutCredits(path: string): Promise<ApiResponse> {
  const workspace = await testWorkspace();
  await leaveCredits(workspace.id, 0);
  const api = await workspace.apiWith({ api: "lio" });
  const { body } = await api.post("lio/api/lead/add", { first_name: "Jane", last_name: "Roe" });
  return await api.post(path, { lead_ids: [body.data.id] });
}

/** Requests that make operations on drafts answer in ways of their own. */
export async function fromDrafts(
  operation: ContractOperation,
  world: DialectWorld,
): Promise<ApiResponse[]> {
  const { api, workspace } = world;
  const { id, method, path } = operation;
  if (id === "generateDrafts") return [await draftsWithoutCredits(path)];
  const target = await world.fresh(operation);
  const body = id === "approveDraft" ? {} : { body: goodBody(operation) };
  // Whoever has no mail account yet is told to add one.
  if (id === "mailTargetAccount") {
    const other = await workspace.apiWith({ api: "lio" });
    const mail = { subject: "Hi", body: "Hi" };
    return [await other.send(method, pathOf(operation, target), { body: mail })];
  }
  await markSent(workspace.id, String(target.draft_id));
  return [await api.send(method, pathOf(operation, target), body)];
}
