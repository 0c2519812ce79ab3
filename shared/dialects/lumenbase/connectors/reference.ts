import { looksLikeConnectorToken } from "../../../auth/connector-token.ts";
import type { ConnectorName } from "../../../connectors/stored-connector.ts";
import { InvalidInput } from "../../../refusals/errors.ts";
import type { LumenbaseCaller } from "../caller.ts";

/** Which connector a request goes through: its id, its slug, or a token of it. */
export type ConnectorReference = { token: string } | ConnectorName;

/** The header and the query parameter that name a connector. */
export const CONNECTOR_HEADER = "X-Connector";
export const CONNECTOR_PARAMETER = "connector";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The connector of a request, from `X-Connector` or `?connector=`; null without one. Throws
 * InvalidInput when it is neither an id, a slug nor a token, or when the two differ. What was given
 * is never repeated, as it may be a token.
 */
export function connectorReference(
  { headers }: Request,
  query: URLSearchParams,
): ConnectorReference | null {
  const inHeader = headers.get(CONNECTOR_HEADER)?.trim();
  // Some senders end every address with a slash.
  const inAddress = query.getAll(CONNECTOR_PARAMETER).map((text) => text.replace(/\/+$/, ""));
  const given = new Set(inHeader === undefined ? inAddress : [inHeader, ...inAddress]);
  if (given.size === 0) return null;
  if (given.size > 1) throw invalid("Must be given once, in the header or in the address.");
  const [text = ""] = given;
  if (looksLikeConnectorToken(text)) return { token: text };
  if (UUID.test(text)) return { id: text.toLowerCase() };
  if (SLUG.test(text)) return { slug: text };
  throw invalid("Must be the id or the slug of a connector, or a connector token.");
}

/** The connector's name; a token belongs to one, whose caller it makes. */
export function nameOf(
  { connector }: LumenbaseCaller,
  reference: ConnectorReference,
): ConnectorName {
  if (connector !== undefined) return { id: connector.id };
  if ("token" in reference) throw new Error("a token's caller has no connector");
  return reference;
}

function invalid(message: string): InvalidInput {
  return new InvalidInput([{ field: CONNECTOR_PARAMETER, message }]);
}
