/** Something the user can put right: its message is shown alone, without a stack trace. */
export class Failure extends Error {
  override name = "Failure";
}

/** The code of a system error such as EACCES, or "" for anything else. */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

/** What to print for any error: one sentence for a Failure, everything for a bug. */
export function describeError(error: unknown): string {
  if (error instanceof Failure) return error.message;
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
