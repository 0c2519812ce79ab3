import { connectorOf, requireProof } from "../../../connectors/proof.ts";
import type { Target } from "../../../connectors/connectors.ts";
import { deliver, rehearse } from "../../../connectors/deliver.ts";
import { parsePayload } from "../../../connectors/payload.ts";
import type { StoredConnector } from "../../../connectors/stored-connector.ts";
import type { Call, Outcome } from "../../../http/call.ts";
import { idempotencyKey } from "../../../http/idempotency.ts";
import type { LumenbaseCaller } from "../caller.ts";
import { isDryRun } from "../dry-run.ts";
import { answerEvents, answerRehearsed } from "./answer.ts";
import { contextOf } from "./context.ts";
import { type ConnectorReference, nameOf } from "./reference.ts";

type Asked = Call<LumenbaseCaller>;

/**
 * POST through a connector: makes each event of the body a contact or an activity, and keeps it as a
 * delivery whatever comes of it. 201 or 200; to the holder of a token always 200.
 */
export async function ingestThroughConnector(
  call: Asked,
  reference: ConnectorReference,
  target: Target,
): Promise<Outcome> {
  const key = idempotencyKey(call.request);
  const dryRun = isDryRun(call.query);
  const context = contextOf(call);
  const connector = await connectorOf(context, nameOf(call.caller, reference), target);
  const contentType = call.request.headers.get("content-type") ?? "";
  const payload = settled(() => parsePayload(contentType, call.bytes));
  await prove(call, connector, payload);
  const read = () => valueOf(payload);
  if (dryRun) return answerRehearsed(call, () => rehearse(context, connector, read));
  const sent = { contentType, bytes: call.bytes, payload: read, key };
  return answerEvents(call, await deliver(context, connector, sent));
}

// A request with an API key is proven by the key.
async function prove(
  call: Asked,
  connector: StoredConnector,
  payload: Settled<unknown>,
): Promise<void> {
  if (call.caller.connector === undefined) return;
  const { request: { method, headers }, bytes: body } = call;
  const seen = "value" in payload ? payload.value : null;
  const sent = { method, url: publicAddress(call), headers, body, payload: seen };
  await requireProof(contextOf(call), connector, sent);
}

// As the sender knows it: the configured address, then what followed it in the request.
function publicAddress({ request, services }: Asked): string {
  const { pathname, search } = new URL(request.url);
  return services.publicUrl + pathname + search;
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
