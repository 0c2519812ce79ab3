import { KeyedConcurrencyLimit } from "../db/sharing/keyed-concurrency-limit.ts";
import { InvalidInput } from "../refusals/errors.ts";
import type { ConnectorContext } from "./context.ts";
import type { EventResult } from "./event.ts";
import { eventsOf } from "./events.ts";
import { Budget } from "./expressions/expression.ts";
import { ConnectorRequest, keptBody, type RequestKey } from "./received.ts";
import { type Rehearsed, rehearseEvents } from "./rehearsal.ts";
import type { StoredConnector } from "./stored-connector.ts";

const MOST_AT_ONCE = 4;

// The deliveries of one connector take turns, so that slow ones do not keep those of others waiting.
const turns = new KeyedConcurrencyLimit(MOST_AT_ONCE);

/** What a sender sent, proven to be its own. */
export interface Sent {
  contentType: string;
  bytes: Uint8Array;
  /** What the bytes say; throws InvalidInput when that cannot be read. */
  payload(): unknown;
  /** The request's idempotency key. */
  key: string | null;
}

/**
 * Makes each event a contact or an activity, and keeps it as a delivery whatever comes of it: one
 * result an event, also one for a payload that cannot be read or holds none. Throws Refusal when the
 * idempotency key belongs to another request, DatabaseUnavailable when nothing could be kept.
 */
export function deliver(
  context: ConnectorContext,
  connector: StoredConnector,
  { contentType, bytes, payload, key }: Sent,
): Promise<readonly EventResult[]> {
  const budget = budgetAt(connector);
  const whole = { contentType, body: keptBody(connector, contentType, bytes) };
  const told: RequestKey | null = key === null ? null : { text: key, givenByClient: true };
  const request = new ConnectorRequest(context, connector, whole, told, budget);
  return turns.run(connector.id, async () => {
    let events: unknown[];
    try {
      events = await eventsOf(connector, payload(), budget);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return [await request.unreadable(error)];
    }
    return events.length === 0 ? [await request.empty()] : await request.all(events);
  });
}

/** Tells what the events would become, and keeps nothing. Throws InvalidInput. */
export function rehearse(
  context: ConnectorContext,
  connector: StoredConnector,
  payload: () => unknown,
): Promise<readonly Rehearsed[]> {
  const budget = budgetAt(connector);
  return turns.run(
    connector.id,
    async () =>
      await rehearseEvents(
        context,
        connector,
        await eventsOf(connector, payload(), budget),
        budget,
      ),
  );
}

function budgetAt({ now }: StoredConnector): Budget {
  return new Budget({}, new Date(now));
}
