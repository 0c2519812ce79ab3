import { z } from "zod";
import {
  ingestContacts,
  type Ingested,
  ingestedContacts,
  type IngestInput,
  ingestSchema,
} from "../crm/contact-ingest.ts";
import { type DailyLimit, DailyLimitReached, type FieldError } from "../crm/errors.ts";
import { both, fieldErrors, validated } from "../crm/validation.ts";
import { BATCH_LIMIT } from "./body.ts";
import { ApiError, type ErrorCode } from "./errors.ts";
import { toApiError } from "./known-errors.ts";
import type { Operation } from "./operation.ts";
import { parseQuery } from "./query.ts";

const MAX_ITEMS = 100;
const noParameters = z.strictObject({});

const batchSchema = z.strictObject({
  contacts: z.array(z.unknown()).min(1, "Must have at least one contact")
    .max(MAX_ITEMS, `Must have at most ${MAX_ITEMS} contacts`),
  options: z.strictObject({ stop_on_error: z.boolean().default(false) })
    .default({ stop_on_error: false }),
});

interface ItemError {
  code: ErrorCode;
  message: string;
  fields?: readonly FieldError[];
  limit?: DailyLimit;
}

interface ItemResult {
  index: number;
  status: "created" | "updated" | "failed" | "skipped";
  id?: string;
  error?: ItemError;
}

/** POST: ingests up to 100 contacts in order; 201, 207 when some failed, 400 when all did. */
export const ingestContactBatch: Operation = {
  kind: "write",
  bodyLimit: BATCH_LIMIT,
  async run(call) {
    const [, { contacts, options }] = both(
      () => parseQuery(noParameters, call.query),
      () => validated(batchSchema, call.object()),
    );
    const items = contacts.map(checkItem);
    const firstBad = items.findIndex((item) => "error" in item);
    const tried = options.stop_on_error && firstBad >= 0 ? items.slice(0, firstBad) : items;
    const inputs = tried.flatMap((item) => "input" in item ? [item.input] : []);
    if (inputs.length === 0) throw nothingIngested(finish(items, [], options.stop_on_error));
    return await call.write([ingestContacts(inputs)], ([rows = []]) => {
      const results = finish(items, ingestedContacts(rows), options.stop_on_error);
      const { summary } = results;
      if (summary.created + summary.updated === 0) throw nothingIngested(results);
      return call.answer(summary.failed + summary.skipped === 0 ? 201 : 207, results);
    });
  },
};

type Checked = { input: IngestInput } | { error: ItemError };

function checkItem(item: unknown): Checked {
  const result = ingestSchema.safeParse(item);
  if (result.success) return { input: result.data };
  const fields = fieldErrors(result.error, ingestSchema);
  return { error: { code: "VALIDATION_ERROR", message: "The contact is not valid.", fields } };
}

// Joins the items that were never tried with what became of the others, in the order of the input.
function finish(items: Checked[], done: (Ingested | DailyLimit)[], stopOnError: boolean) {
  const outcomes = done.values();
  const summary = { total: items.length, created: 0, updated: 0, failed: 0, skipped: 0 };
  const results = items.map((item, index): ItemResult => {
    const stopped = stopOnError && summary.failed > 0;
    const result = stopped
      ? { index, status: "skipped" as const }
      : itemResult(index, item, outcomes);
    summary[result.status]++;
    return result;
  });
  return { results, summary };
}

function itemResult(
  index: number,
  item: Checked,
  done: Iterator<Ingested | DailyLimit>,
): ItemResult {
  if ("error" in item) return { index, status: "failed", error: item.error };
  const outcome = done.next().value as Ingested | DailyLimit;
  if (typeof outcome !== "string") {
    return { index, status: outcome.created ? "created" : "updated", id: outcome.contact.id };
  }
  const { code, message } = toApiError(new DailyLimitReached(outcome));
  return { index, status: "failed", error: { code, message, limit: outcome } };
}

function nothingIngested(batch: ReturnType<typeof finish>): ApiError {
  const errors = batch.results.flatMap(({ error }) => error ?? []);
  const limit = errors.every((error) => error.limit !== undefined) ? errors[0]?.limit : undefined;
  if (limit === undefined) {
    return new ApiError("VALIDATION_ERROR", "None of the contacts could be ingested.", {
      ...batch,
    });
  }
  const { code, message, headers } = toApiError(new DailyLimitReached(limit));
  return new ApiError(code, message, { limit, ...batch }, headers);
}
