import { eventIdOf, isTest, reasonToSkip } from "./events.ts";
import type { Budget } from "./expressions/expression.ts";
import { mapEvent } from "./field-map.ts";
import { saveMapped } from "./landing.ts";
import type { StoredConnector } from "./stored-connector.ts";
import { targetValues } from "./target-values.ts";
import type { Fields } from "../crm/plan.ts";
import type { Call, Outcome } from "../http/call.ts";
import { itemError } from "../dialects/lumenbase/batch-result.ts";
import { recordOf } from "../dialects/lumenbase/connectors/answer.ts";
import { lookUp } from "./lookup.ts";
import { rehearsal } from "../dialects/lumenbase/dry-run.ts";
import { ApiError } from "../dialects/lumenbase/errors.ts";

/**
 * Answers what the events would become, and keeps nothing: 200. Throws what the only event would be
 * refused with, and 403 for the holder of a token, who may learn nothing of what is stored.
 */
export async function rehearseEvents(
  call: Call,
  connector: StoredConnector,
  events: readonly unknown[],
  budget: Budget,
): Promise<Outcome> {
  if (call.caller.connector !== undefined) {
    throw new ApiError(
      "FORBIDDEN",
      "A dry run needs an API key; a connector token may not make one.",
    );
  }
  const [only] = events;
  if (events.length === 1) {
    return call.answer(200, await rehearseEvent(call, connector, only, budget));
  }
  const results: Fields[] = [];
  for (const [index, event] of events.entries()) {
    try {
      results.push({ index, ...await rehearseEvent(call, connector, event, budget) });
    } catch (error) {
      results.push({ index, outcome: "failed", error: itemError(error) });
    }
  }
  return call.answer(200, { dry_run: true, results });
}

// What one event would become, with what its field map gives.
async function rehearseEvent(
  call: Call,
  connector: StoredConnector,
  event: unknown,
  budget: Budget,
): Promise<Fields> {
  const event_id = await eventIdOf(connector, event, budget);
  const reason = await reasonToSkip(connector, event, budget);
  if (reason !== null) return { dry_run: true, outcome: "ignored", reason, event_id };
  const aTest = { dry_run: true, outcome: "test", event_id };
  if (await isTest(connector, event, budget)) return aTest;
  const { completed } = connector.lookup === null
    ? { completed: event }
    : await lookUp(call, connector, event);
  if (completed !== event && await isTest(connector, completed, budget)) return aTest;
  const values = await mapEvent(connector, completed, budget);
  const { mapped, warnings } = targetValues(connector, values);
  return await call.transactUnkeyed(async (transaction) => {
    const landed = await saveMapped(transaction, connector.target, connector.matching, mapped);
    const record = landed.activity ?? landed.contact ?? {};
    const { matched_by } = recordOf(landed);
    const before = landed.before ?? undefined;
    const told = rehearsal(
      { outcome: landed.outcome, id: String(record.id), data: record },
      before,
    );
    return {
      ...told,
      event_id,
      mapped: values,
      ...(matched_by ? { matched_by } : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
    };
  }, true);
}
