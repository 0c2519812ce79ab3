import type { Target } from "../../../connectors/connectors.ts";
import { isDeliverable } from "../../../formats/media-type.ts";
import { BATCH_LIMIT } from "../../../http/body.ts";
import type { Call, Outcome } from "../../../http/call.ts";
import { identifyForConnector, identifyToken } from "../admission.ts";
import type { LumenbaseCaller } from "../caller.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { type ConnectorReference, connectorReference } from "./reference.ts";

const DELIVERABLE = {
  limit: BATCH_LIMIT,
  accepts: isDeliverable,
  expected: "application/json, application/x-www-form-urlencoded or multipart/form-data",
  binary: true as const,
};

/** What answers a request that names a connector. */
export type ThroughConnector = (
  call: Call<LumenbaseCaller>,
  connector: ConnectorReference,
) => Promise<Outcome>;

/** An operation that also answers requests through connectors of a target. */
export function connectable(target: Target, operation: LumenbaseOperation): LumenbaseOperation {
  const { contract } = operation;
  const through: ThroughConnector = async (call, connector) => {
    // Loaded when it is needed: most processes never evaluate an expression.
    const { ingestThroughConnector } = await import("./ingest.ts");
    return await ingestThroughConnector(call, connector, target);
  };
  return {
    ...operation,
    ...(contract ? { contract: { ...contract, connectable: true } } : {}),
    instead: (call) => instead(call, { kind: "write", body: DELIVERABLE }, through),
  };
}

/** What answers instead when the request names a connector: whoever holds its token may ask. */
export function instead(
  { request, query }: Call<LumenbaseCaller>,
  operation: Pick<LumenbaseOperation, "kind" | "body">,
  through: ThroughConnector,
): LumenbaseOperation | null {
  const connector = connectorReference(request, query);
  if (connector === null) return null;
  return {
    ...operation,
    identify: (call) =>
      "token" in connector ? identifyToken(call, connector.token) : identifyForConnector(call),
    run: (call) => through(call, connector),
  };
}
