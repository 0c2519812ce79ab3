import { transact } from "../../http/write.ts";
import { answer } from "./envelope.ts";
import * as z from "zod";
import { batchable, type BatchName } from "./batch-item.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { Statement } from "../../db/wire/pipeline.ts";
import {
  batchResult,
  batchStatus,
  extent,
  type ItemResult,
  MAX_ITEMS,
  nothingWritten,
} from "./batch-result.ts";
import { BatchRun } from "./batch-run.ts";
import { BATCH_LIMIT, jsonBody } from "../../http/body.ts";
import { dryRunParameter } from "./dry-run.ts";
import type { LumenbaseOperation } from "./contract.ts";
import { parseQuery } from "../../http/query.ts";

const parameters = z.strictObject({ dry_run: dryRunParameter() });

// Two batches that write the same records in different orders would deadlock, and each would have to
// start over: the batches of one workspace wait for each other instead.
const TAKE_TURNS: Statement = {
  text: "select pg_advisory_xact_lock(hashtextextended('batch ' || app.workspace_id(), 0))",
  values: [],
  prepared: true,
};

/** The body of a batch. The items are checked one by one. */
const batchBody = z.strictObject({
  items: z.array(z.unknown()).min(1, "Must have at least one item")
    .max(MAX_ITEMS, `Must have at most ${MAX_ITEMS} items`),
  options: z.strictObject({
    stop_on_error: z.boolean().default(false),
    atomic: z.boolean().default(false),
  }).default({ stop_on_error: false, atomic: false }),
});

/**
 * POST: writes up to 100 items in order; 201 when all worked, 207 when some did, 400 when none did.
 * With `atomic` they are all written or none is.
 */
export function batch(name: BatchName): LumenbaseOperation {
  return {
    kind: "write",
    body: jsonBody(BATCH_LIMIT),
    contract: {
      action: "batch",
      resource: batchable(name),
      parameters,
      body: batchBody,
      counts: ["activities_per_day"],
    },
    run(call) {
      const [{ dry_run }, { items, options }] = collectMistakes(
        () => parseQuery(parameters, call.query),
        () => validated(batchBody, call.batch()),
      );
      const { atomic, stop_on_error } = options;
      return transact(call, async (transaction) => {
        transaction.queue(TAKE_TURNS);
        const stop = stop_on_error || atomic;
        const { caller } = call;
        const run = new BatchRun(transaction, { name, caller, dryRun: dry_run, stop, atomic });
        const result = await run.all(items);
        if (extent(result) === "none") {
          throw nothingWritten(result, "None of the items was written.");
        }
        if (atomic && extent(result) === "some") {
          const message = "An item failed, so none was written.";
          throw nothingWritten(batchResult(result.results.map(undone)), message);
        }
        return answer(call, batchStatus(result, dry_run), result);
      }, dry_run);
    },
  };
}

function undone(result: ItemResult): ItemResult {
  const { index, client_ref } = result;
  if (result.error !== undefined) return result;
  return { index, status: "skipped", ...(client_ref === undefined ? {} : { client_ref }) };
}
