import { type DailyLimit, DailyLimitReached, type FieldError } from "../../refusals/errors.ts";
import { refusalOf } from "../../refusals/known.ts";
import { Refusal } from "../../refusals/refusal.ts";
import type { Rehearsal } from "./dry-run.ts";
import { CODES, ERROR_STATUS, type ErrorCode } from "./errors.ts";

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
export function batchStatus(batch: BatchResult, dryRun: boolean): 200 | 201 | 207 {
  if (dryRun) return 200;
  return extent(batch) === "all" ? 201 : 207;
}

/** Why an item failed. Rethrows what is not the item's fault, unless `any` is asked for. */
export function itemError(error: unknown, any = false): ItemError {
  const { kind, message, facts, fields } = refusalOf(error);
  const code = CODES[kind];
  if (ERROR_STATUS[code] >= 500 && !any) throw error;
  const { limit } = facts;
  return {
    code,
    message,
    ...(fields.length > 0 ? { fields: fields.map(told) } : {}),
    ...(limit ? { limit: limit as DailyLimit } : {}),
  };
}

function told({ field, message }: FieldError): FieldError {
  return { field, message };
}

/** The refusal of a batch that wrote nothing: limited when a daily limit was the only reason. */
export function nothingWritten({ results, summary }: BatchResult, message: string): Refusal {
  const errors = results.flatMap(({ error }) => error ?? []);
  const limit = errors.every((error) => error.limit !== undefined) ? errors[0]?.limit : undefined;
  if (limit === undefined) return new Refusal("invalid", message, { results, summary });
  const reached = new DailyLimitReached(limit);
  return new Refusal(reached.kind, reached.message, { limit, results, summary });
}
