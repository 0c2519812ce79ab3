import { stringify } from "lossless-json";
import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { SIGNAL_PHRASES, signalPoints } from "./signal-types.ts";

/** A message in a user's mailbox that may be a lead's reply. */
export interface SeenMail {
  /** What it is known by, in whichever mailbox it is seen. */
  key: string;
  /** Its sender's address, as leads have it. */
  from: string;
  /** The Message-IDs before it in its thread. */
  answers: readonly string[];
  /** Its thread, as the mail account calls it. */
  thread: string | null;
  subject: string | null;
  at: Date | null;
}

/** Notes the replies among what is seen in a user's mail account, each once (SQL: app.note_replies). */
export function noteReplies(
  userId: string,
  accountId: string,
  seen: readonly SeenMail[],
): Statement {
  const type = "reply_received";
  const given = stringify(seen.map(({ at, ...one }) => ({ ...one, at: at?.toISOString() })));
  return statement(sql`select app.note_replies(${userId}, ${accountId}, ${given}::jsonb,
    ${signalPoints(type)}::numeric, ${SIGNAL_PHRASES[type]})`);
}

/** Selects the leads that have addresses, the oldest of each: `email`, `number`. */
export function selectLeadsOf(addresses: readonly string[]): Statement {
  return statement(sql`
    select distinct on (email_key) email_key as email, number from crm.leads
    where email_key = any (${addresses}::text[]) order by email_key, number`);
}
