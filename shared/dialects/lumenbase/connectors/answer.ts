import type { Landed } from "../../../connectors/landing.ts";
import type { Fields } from "../../../crm/plan.ts";
import type { FieldError } from "../../../refusals/errors.ts";
import type { Call, Outcome } from "../../../http/call.ts";
import type { EventResult } from "../../../connectors/event.ts";
import { ApiError } from "../errors.ts";

/** The answer to a request of one event. Throws the error of an event that failed. */
export function answerOne(call: Call, result: EventResult): Outcome {
  if (result.status === "failed") {
    // A sender that is refused repeats the event, or stops sending all of them.
    if (!result.final || !isSender(call)) throw toldError(call, result.error, result.deliveryId);
    return call.answer(200, itemOf(call, result));
  }
  const told = "landed" in result && !isSender(call)
    ? { ...recordOf(result.landed), delivery_id: result.deliveryId, ...warningsOf(result) }
    : toldOf(call, result);
  const status = result.status === "created" && !isSender(call) ? 201 : 200;
  return { ...call.answer(status, told), replayed: result.status === "duplicate" };
}

/**
 * The answer to a request of several events: 201 when all worked, 207 when some did. Throws when none
 * did, or when one failed that the sender should send again; it finds the others accepted then.
 */
export function answerSeveral(call: Call, results: readonly EventResult[]): Outcome {
  const failed = results.flatMap((result) => result.status === "failed" ? [result] : []);
  const data = {
    results: results.map((result, index) => ({ index, ...itemOf(call, result) })),
    summary: { total: results.length, failed: failed.length },
  };
  const again = failed.find(({ error }) => error.status >= 429);
  if (again !== undefined) {
    const { code, message, headers } = again.error;
    throw new ApiError(code, message, data, headers);
  }
  const settled = isSender(call) && failed.every(({ final }) => final);
  if (failed.length === results.length && !settled) {
    throw new ApiError("VALIDATION_ERROR", "None of the events could be used.", data);
  }
  return call.answer(isSender(call) ? 200 : failed.length > 0 ? 207 : 201, data);
}

// With the delivery it is about, so that it can be looked up and replayed.
function toldError(call: Call, error: ApiError, delivery_id: string): ApiError {
  const { code, message, details, headers } = shown(call, error);
  return new ApiError(code, message, { ...details, delivery_id }, headers, { cause: error.cause });
}

// A token is all its holder has: it learns that an event was taken, and nothing of what is stored.
function isSender({ caller }: Call): boolean {
  return caller.connector !== undefined;
}

function itemOf(call: Call, result: EventResult): Fields {
  if (result.status !== "failed") return toldOf(call, result);
  const { code, message, details } = shown(call, result.error);
  const error = { code, message, ...(details?.fields ? { fields: details.fields } : {}) };
  return { delivery_id: result.deliveryId, status: "failed", error };
}

function toldOf(call: Call, result: EventResult): Fields {
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

function shown(call: Call, error: ApiError): ApiError {
  if (error.code !== "CONFLICT" || !isSender(call)) return error;
  return new ApiError("VALIDATION_ERROR", "The event was kept but could not be used.");
}

/** What ingest answers of a record. */
export function recordOf({ activity, contact, company, outcome, matched_by }: Landed): Fields {
  if (activity !== null) return { ...activity };
  return { ...contact, created: outcome === "created", company, matched_by: matched_by.contact };
}
