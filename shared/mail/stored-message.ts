import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Job } from "../jobs/job.ts";
import type { Mail, RefusedRecipient } from "../providers/mail/mail.ts";
import type { Invitation } from "./invitation.ts";
import type { AccountPart } from "./open-mailer.ts";

/** A message as it is stored, with what an attempt needs of it. */
export interface StoredMessage {
  id: string;
  integration_id: string | null;
  state: "queued" | "sending" | "sent" | "failed";
  error: string | null;
  /** This attempt among them. */
  attempts: number;
  /** Whether a former attempt may have sent it. */
  in_doubt: boolean;
  from_email: string | null;
  from_name: string | null;
  to_emails: string[];
  cc_emails: string[];
  bcc_emails: string[];
  reply_to: string | null;
  in_reply_to: string | null;
  unsubscribe_url: string | null;
  subject: string;
  html_body: string | null;
  text_body: string | null;
  /** What the bodies are made of, in place of them. */
  invitation: Invitation | null;
  message_id: string;
  /** Seconds before the second attempt and those after it; null: the usual ones. */
  retry_after: number[] | null;
}

/** What became of an attempt. */
export type Ending =
  | { state: "sent"; error: string | null; refused: readonly RefusedRecipient[] }
  /** `inDoubt`: it may have been sent all the same. */
  | { state: "failed"; error: string; inDoubt: boolean }
  | { state: "queued"; error: string; inDoubt: boolean; retryIn: number };

/** A job that somebody has. */
export type Held = Pick<Job, "id" | "lease">;

/** Begins an attempt of the run that has the job (SQL: app.begin_message). */
export function beginMessage(id: string, job: Held): Statement {
  return statement(
    sql`select * from app.begin_message(${id}, ${job.id}, ${job.lease})`,
  );
}

/** Notes that the run that has the job hands a message over now (SQL: app.hand_over_message). */
export function handOverMessage(id: string, job: Held): Statement {
  return statement(sql`select app.hand_over_message(${id}, ${job.id}, ${job.lease})`);
}

/** Writes what became of an attempt (SQL: app.end_message). */
export function endMessage(id: string, ending: Ending): Statement {
  const { state, error } = ending;
  const refused = JSON.stringify(ending.state === "sent" ? ending.refused : []);
  const inDoubt = ending.state !== "sent" && ending.inDoubt;
  const retryIn = ending.state === "queued" ? ending.retryIn : null;
  return statement(sql`select app.end_message(
    ${id}, ${state}, ${error}, ${inDoubt}, ${refused}::jsonb, ${retryIn})`);
}

/** A stored message as it goes out now. */
export async function mailOf(message: StoredMessage, part: AccountPart | null): Promise<Mail> {
  return {
    messageId: message.message_id,
    date: new Date(),
    from: { address: message.from_email ?? "", name: message.from_name },
    to: message.to_emails,
    cc: message.cc_emails,
    bcc: message.bcc_emails,
    replyTo: message.reply_to,
    inReplyTo: message.in_reply_to,
    subject: message.subject,
    html: message.html_body,
    text: message.text_body,
    unsubscribeUrl: message.unsubscribe_url,
    isAgain: message.attempts > 1,
    ...threadOf(part),
    ...await invitationIn(message),
  };
}

function threadOf(part: AccountPart | null): Pick<Mail, "references" | "thread"> {
  if (part === null || part.answers === null) return {};
  const { answers, thread_id, reference_ids: references } = part;
  return { references, thread: { id: thread_id, answers } };
}

async function invitationIn({ invitation }: StoredMessage) {
  if (invitation === null) return {};
  const { calendarOf, textOf } = await import("./invitation.ts");
  const { method } = invitation;
  return { text: textOf(invitation), calendar: { method, content: calendarOf(invitation) } };
}
