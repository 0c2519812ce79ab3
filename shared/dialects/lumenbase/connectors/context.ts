import type { ConnectorContext } from "../../../connectors/context.ts";
import type { Call } from "../../../http/call.ts";
import { CODES } from "../errors.ts";

/** What connectors act with in answer to a request. */
export function contextOf({ workspace, services }: Call): ConnectorContext {
  const { graphUrl, secrets } = services;
  return { workspace, graphUrl, secrets, codeOf: ({ kind }) => CODES[kind] };
}
