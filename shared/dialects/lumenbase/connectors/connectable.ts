import type { Target } from "../../../connectors/connectors.ts";
import type { Operation } from "../../../http/operation.ts";

/** An operation that also answers requests through connectors of a target. */
export function connectable(target: Target, operation: Operation): Operation {
  const { contract } = operation;
  return {
    ...operation,
    ...(contract ? { contract: { ...contract, connectable: true } } : {}),
    // Loaded when it is needed: most processes never evaluate an expression.
    throughConnector: async (call) => {
      const { ingestThroughConnector } = await import("../../../connectors/deliver.ts");
      return await ingestThroughConnector(call, target);
    },
  };
}
