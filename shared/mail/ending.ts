import type { Outcome, RefusedRecipient } from "../providers/mail/mail.ts";
import type { Ending, StoredMessage } from "./stored-message.ts";

/** Seconds before the second attempt and those after it. */
const RETRY_AFTER = [60, 300, 1_800, 7_200];

type Tried = Pick<StoredMessage, "attempts" | "retry_after">;

/** How often a message is tried. */
export function mostAttempts({ retry_after }: Pick<Tried, "retry_after">): number {
  return (retry_after ?? RETRY_AFTER).length + 1;
}

/**
 * What an attempt means for its message. One that is in doubt is tried again only where its provider
 * can be asked for it first.
 */
export function endingOf(
  outcome: Outcome,
  message: Tried,
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
  const { attempts, retry_after } = message;
  if (attempts >= mostAttempts(message) + (inDoubt ? 1 : 0)) {
    return inDoubt ? unconfirmed(error) : { state: "failed", error, inDoubt };
  }
  const waits = retry_after ?? RETRY_AFTER;
  const wait = waits[attempts - 1] ?? waits[0] ?? 0;
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
