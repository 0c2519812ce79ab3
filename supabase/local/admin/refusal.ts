import { Failure } from "../failure.ts";

/** What kind of refusal it is, for scripts: the `code` of an error printed as JSON. */
export type RefusalCode = "invalid_argument" | "not_found" | "conflict" | "database";

/** A failure with a code that scripts can rely on. */
export class Refusal extends Failure {
  constructor(readonly code: RefusalCode, message: string) {
    super(message);
  }
}

/** A text of the user's, as an error message shows it: short, and without control characters. */
export function quoted(text: string): string {
  const shown = printable(text);
  return `"${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}"`;
}

/** The text without control characters, which could change what a terminal shows. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Bidi_Control}/gu, "�");
}
