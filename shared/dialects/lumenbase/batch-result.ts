import { type DailyLimit, DailyLimitReached, type FieldError } from "../../refusals/errors.ts";
import type { Answer } from "./envelope.ts";
import { ApiError, type ErrorCode } from "./errors.ts";
import type { Rehearsal } from "./dry-run.ts";
import { toApiError } from "./known-errors.ts";

/** The most items of a batch. */
export const MAX_ITEMS = 100;

/** Why an item was not written. */
export interface ItemError {
  code: ErrorCode;
  message: string;
  fields?: readonly FieldError[];
  limit?: DailyLimit;
}

/** What became of one item of a batch. */
export interface ItemResult {
  index: number;
  status: "created" | "updated" | "unchanged" | "deleted" | "failed" | "skipped";
  id?: string;
  client_ref?: string;
  /** In a dry run, the fields that would change. */
  changes?: Rehearsal["changes"];
  error?: ItemError;
}

/** What became of a batch, in the order of its items. */
export interface BatchResult {
  results: readonly ItemResult[];
  summary: Record<"total" | ItemResult["status"], number>;
}

/** Counts what became of the items. */
export function batchResult(results: readonly ItemResult[]): BatchResult {
  const count = (status: ItemResult["status"]) =>
    results.filter((result) => result.status === status).length;
  return {
    results,
    summary: {
      total: results.length,
      created: count("created"),
      updated: count("updated"),
      unchanged: count("unchanged"),
      deleted: count("deleted"),
      failed: count("failed"),
      skipped: count("skipped"),
    },
  };
}

/** Whether every item, or none, was written. */
export function extent({ summary }: BatchResult): "all" | "some" | "none" {
  const missed = summary.failed + summary.skipped;
  if (missed === 0) return "all";
  return missed === summary.total ? "none" : "some";
}

/** The status of a batch that wrote something (spec: Batch Ingest Contacts). */
export function batchStatus(batch: BatchResult, dryRun: boolean): Answer["status"] {
  if (dryRun) return 200;
  return extent(batch) === "all" ? 201 : 207;
}

/** Why an item failed. Rethrows what is not the item's fault. */
export function itemError(error: unknown): ItemError {
  const { code, message, status, details } = toApiError(error);
  if (status >= 500) throw error;
  const { fields, limit } = details ?? {};
  return {
    code,
    message,
    ...(fields ? { fields } : {}),
    ...(limit ? { limit: limit as DailyLimit } : {}),
  };
}

/** The answer to a batch that wrote nothing: 400, or 429 when a daily limit was the only reason. */
export function nothingWritten({ results, summary }: BatchResult, message: string): ApiError {
  const errors = results.flatMap(({ error }) => error ?? []);
  const limit = errors.every((error) => error.limit !== undefined) ? errors[0]?.limit : undefined;
  if (limit === undefined) {
    return new ApiError("VALIDATION_ERROR", message, { results, summary });
  }
  const reached = toApiError(new DailyLimitReached(limit));
  return new ApiError(reached.code, reached.message, { limit, results, summary }, reached.headers);
}
