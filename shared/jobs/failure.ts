import { isPostgresError } from "../db/errors.ts";
import { Refusal } from "../refusals/refusal.ts";
import { GiveUp, RetryLater } from "./work.ts";

/**
 * Why a run failed, to be kept with the job. The message of an error that was not written to be kept
 * may hold what nobody should read: the address of a request with its token, the values of a row.
 */
export function describeFailure(error: unknown): string {
  if (error instanceof GiveUp || error instanceof RetryLater || error instanceof Refusal) {
    return error.message;
  }
  if (isPostgresError(error)) {
    const constraint = error.constraint === undefined ? "" : `, ${error.constraint}`;
    return `PostgreSQL error ${error.code}${constraint}`;
  }
  if (!(error instanceof Error)) return "Unexpected error";
  const place = (error.stack ?? "").split("\n").find((line) => /^\s+at /.test(line))?.trim();
  return place === undefined ? error.name : `${error.name} ${place}`;
}
