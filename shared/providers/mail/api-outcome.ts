import { type Answer, NoAnswer } from "../outgoing/ask.ts";
import type { Failed } from "./mail.ts";
import { told } from "../outgoing/told.ts";

/** How one provider says why it does not do what it was asked. */
export interface Provider {
  name: string;
  /** Whether it can be asked for a message, so that one it failed at (5xx) is in doubt. */
  isAskable?: boolean;
  /** The reason in an answer's body, or nothing. */
  reason(body: unknown): string | undefined;
  /** Its own code for it, if it has one. */
  code?(body: unknown): string | undefined;
  /** Whether a refusal asks to come again, beside 408, 425 and 429. */
  passing?(body: unknown): boolean;
  /** Whether a refusal is the account's fault, beside 401, 403 and 404. */
  atFault?(body: unknown): boolean;
}

const PASSING = new Set([408, 425, 429]);
const ACCOUNT = new Set([401, 403, 404]);

/** What an answer other than success means for the message: most of 4xx refuse it for good. */
export function refusalOf(
  provider: Provider,
  { status, body, retryAfter }: Answer,
  secrets: readonly string[],
): Failed {
  const reason = provider.reason(body);
  const words = reason === undefined ? `status ${status}` : `${status}: ${reason}`;
  const error = `${provider.name} refused: ${told(words, secrets)}`;
  const code = provider.code?.(body) ?? null;
  if (status >= 500 && provider.isAskable) return { state: "in_doubt", error, retryAfter, code };
  const isRefusal = status >= 400 && status < 500 && !PASSING.has(status);
  if (!isRefusal || provider.passing?.(body)) {
    return { state: "later", error, account: false, retryAfter, code };
  }
  const account = ACCOUNT.has(status) || provider.atFault?.(body) === true;
  return { state: "refused", error, account, code };
}

/** What it means that no answer came. Throws on whatever else. */
export function silence({ name }: Provider, error: unknown): Failed {
  if (!(error instanceof NoAnswer)) throw error;
  const words = `${name}: ${error.message}`;
  if (error.mayHaveArrived) return { state: "in_doubt", error: words, retryAfter: null };
  return { state: "later", error: words, account: false, retryAfter: null };
}
