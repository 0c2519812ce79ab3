import type { Outcome, RefusedRecipient } from "../providers/mail/mail.ts";
import type { Ending, StoredMessage } from "./stored-message.ts";

/** Seconds before the second attempt and those after it. */
const RETRY_AFTER = [60, 300, 1_800, 7_200];

/** How often a message is tried. */
export const MOST_ATTEMPTS: number = RETRY_AFTER.length + 1;

/**
 * What an attempt means for its message. One that is in doubt is tried again only where its provider
 * can be asked for it first.
 */
export function endingOf(
  outcome: Outcome,
  { attempts }: Pick<StoredMessage, "attempts">,
  isAskable: boolean,
): Ending {
  if (outcome.state === "sent") {
    const { refused } = outcome;
    return { state: "sent", error: refused.length === 0 ? null : named(refused), refused };
  }
  const { state, error } = outcome;
  if (state === "refused") return { state: "failed", error, inDoubt: false };
  const inDoubt = state === "in_doubt";
  if (inDoubt && !isAskable) return unconfirmed(error);
  // What is in doubt after the last attempt is asked for once more.
  if (attempts >= MOST_ATTEMPTS + (inDoubt ? 1 : 0)) {
    return inDoubt ? unconfirmed(error) : { state: "failed", error, inDoubt };
  }
  const wait = RETRY_AFTER[attempts - 1] ?? RETRY_AFTER[0] ?? 0;
  return { state: "queued", error, inDoubt, retryIn: Math.max(wait, outcome.retryAfter ?? 0) };
}

/** A failed message that may have been sent: nobody can tell. */
export function unconfirmed(error: string): Ending {
  return { state: "failed", error: `unconfirmed: ${error}`, inDoubt: true };
}

function named(refused: readonly RefusedRecipient[]): string {
  const each = refused.map(({ address, error }) => `${address} (${error})`);
  return `Not sent to ${each.join(", ")}`.slice(0, 5_000);
}
