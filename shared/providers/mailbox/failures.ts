import { ProviderFailed } from "../outgoing/provider-failed.ts";

/** The code of an account whose password is refused (RFC 5530). */
export const LOGIN_REFUSED = "AUTHENTICATIONFAILED";

/** That a service did not let a mailbox be read. */
export function failed(
  name: string,
  { status = null, code = null }: { status?: number | null; code?: string | null },
  words = "it refused what it was asked",
): ProviderFailed {
  const failing = { status, code, mayHaveHappened: false };
  return new ProviderFailed(`${name} failed: ${words}.`, failing);
}

/** That a service answered something else than its reference says. */
export function unreadable(name: string): ProviderFailed {
  return failed(name, {}, "its answer cannot be read");
}
