import { randomUUID } from "node:crypto";
import type { Json } from "./api-client.ts";
import type { Reader } from "./lio-inbox.ts";
import { asOwner } from "./workspace.ts";

/** Keeps a message as one that was sent from here, and answers its Message-ID. */
export async function sentMessage(
  { workspace, account }: Pick<Reader, "workspace" | "account">,
  { leadNumber = null, threadId = null, answers = null }: {
    leadNumber?: number | null;
    threadId?: string | null;
    answers?: string | null;
  } = {},
): Promise<string> {
  const messageId = `<${randomUUID()}@example.com>`;
  await asOwner(
    `with message as (
       insert into crm.messages
         (workspace_id, channel, lead_id, to_emails, subject, text_body, message_id, state, sent_at)
       values ($1, 'account', (select id from crm.leads where workspace_id = $1 and number = $2),
         '{jane@acme.com}', 'Offer', 'Hello', $3, 'sent', now()) returning *
     )
     insert into crm.account_messages (workspace_id, message_id, account_id, job_id, thread_id, answers)
     select workspace_id, id, $4, gen_random_uuid(), $5, $6 from message`,
    [workspace.id, leadNumber, messageId, account.id, threadId, answers],
  );
  return messageId;
}

/** What a user is told of, of one type. */
export async function toldOf({ api }: Pick<Reader, "api">, typeId: number): Promise<Json[]> {
  const { body } = await api.get(`notification/list?type_id=${typeId}&limit=100`);
  return body.data;
}

/** The signals of a lead, as their types and details are stored. */
export function signalsOf({ workspace }: Pick<Reader, "workspace">): Promise<
  { signal_type: string; points: string; source: string; signal_detail: Json; number: string }[]
> {
  return asOwner(
    `select s.signal_type, s.points, s.source, s.signal_detail, l.number from crm.intent_signals s
     join crm.leads l on l.id = s.lead_id where s.workspace_id = $1 order by s.number`,
    [workspace.id],
  );
}
