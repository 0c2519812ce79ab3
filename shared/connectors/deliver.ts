import type { Target } from "./connectors.ts";
import { eventsOf } from "./events.ts";
import { Budget } from "./expressions/expression.ts";
import { parsePayload } from "./payload.ts";
import { InvalidInput } from "../refusals/errors.ts";
import { KeyedConcurrencyLimit } from "../db/sharing/keyed-concurrency-limit.ts";
import type { Call, Outcome } from "../http/call.ts";
import { answerOne, answerSeveral } from "../dialects/lumenbase/connectors/answer.ts";
import { ConnectorRequest, keptBody } from "./received.ts";
import { connectorOf, requireProof } from "./proof.ts";
import { rehearseEvents } from "./rehearsal.ts";
import { isDryRun } from "../dialects/lumenbase/dry-run.ts";
import { idempotencyKey } from "../http/idempotency.ts";

const MOST_AT_ONCE = 4;

// The deliveries of one connector take turns, so that slow ones do not keep those of others waiting.
const turns = new KeyedConcurrencyLimit(MOST_AT_ONCE);

/**
 * POST through a connector: makes each event of the body a contact or an activity, and keeps it as a
 * delivery whatever comes of it. 201 or 200; to the holder of a token always 200.
 */
export async function ingestThroughConnector(
  call: Call,
  target: Target,
): Promise<Outcome> {
  const text = idempotencyKey(call.request);
  const dryRun = isDryRun(call.query);
  const connector = await connectorOf(call, target);
  const contentType = call.request.headers.get("content-type") ?? "";
  const payload = settled(() => parsePayload(contentType, call.bytes));
  await requireProof(call, connector, "value" in payload ? payload.value : null);
  const budget = new Budget({}, new Date(connector.now));
  const events = () => eventsOf(connector, valueOf(payload), budget);
  const body = keptBody(connector, contentType, call.bytes);
  const key = text === null ? null : { text, givenByClient: true };
  const request = new ConnectorRequest(call, connector, { contentType, body }, key, budget);
  return await turns.run(
    connector.id,
    async () =>
      dryRun
        ? await rehearseEvents(call, connector, await events(), budget)
        : await answered(call, request, events),
  );
}

async function answered(
  call: Call,
  request: ConnectorRequest,
  read: () => Promise<unknown[]>,
): Promise<Outcome> {
  let events: unknown[];
  try {
    events = await read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return answerOne(call, await request.unreadable(error));
  }
  const results = await request.all(events);
  const [first, ...others] = results;
  if (first === undefined) return answerOne(call, await request.empty());
  return others.length === 0 ? answerOne(call, first) : answerSeveral(call, results);
}

type Settled<T> = { value: T } | { error: unknown };

function settled<T>(work: () => T): Settled<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

function valueOf<T>(result: Settled<T>): T {
  if ("error" in result) throw result.error;
  return result.value;
}
