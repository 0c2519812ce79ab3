import { isPostgresError, LEASE_LOST } from "../db/errors.ts";
import { sql, statement } from "../db/sql.ts";
import type { Transaction } from "../db/transaction.ts";
import { rowOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import { finish } from "../jobs/queue.ts";
import { ProviderFailed } from "../providers/outgoing/provider-failed.ts";
import { Refusal } from "../refusals/refusal.ts";
import { attempt, type Attempted } from "./attempt.ts";
import { unconfirmed } from "./ending.ts";
import { type MailContext, openMailer } from "./open-mailer.ts";
import { beginMessage, handOverMessage, type Held, type StoredMessage } from "./stored-message.ts";
import { writeEnding } from "./write-ending.ts";

/** An attempt takes 40 s at most, what is written before and after it less than the rest. */
const LEASE_SECONDS = 75;
const RETRY_SECONDS = 30;

/** A message that was sent. */
export interface SentMail {
  id: number;
  message_id: string;
  thread_id: string | null;
  status: "sent";
  tracked: boolean;
  /** The number of its lead, if the caller sees that. */
  lead_id: number | null;
}

/**
 * Sends a stored message (storeAccountMessage) at once, by the lease of the job that sends it else: a request that
 * ends in the middle leaves that job, which finds out what became of the message. It is not tried again here; one
 * that was sent already is answered as such. Throws ProviderFailed when it was not sent, or may have been.
 */
export async function sendNow(context: MailContext, id: string): Promise<SentMail> {
  const job = await taken(context.workspace, id);
  const code = job === null ? null : await tried(context, id, job);
  const { state, error, in_doubt, ...sent } = await outcomeOf(context.workspace, id);
  if (state === "sent") return { ...sent, status: "sent" };
  if (state === "failed") {
    const failing = { status: null, code, mayHaveHappened: in_doubt };
    throw new ProviderFailed(`The message was not sent. ${error}`, failing);
  }
  throw new Refusal("unavailable", "The message is still being sent.", {
    retry_after: RETRY_SECONDS,
  });
}

async function taken(workspace: Workspace, id: string): Promise<Held | null> {
  const [[row] = []] = await workspace.write([
    statement(sql`select job, lease from app.take_message(${id}, ${LEASE_SECONDS})`),
  ]);
  return row?.job ? { id: String(row.job), lease: String(row.lease) } : null;
}

/** Makes one attempt, and writes what came of it; answers the provider's code for a failure. */
async function tried(context: MailContext, id: string, job: Held): Promise<string | null> {
  const { workspace } = context;
  const opened = await openMailer(id, context);
  const [[begun] = []] = await workspace.write([beginMessage(id, job)]);
  const message = begun as StoredMessage | undefined;
  if (message?.state !== "sending") {
    await workspace.write([finish(job)]);
    return null;
  }
  const sending = {
    signal: new AbortController().signal,
    handOver: async () => void await workspace.write([handOverMessage(id, job)]),
  };
  try {
    const attempted = await attempt(onlyOnce(message), opened, sending);
    const ended = attempted.ending.state === "queued"
      ? await askedFor(attempted, () => attempt(asked(message), opened, sending))
      : attempted;
    await workspace.write([...writeEnding(message, ended, opened), finish(job)]);
    return ended.code ?? null;
  } catch (error) {
    // Whoever has the job now finds out.
    if (isPostgresError(error) && error.code === LEASE_LOST) return null;
    throw error;
  }
}

function onlyOnce(message: StoredMessage): StoredMessage {
  return { ...message, retry_after: [] };
}

/** The message as it is looked for, without being sent. */
function asked(message: StoredMessage): StoredMessage {
  return { ...onlyOnce(message), in_doubt: true, attempts: message.attempts + 1 };
}

// It is not sent again, as whoever asked for it is told: what is not found yet may come to be.
async function askedFor(
  first: Attempted,
  again: () => Promise<Attempted>,
): Promise<Attempted> {
  const found = await again();
  if (found.ending.state === "sent") return found;
  return { ...first, ending: unconfirmed(first.ending.error ?? "") };
}

/** Keeps the idempotency key of a message whose outcome is not known yet, by throwing. */
export async function releaseMail(
  transaction: Transaction,
  id: string,
  error: unknown,
): Promise<void> {
  const [[row] = []] = await transaction.run([
    statement(sql`select state from crm.messages where id = ${id}`),
  ]);
  if (row !== undefined && row.state !== "failed") throw error;
}

interface OutcomeRow extends Omit<SentMail, "status"> {
  state: StoredMessage["state"];
  error: string | null;
  in_doubt: boolean;
}

async function outcomeOf(workspace: Workspace, id: string): Promise<OutcomeRow> {
  const [rows] = await workspace.read([statement(sql`
    select a.number as id, m.message_id, a.thread_id, a.is_tracked as tracked, m.state, m.error, m.in_doubt,
      (select l.number from crm.leads l where l.id = m.lead_id) as lead_id
    from crm.account_messages a join crm.messages m on m.id = a.message_id
    where a.message_id = ${id}`)]);
  const row = rowOf<OutcomeRow>(rows);
  return { ...row, id: Number(row.id), lead_id: row.lead_id === null ? null : Number(row.lead_id) };
}
