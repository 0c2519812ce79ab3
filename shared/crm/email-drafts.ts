import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { CREDIT_FEATURES } from "./credit-features.ts";
import { resource, type WritableResource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

/** What a draft costs, in credits. */
export const DRAFT_PRICE: number = CREDIT_FEATURES.ai_email.credits;
/** How long the credits of drafts that are to be written are set aside at most, in seconds. */
const SET_ASIDE = 7 * 86_400;

const STATUSES = ["draft", "approved", "sending", "sent", "failed"] as const;
const blocks = (message: string, code: string) => ({
  field: "draft_id",
  message,
  blocks: true as const,
  code,
});

/** Drafts of emails to leads. */
export const emailDrafts: WritableResource = resource({
  record: "draft",
  name: "email_drafts",
  table: "crm.email_drafts_with_status",
  columns: {
    id: column.id,
    lead_id: column.readOnly(answer.id),
    subject: column.readOnly(z.string()),
    body: column.readOnly(z.string()),
    persona: column.readOnly(z.string()),
    status: column.readOnly(z.enum(STATUSES)),
    created_by: column.readOnly(answer.link),
    approved_by: column.readOnly(answer.link),
    approved_at: column.readOnly(answer.timestamp.nullable()),
    sent_at: column.readOnly(answer.timestamp.nullable()),
    message_id: column.readOnly(answer.text),
    created_at: column.time,
  },
  sorts: {
    number: { column: "number", type: "bigint", unique: true },
    created_at: { column: "created_at", type: "timestamptz" },
  },
  constraints: {
    draft_sent: blocks("The draft was sent, or is being sent.", "already_sent"),
    draft_unapproved: blocks("Approve the draft first.", "not_approved"),
    lead_without_email: blocks("The lead has no email.", "no_email"),
  },
});

/** The query that approves the draft with a number (SQL: app.approve_draft), and answers its `id`. */
export function draftApproval(
  number: number,
  given: { subject?: string | undefined; body?: string | undefined },
): Sql {
  return sql`select id from app.approve_draft(
    ${number}, ${given.subject ?? null}, ${given.body ?? null}) id`;
}

/** A draft as AI wrote it. */
export interface WrittenDraft {
  subject: string;
  body: string;
}

/** The query that keeps the draft of a lead and charges for it (SQL: app.add_draft), and answers its `id`. */
export function draftCreation(
  { lead, persona, hold }: { lead: string | Sql; persona: string; hold: string },
  { subject: its, body: text }: WrittenDraft,
): Sql {
  return sql`select id from app.add_draft(
    ${lead}::uuid, ${persona}, ${its}, ${text}, ${hold}::uuid, ${DRAFT_PRICE}) id
    where id is not null`;
}

/** The query that begins drafting for leads by their numbers (SQL: app.begin_drafts). */
export function draftsBegun(leads: readonly number[], persona: string): Sql {
  return sql`select number, queued from app.begin_drafts(
    ${leads}::bigint[], ${persona}, ${DRAFT_PRICE}, ${SET_ASIDE})`;
}

/** The query of what an email to a lead is written by: its `context`, as text; no row when it is gone. */
export function draftContext(lead: string | Sql): Sql {
  return sql`select context::text as context from app.draft_context(${lead}::uuid) context
    where context is not null`;
}

/** An approved draft, and whom it is to. */
export interface SendableDraft {
  id: string;
  lead_id: string;
  email: string;
  subject: string;
  body: string;
}

/** The query of the draft with a number that is to be sent (SQL: app.draft_to_send): a {@link SendableDraft}. */
export function draftToSend(number: number): Sql {
  return sql`select id, lead_id, email, subject, body from app.draft_to_send(${number})`;
}

/** The query that notes which message a draft is sent as. */
export function draftSent(id: string, message: string): Sql {
  return sql`update crm.email_drafts set sent_as = ${message}::uuid where id = ${id}::uuid`;
}
