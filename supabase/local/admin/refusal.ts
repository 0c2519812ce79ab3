import { Failure } from "../failure.ts";

/** What kind of refusal it is: the `code` of an error printed as JSON, for scripts. */
export type RefusalCode = "invalid_argument" | "not_found" | "conflict" | "database" | "api";

/** A failure with a code that scripts can rely on, and what the API said when it is the API's. */
export class Refusal extends Failure {
  constructor(readonly code: RefusalCode, message: string, readonly details?: unknown) {
    super(message);
  }
}

/** A text of the user's as an error message shows it: short, and nothing a terminal would obey. */
export function quoted(text: string): string {
  const shown = printable(text);
  return `"${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}"`;
}

/** The text without control characters, which could change what a terminal shows. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Bidi_Control}/gu, "\u{FFFD}");
}

// The short prefixes begin a word, since they also end some, such as `break_`.
const PREFIX = String.raw`lb_(?:live|hook)_|(?<![0-9A-Za-z])(?:lh|ak|lio)_`;
const SECRETS = new RegExp(
  `((?:${PREFIX})[0-9A-Za-z]{12}_)[0-9A-Za-z_]+|(${PREFIX})[0-9A-Za-z_]{14,}`,
  "g",
);

/** The text with every key and connector token in it cut down to its public part, also a mistyped one. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRETS, "$1$2…");
}
