import { write } from "../../http/write.ts";
import { answer } from "./envelope.ts";
import * as z from "zod";
import {
  contactsBefore,
  ingestBriefly,
  ingestContacts,
  type Ingested,
  ingestedContacts,
  type IngestInput,
  ingestSchema,
} from "../../crm/contact-ingest.ts";
import { contacts } from "../../crm/contacts.ts";
import { type DailyLimit, DailyLimitReached } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { Rows } from "../../db/wire/pipeline.ts";
import {
  batchResult,
  batchStatus,
  extent,
  itemError,
  type ItemResult,
  MAX_ITEMS,
  nothingWritten,
} from "./batch-result.ts";
import { BATCH_LIMIT, jsonBody } from "../../http/body.ts";
import { dryRunParameter, rehearsal } from "./dry-run.ts";
import { storable } from "../../formats/json.ts";
import type { LumenbaseOperation } from "./contract.ts";
import { parseQuery } from "../../http/query.ts";

const parameters = z.strictObject({ dry_run: dryRunParameter() });

/** The body of a batch of contacts. The contacts are checked one by one. */
const contactBatchBody = bodyOf(z.unknown());

function bodyOf<T extends z.ZodType>(contact: T) {
  return z.strictObject({
    contacts: z.array(contact).min(1, "Must have at least one contact")
      .max(MAX_ITEMS, `Must have at most ${MAX_ITEMS} contacts`),
    options: z.strictObject({ stop_on_error: z.boolean().default(false) })
      .default({ stop_on_error: false }),
  });
}

/** POST: ingests up to 100 contacts in order; 201, 207 when some failed, 400 when all did. */
export const ingestContactBatch: LumenbaseOperation = {
  kind: "write",
  body: jsonBody(BATCH_LIMIT),
  contract: {
    action: "ingestBatch",
    resource: contacts,
    parameters,
    body: bodyOf(ingestSchema),
    counts: ["contacts_per_day", "activities_per_day"],
  },
  async run(call) {
    const [{ dry_run }, { contacts: given, options }] = collectMistakes(
      () => parseQuery(parameters, call.query),
      () => validated(contactBatchBody, call.batch()),
    );
    const items = given.map(checkItem);
    const firstBad = items.findIndex((item) => "error" in item);
    const tried = options.stop_on_error && firstBad >= 0 ? items.slice(0, firstBad) : items;
    const inputs = tried.flatMap((item) => "input" in item ? [item.input] : []);
    if (inputs.length === 0) throw nothingIngested(joined(items, [], options.stop_on_error));
    const statements = dry_run
      ? [contactsBefore(inputs), ingestContacts(inputs)]
      : [ingestBriefly(inputs)];
    return await write(call, statements, (rows) => {
      const done = ingestedContacts(inputs, rows.at(-1) ?? []);
      const before = dry_run ? rows[0] : undefined;
      const results = joined(items, done, options.stop_on_error, before);
      const batch = batchResult(results);
      if (extent(batch) === "none") throw nothingIngested(results);
      return answer(call, batchStatus(batch, dry_run), batch);
    }, dry_run);
  },
};

type Checked = { input: IngestInput } | { error: unknown };
type Outcome = Ingested | DailyLimit;

function checkItem(item: unknown): Checked {
  try {
    return { input: validated(ingestSchema, storable(item)) };
  } catch (error) {
    return { error };
  }
}

// Joins the items that were never tried with what became of the others, in the order of the input.
function joined(
  items: readonly Checked[],
  done: readonly Outcome[],
  stopOnError: boolean,
  before?: Rows,
): ItemResult[] {
  const outcomes = done.values();
  let stopped = false;
  return items.map((item, index): ItemResult => {
    if (stopped) return { index, status: "skipped" };
    const outcome = "error" in item ? item : outcomes.next().value;
    const result = itemResult(index, outcome, before);
    stopped = stopOnError && result.status === "failed";
    return result;
  });
}

function itemResult(
  index: number,
  outcome: Outcome | { error: unknown } | undefined,
  before: Rows | undefined,
): ItemResult {
  if (outcome === undefined) return { index, status: "skipped" };
  if (typeof outcome === "string") return failed(index, new DailyLimitReached(outcome));
  if ("error" in outcome) return failed(index, outcome.error);
  const { contact, created } = outcome;
  const status = created ? "created" : "updated";
  if (before === undefined) return { index, status, id: contact.id };
  const old = before.find(({ id }) => id === contact.id);
  // A contact that the batch itself would create is not there to compare with.
  if (old === undefined) return { index, status };
  const { outcome: would, changes } = rehearsal(
    { outcome: status, id: contact.id, data: contact },
    old,
  );
  return { index, status: would, id: contact.id, ...(changes ? { changes } : {}) };
}

function failed(index: number, error: unknown): ItemResult {
  return { index, status: "failed", error: itemError(error) };
}

function nothingIngested(results: readonly ItemResult[]) {
  return nothingWritten(batchResult(results), "None of the contacts could be ingested.");
}
