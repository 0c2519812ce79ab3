import type { Fields } from "../crm/plan.ts";
import type { FieldError } from "../refusals/errors.ts";
import { refusalOf } from "../refusals/known.ts";
import type { Refusal } from "../refusals/refusal.ts";
import type { ConnectorContext } from "./context.ts";
import { eventIdOf } from "./events.ts";
import type { Budget } from "./expressions/expression.ts";
import { type Destination, travel } from "./journey.ts";
import { land } from "./land.ts";
import type { Landed } from "./landing.ts";
import type { StoredConnector } from "./stored-connector.ts";
import { targetValues } from "./target-values.ts";

/** What an event would become. */
export type Rehearsed =
  | { refusal: Refusal }
  | { eventId: string | null; destination: Exclude<Destination, { end: "mapped" }> }
  | { eventId: string | null; values: Fields; landed: Landed; warnings: FieldError[] };

/** Tells what the events would become, and keeps nothing. Rethrows what is not an event's fault. */
export async function rehearseEvents(
  context: ConnectorContext,
  connector: StoredConnector,
  events: readonly unknown[],
  budget: Budget,
): Promise<Rehearsed[]> {
  const results: Rehearsed[] = [];
  for (const event of events) {
    try {
      results.push(await rehearseEvent(context, connector, event, budget));
    } catch (error) {
      const refusal = refusalOf(error);
      if (events.length > 1 && refusal.isOurs) throw error;
      results.push({ refusal });
    }
  }
  return results;
}

async function rehearseEvent(
  context: ConnectorContext,
  connector: StoredConnector,
  event: unknown,
  budget: Budget,
): Promise<Rehearsed> {
  const eventId = await eventIdOf(connector, event, budget);
  const destination = await travel(context, connector, event, budget);
  if (destination.end !== "mapped") return { eventId, destination };
  const { values, completed } = destination;
  const { warnings, ...mapped } = targetValues(connector, values);
  const landed = await context.workspace.transact(
    (transaction) => land(transaction, connector, mapped, completed),
    { rehearse: true },
  );
  return { eventId, values, landed, warnings: [...warnings, ...landed.warnings] };
}
