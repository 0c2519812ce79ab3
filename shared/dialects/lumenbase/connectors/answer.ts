import type { EventResult } from "../../../connectors/event.ts";
import type { Landed } from "../../../connectors/landing.ts";
import type { Rehearsed } from "../../../connectors/rehearsal.ts";
import type { Fields } from "../../../crm/plan.ts";
import type { FieldError } from "../../../refusals/errors.ts";
import type { Call, Outcome } from "../../../http/call.ts";
import { Refusal } from "../../../refusals/refusal.ts";
import type { LumenbaseCaller } from "../caller.ts";
import { itemError } from "../batch-result.ts";
import { rehearsal } from "../dry-run.ts";
import { answer } from "../envelope.ts";

type Asked = Call<LumenbaseCaller>;

/**
 * The answer to events. Of one: 201 or 200, or throws its refusal. Of several: 201 when all worked,
 * 207 when some did; throws when none did, or when one failed that the sender should send again, who
 * finds the others accepted then.
 */
export function answerEvents(call: Asked, results: readonly EventResult[]): Outcome {
  const [first, ...others] = results;
  if (first === undefined) throw new Error("a delivery has no result");
  return others.length === 0 ? answerOne(call, first) : answerSeveral(call, results);
}

function answerOne(call: Asked, result: EventResult): Outcome {
  if (result.status === "failed") {
    // A sender that is refused repeats the event, or stops sending all of them.
    if (!result.final || !isSender(call)) throw toldRefusal(call, result.error, result.deliveryId);
    return answer(call, 200, itemOf(call, result));
  }
  const told = "landed" in result && !isSender(call)
    ? { ...recordOf(result.landed), delivery_id: result.deliveryId, ...warningsOf(result) }
    : toldOf(call, result);
  const status = result.status === "created" && !isSender(call) ? 201 : 200;
  return { ...answer(call, status, told), replayed: result.status === "duplicate" };
}

function answerSeveral(call: Asked, results: readonly EventResult[]): Outcome {
  const failed = results.flatMap((result) => result.status === "failed" ? [result] : []);
  const data = {
    results: results.map((result, index) => ({ index, ...itemOf(call, result) })),
    summary: { total: results.length, failed: failed.length },
  };
  const again = failed.find(({ error }) => error.isOurs || error.kind === "limited");
  if (again !== undefined) {
    const { kind, message, facts: { retry_after } } = again.error;
    throw new Refusal(kind, message, retry_after === undefined ? data : { ...data, retry_after });
  }
  const settled = isSender(call) && failed.every(({ final }) => final);
  if (failed.length === results.length && !settled) {
    throw new Refusal("invalid", "None of the events could be used.", data);
  }
  return answer(call, isSender(call) ? 200 : failed.length > 0 ? 207 : 201, data);
}

/** The answer to a dry run: 200. Throws the refusal of an only event, and that of a token's holder. */
export async function answerRehearsed(
  call: Asked,
  run: () => Promise<readonly Rehearsed[]>,
): Promise<Outcome> {
  // Who holds a token may learn nothing of what is stored.
  if (isSender(call)) {
    throw new Refusal(
      "forbidden",
      "A dry run needs an API key; a connector token may not make one.",
    );
  }
  const results = await run();
  const [only, ...others] = results;
  if (only !== undefined && others.length === 0) {
    if ("refusal" in only) throw only.refusal;
    return answer(call, 200, rehearsedOf(only));
  }
  const told = results.map((result, index) => {
    if ("refusal" in result) {
      return { index, outcome: "failed", error: itemError(result.refusal) };
    }
    return Object.assign({ index }, rehearsedOf(result));
  });
  return answer(call, 200, { dry_run: true, results: told });
}

function rehearsedOf(result: Exclude<Rehearsed, { refusal: Refusal }>): Fields {
  const { eventId: event_id } = result;
  if ("destination" in result) {
    const { end: outcome, ...reason } = result.destination;
    return { dry_run: true, outcome, ...reason, event_id };
  }
  const { landed, values, warnings } = result;
  const record = landed.activity ?? landed.contact ?? {};
  const { matched_by } = recordOf(landed);
  const written = { outcome: landed.outcome, id: String(record.id), data: record };
  const told = rehearsal(written, landed.before ?? undefined);
  return {
    ...told,
    event_id,
    mapped: values,
    ...(matched_by ? { matched_by } : {}),
    ...warningsOf({ warnings }),
  };
}

// With the delivery it is about, so that it can be looked up and replayed.
function toldRefusal(call: Asked, refusal: Refusal, delivery_id: string): Refusal {
  const { kind, message, facts, cause } = shown(call, refusal);
  return new Refusal(kind, message, { ...facts, delivery_id }, { cause });
}

// A token is all its holder has: it learns that an event was taken, and nothing of what is stored.
function isSender({ caller }: Asked): boolean {
  return caller.connector !== undefined;
}

function itemOf(call: Asked, result: EventResult): Fields {
  if (result.status !== "failed") return toldOf(call, result);
  const { limit: _, ...error } = itemError(shown(call, result.error), true);
  return { delivery_id: result.deliveryId, status: "failed", error };
}

function toldOf(call: Asked, result: EventResult): Fields {
  const { deliveryId: delivery_id, status } = result;
  if ("landed" in result) {
    if (isSender(call)) return { delivery_id, status: "accepted", ...warningsOf(result) };
    return { delivery_id, status, id: recordOf(result.landed).id, ...warningsOf(result) };
  }
  const reason = result.status === "ignored" ? { reason: result.reason } : {};
  return { delivery_id, status, ...reason };
}

function warningsOf({ warnings }: { warnings: readonly FieldError[] }): Fields {
  return warnings.length > 0 ? { warnings } : {};
}

function shown(call: Asked, refusal: Refusal): Refusal {
  if (refusal.kind !== "conflict" || !isSender(call)) return refusal;
  return new Refusal("invalid", "The event was kept but could not be used.");
}

/** What ingest answers of a record. */
function recordOf({ activity, contact, company, outcome, matched_by }: Landed): Fields {
  if (activity !== null) return { ...activity };
  return { ...contact, created: outcome === "created", company, matched_by: matched_by.contact };
}
