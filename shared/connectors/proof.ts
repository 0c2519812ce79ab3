import { InvalidInput } from "../refusals/errors.ts";
import { Refusal } from "../refusals/refusal.ts";
import type { Target } from "./connectors.ts";
import { type ConnectorContext, secretsOf } from "./context.ts";
import {
  type ConnectorName,
  selectConnector,
  type StoredConnector,
  theConnector,
} from "./stored-connector.ts";
import { denialMessage, type Received, verify } from "./verification.ts";

/** A connector by its name. Throws RecordNotFound, or InvalidInput for one of another target. */
export async function connectorOf(
  { workspace }: Pick<ConnectorContext, "workspace">,
  name: ConnectorName,
  target: Target,
): Promise<StoredConnector> {
  const [rows] = await workspace.read([selectConnector(name)]);
  const connector = theConnector(name, rows);
  if (connector.target === target) return connector;
  const message = `Is for the other target; send to the endpoint of ${connector.target} ingest.`;
  throw new InvalidInput([{ field: "connector", message }]);
}

/** Throws Refusal unless the sender of a request proves itself as the connector asks. */
export async function requireProof(
  context: ConnectorContext,
  connector: StoredConnector,
  request: Omit<Received, "now">,
): Promise<void> {
  const { verification } = connector;
  if (verification.type === "none") return;
  const { secret } = await secretsOf(context, connector);
  const denied = verify(verification, secret, { ...request, now: connector.now });
  if (denied === null) return;
  // RFC 9110, section 15.5.2, asks for a challenge; with an API key no other proof is needed.
  const challenge = verification.type === "basic" ? 'Basic realm="connector"' : "Bearer";
  throw new Refusal("unauthenticated", denialMessage(verification, denied), { challenge });
}
