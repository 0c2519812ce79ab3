import { printable } from "../../../shared/formats/printable.ts";
import { Failure } from "../failure.ts";

export { withoutSecrets } from "../../../shared/auth/without-secrets.ts";
export { printable };

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
