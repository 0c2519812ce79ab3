import type { Secrets } from "./definition.ts";
import type { Target } from "./connectors.ts";
import { selectConnector, type StoredConnector, theConnector } from "./stored-connector.ts";
import { InvalidInput } from "../refusals/errors.ts";
import { denialMessage, verify } from "./verification.ts";
import type { Call } from "../http/call.ts";
import { ApiError } from "../dialects/lumenbase/errors.ts";

/** The connector a request goes through. Throws RecordNotFound, or InvalidInput for another target. */
export async function connectorOf(call: Call, target: Target): Promise<StoredConnector> {
  const { connector: token } = call.caller;
  const reference = token ?? call.connector;
  if (reference === null || "token" in reference) throw new Error("no connector is named");
  const by = "id" in reference ? { id: reference.id } : reference;
  const [rows] = await call.read([selectConnector(by)]);
  const connector = theConnector(by, rows);
  if (connector.target === target) return connector;
  const message = `Is for the other target; send to the endpoint of ${connector.target} ingest.`;
  throw new InvalidInput([{ field: "connector", message }]);
}

/** The secrets of a connector, readable. */
export async function secretsOf(
  { caller, services }: Call,
  { secrets }: Pick<StoredConnector, "secrets">,
): Promise<Secrets> {
  return secrets === null ? {} : await services.secrets().open(secrets, caller.workspaceId);
}

/**
 * Throws 401 unless the sender proves itself as the connector asks. A request with an API key is
 * proven by the key.
 */
export async function requireProof(
  call: Call,
  connector: StoredConnector,
  payload: unknown,
): Promise<void> {
  const { verification } = connector;
  if (call.caller.connector === undefined || verification.type === "none") return;
  const { request, bytes } = call;
  const { secret } = await secretsOf(call, connector);
  const denied = verify(verification, secret, {
    method: request.method,
    url: publicAddress(call),
    headers: request.headers,
    body: bytes,
    payload,
    now: connector.now,
  });
  if (denied === null) return;
  // RFC 9110, section 15.5.2, asks for a challenge; with an API key no other proof is needed.
  const challenge = verification.type === "basic" ? 'Basic realm="connector"' : "Bearer";
  throw new ApiError("UNAUTHORIZED", denialMessage(verification, denied), undefined, {
    "WWW-Authenticate": challenge,
  });
}

// As the sender knows it: the configured address, then what followed it in the request.
function publicAddress({ request, services }: Call): string {
  const { pathname, search } = new URL(request.url);
  return services.publicUrl + pathname + search;
}
