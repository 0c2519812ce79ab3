import type { Workspace } from "../db/workspace.ts";
import { isPostgresError, UNIQUE_VIOLATION } from "../db/errors.ts";
import { Conflict } from "../refusals/errors.ts";
import { type ConnectorContext, secretsOf } from "./context.ts";
import { changedDefinition } from "./define.ts";
import type { ConnectorChange } from "./definition-schema.ts";
import { identifyDelivery, type KeptDelivery, selectDelivery, theDelivery } from "./deliveries.ts";
import { ConnectorEvent, type EventResult } from "./event.ts";
import { eventIdOf, eventsOf } from "./events.ts";
import { Budget } from "./expressions/expression.ts";
import { parsePayload } from "./payload.ts";
import { ConnectorRequest, NO_EVENT } from "./received.ts";
import { type Rehearsed, rehearseEvents } from "./rehearsal.ts";
import { selectConnector, type StoredConnector, theConnector } from "./stored-connector.ts";

/** A delivery that is to be taken up again, with its connector as it is now. */
interface Taken {
  kept: KeptDelivery;
  connector: StoredConnector;
  budget: Budget;
}

/**
 * Takes a delivery up again, as its connector is now; answers its events as {@link deliver} would
 * have. Throws RecordNotFound, or Conflict for one that was accepted, or whose connector was deleted.
 */
export async function replay(
  context: ConnectorContext,
  id: string,
): Promise<readonly EventResult[]> {
  const { kept, connector, budget } = await taken(context, id);
  if (kept.status === "accepted") throw refused("It was accepted already.");
  return await replayed(context, connector, kept, budget);
}

/**
 * Tells what a delivery would become, with its connector as it is or changed, and changes nothing. Throws
 * RecordNotFound, Conflict when the connector was deleted, or InvalidInput.
 */
export async function rehearseReplay(
  context: ConnectorContext,
  id: string,
  change: ConnectorChange = {},
): Promise<readonly Rehearsed[]> {
  const { kept, connector: stored, budget } = await taken(context, id);
  const secrets = await secretsOf(context, stored);
  const connector = { ...stored, ...changedDefinition(stored, secrets, change).definition };
  const events = await keptEvents(connector, kept, budget);
  return await rehearseEvents(context, connector, events, budget);
}

async function taken({ workspace }: ConnectorContext, id: string): Promise<Taken> {
  const [rows] = await workspace.read([selectDelivery(id)]);
  const kept = theDelivery(id, rows);
  if (kept.connector_id === null) throw refused("Its connector was deleted.");
  const name = { id: kept.connector_id };
  const [stored] = await workspace.read([selectConnector(name)]);
  const connector = theConnector(name, stored);
  return { kept, connector, budget: new Budget({}, new Date(connector.now)) };
}

async function replayed(
  context: ConnectorContext,
  connector: StoredConnector,
  kept: KeptDelivery,
  budget: Budget,
): Promise<readonly EventResult[]> {
  const again = (event: unknown) => ConnectorEvent.kept(context, connector, event, kept.id);
  let events: unknown[];
  try {
    events = await keptEvents(connector, kept, budget);
  } catch (error) {
    return [await again(null).fail(error)];
  }
  if (events.length === 0) return [await again(null).ignore(NO_EVENT)];
  const [event, ...others] = events;
  if (others.length === 0) {
    return [await replayedEvent(context, connector, kept, event, budget)];
  }
  const whole = { contentType: kept.content_type, body: kept.body };
  const key = { text: kept.id, givenByClient: false };
  const results = await new ConnectorRequest(context, connector, whole, key, budget).all(events);
  await again(null).ignore(`It was taken apart into ${events.length} deliveries.`);
  return results;
}

// The sender may have sent the event again, or do so yet: by its id it becomes a record once.
async function replayedEvent(
  context: ConnectorContext,
  connector: StoredConnector,
  kept: KeptDelivery,
  event: unknown,
  budget: Budget,
): Promise<EventResult> {
  const again = ConnectorEvent.kept(context, connector, event, kept.id);
  let eventId: string | null;
  try {
    eventId = await eventIdOf(connector, event, budget);
  } catch (error) {
    return await again.fail(error);
  }
  if (eventId === null || await identified(context.workspace, kept, eventId)) {
    return await again.run(budget);
  }
  const { content_type: contentType, body, part } = kept;
  const received = { connectorId: connector.id, eventId, contentType, body, part };
  const result = await ConnectorEvent.received(context, connector, event, received).run(budget);
  await again.ignore(`It is the event of the delivery ${result.deliveryId}.`);
  return result;
}

/** Whether a delivery is the one of its event, by the id that its connector now finds. */
async function identified(
  workspace: Workspace,
  kept: KeptDelivery,
  eventId: string,
): Promise<boolean> {
  if (eventId === kept.event_id) return true;
  try {
    const [rows] = await workspace.transact((transaction) =>
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
