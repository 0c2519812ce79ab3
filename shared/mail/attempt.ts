import type { Outcome, Sending, SentAs, Sighting } from "../providers/mail/mail.ts";
import type { Mailer } from "../providers/mail/send.ts";
import { endingOf, mostAttempts, unconfirmed } from "./ending.ts";
import type { Opened } from "./open-mailer.ts";
import { type Ending, mailOf, type StoredMessage } from "./stored-message.ts";

/** Less than a run of a job may take, so that what became of it can still be written. */
const ATTEMPT_MS = 40_000;

const NO_TRACE = "the run that sent it ended before there was an answer";

/** What came of an attempt, for the message and for what it went through. */
export interface Attempted {
  ending: Ending;
  /** The new failure of what it went through; null when that works, undefined when nothing is known of it. */
  trouble: string | null | undefined;
  /** What the provider calls the message that it sent, or the failure, where it says so. */
  as?: SentAs | undefined;
  code?: string | null | undefined;
  /** Refresh tokens that replace the integration's. */
  rotated: readonly string[];
}

/** Sends a message, or finds out whether it was sent. */
export async function attempt(
  message: StoredMessage,
  { mailer, rotated, part }: Opened,
  { signal: running, handOver }: Sending,
): Promise<Attempted> {
  if ("state" in mailer) return { ...judged(mailer, message, false), rotated };
  const signal = AbortSignal.any([running, AbortSignal.timeout(ATTEMPT_MS)]);
  if (message.in_doubt) {
    const known = await lookedFor(mailer, message, signal);
    if (known !== null) return { ...known, rotated };
  }
  const outcome = await mailer.send(await mailOf(message, part), { signal, handOver });
  return { ...judged(outcome, message, mailer.find !== null), rotated };
}

type Judged = Omit<Attempted, "rotated">;

/** What is known of a message in doubt without sending it again; null when it was not sent. */
async function lookedFor(
  { find }: Mailer,
  message: StoredMessage,
  signal: AbortSignal,
): Promise<Judged | null> {
  const doubt = message.error ?? NO_TRACE;
  if (find === null) return { ending: unconfirmed(doubt), trouble: undefined };
  const sighting: Sighting = await find(message.message_id, signal);
  if (sighting.state === "found") {
    return judged({ ...sighting, state: "sent", refused: [] }, message, true);
  }
  const isLast = message.attempts > mostAttempts(message);
  if (sighting.state === "absent") {
    if (!isLast) return null;
    return { ending: { state: "failed", error: doubt, inDoubt: false }, trouble: undefined };
  }
  const trouble = sighting.account ? sighting.error : undefined;
  const error = `${doubt}; whether it was sent could not be asked (${sighting.error})`;
  if (sighting.state === "refused") return { ending: unconfirmed(error), trouble };
  const { retryAfter } = sighting;
  return { ending: endingOf({ state: "in_doubt", error, retryAfter }, message, true), trouble };
}

function judged(outcome: Outcome, message: StoredMessage, isAskable: boolean): Judged {
  const ending = message.in_doubt && outcome.state !== "sent" && !isAskable
    ? unconfirmed(message.error ?? NO_TRACE)
    : endingOf(outcome, message, isAskable);
  if (outcome.state === "sent") return { ending, trouble: null, as: outcome.as };
  const isAccount = outcome.state !== "in_doubt" && outcome.account;
  return { ending, trouble: isAccount ? outcome.error : undefined, code: outcome.code };
}
