import * as z from "zod";
import {
  deliveries,
  identifyDelivery,
  type KeptDelivery,
  selectDelivery,
  theDelivery,
} from "./deliveries.ts";
import { eventIdOf, eventsOf } from "./events.ts";
import { Budget } from "./expressions/expression.ts";
import { parsePayload } from "./payload.ts";
import { selectConnector, type StoredConnector, theConnector } from "./stored-connector.ts";
import { Conflict } from "../refusals/errors.ts";
import { uuid } from "../crm/values/fields.ts";
import { isPostgresError, UNIQUE_VIOLATION } from "../db/errors.ts";
import type { Call, Outcome } from "../http/call.ts";
import { answerOne, answerSeveral } from "../dialects/lumenbase/connectors/answer.ts";
import { ConnectorEvent, type EventResult } from "./event.ts";
import { ConnectorRequest, NO_EVENT } from "./received.ts";
import { rehearseEvents } from "./rehearsal.ts";
import { dryRunParameter } from "../dialects/lumenbase/dry-run.ts";
import type { Operation } from "../http/operation.ts";
import { parseQuery } from "../http/query.ts";

const parameters = z.strictObject({ id: uuid(), dry_run: dryRunParameter() });

/**
 * POST: takes the delivery of `?id=` up again, as its connector is now; answers as the ingest endpoint
 * would have. Throws Conflict for one that was accepted, or whose connector was deleted.
 */
export const replayDelivery: Operation = {
  kind: "write",
  contract: { action: "replay", resource: deliveries, parameters },
  async run(call) {
    const { id, dry_run } = parseQuery(parameters, call.query);
    const [rows] = await call.read([selectDelivery(id)]);
    const kept = theDelivery(id, rows);
    if (kept.connector_id === null) throw refused("Its connector was deleted.");
    if (kept.status === "accepted" && !dry_run) throw refused("It was accepted already.");
    const by = { id: kept.connector_id };
    const [stored] = await call.read([selectConnector(by)]);
    const connector = theConnector(by, stored);
    const budget = new Budget({}, new Date(connector.now));
    if (dry_run) {
      return await rehearseEvents(
        call,
        connector,
        await keptEvents(connector, kept, budget),
        budget,
      );
    }
    return await replayed(call, connector, kept, budget);
  },
};

async function replayed(
  call: Call,
  connector: StoredConnector,
  kept: KeptDelivery,
  budget: Budget,
): Promise<Outcome> {
  const again = (event: unknown) => ConnectorEvent.kept(call, connector, event, kept.id);
  let events: unknown[];
  try {
    events = await keptEvents(connector, kept, budget);
  } catch (error) {
    return answerOne(call, await again(null).fail(error));
  }
  if (events.length === 0) return answerOne(call, await again(null).ignore(NO_EVENT));
  const [event, ...others] = events;
  if (others.length === 0) {
    return answerOne(call, await replayedEvent(call, connector, kept, event, budget));
  }
  const whole = { contentType: kept.content_type, body: kept.body };
  const key = { text: kept.id, givenByClient: false };
  const results = await new ConnectorRequest(call, connector, whole, key, budget).all(events);
  await again(null).ignore(`It was taken apart into ${events.length} deliveries.`);
  return answerSeveral(call, results);
}

// The sender may have sent the event again, or do so yet: by its id it becomes a record once.
async function replayedEvent(
  call: Call,
  connector: StoredConnector,
  kept: KeptDelivery,
  event: unknown,
  budget: Budget,
): Promise<EventResult> {
  const again = ConnectorEvent.kept(call, connector, event, kept.id);
  let eventId: string | null;
  try {
    eventId = await eventIdOf(connector, event, budget);
  } catch (error) {
    return await again.fail(error);
  }
  if (eventId === null || await identified(call, kept, eventId)) return await again.run(budget);
  const { content_type: contentType, body, part } = kept;
  const received = { connectorId: connector.id, eventId, contentType, body, part };
  const result = await ConnectorEvent.received(call, connector, event, received).run(budget);
  await again.ignore(`It is the event of the delivery ${result.deliveryId}.`);
  return result;
}

/** Whether a delivery is the one of its event, by the id that its connector now finds. */
async function identified(call: Call, kept: KeptDelivery, eventId: string): Promise<boolean> {
  if (eventId === kept.event_id) return true;
  try {
    const [rows] = await call.transactUnkeyed((transaction) =>
      transaction.run([identifyDelivery(kept.id, eventId)])
    );
    return rows?.length === 1;
  } catch (error) {
    if (isPostgresError(error) && error.code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

async function keptEvents(connector: StoredConnector, kept: KeptDelivery, budget: Budget) {
  const payload = parsePayload(kept.content_type, kept.body);
  return kept.part ? [payload] : await eventsOf(connector, payload, budget);
}

function refused(message: string): Conflict {
  return new Conflict([{ field: "id", message }]);
}
