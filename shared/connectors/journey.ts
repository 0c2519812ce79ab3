import type { Fields } from "../crm/plan.ts";
import type { ConnectorContext } from "./context.ts";
import { isTest, reasonToSkip } from "./events.ts";
import type { Budget } from "./expressions/expression.ts";
import { mapEvent } from "./field-map.ts";
import { lookUp } from "./lookup.ts";
import type { StoredConnector } from "./stored-connector.ts";

/** Where an event ends: as no record, or with the values of the fields that it fills. */
export type Destination =
  | { end: "ignored"; reason: string }
  | { end: "test" }
  | { end: "mapped"; values: Fields; completed: unknown };

/** What watches an event on its way. */
export interface Journey {
  /** Run before the rest of an event is asked for elsewhere, which may take a while. */
  beforeLookUp?(): Promise<void>;
  lookedUp?(found: Record<string, unknown>): void;
}

/**
 * Takes an event through its connector, up to the values of the fields: skipped, a test, looked up
 * where it has ids only, a test after all, mapped. Throws Refusal.
 */
export async function travel(
  context: ConnectorContext,
  connector: StoredConnector,
  event: unknown,
  budget: Budget,
  journey: Journey = {},
): Promise<Destination> {
  const reason = await reasonToSkip(connector, event, budget);
  if (reason !== null) return { end: "ignored", reason };
  if (await isTest(connector, event, budget)) return { end: "test" };
  let completed = event;
  if (connector.lookup !== null) {
    await journey.beforeLookUp?.();
    const found = await lookUp(context, connector, event);
    journey.lookedUp?.(found.lookedUp);
    completed = found.completed;
    if (await isTest(connector, completed, budget)) return { end: "test" };
  }
  return { end: "mapped", values: await mapEvent(connector, completed, budget), completed };
}
