import type { Caller, Denial } from "../../auth/authenticate.ts";
import { clientAddress } from "../../auth/client-address.ts";
import { grants, type Scope } from "./scopes.ts";
import type { Call } from "../../http/call.ts";
import { ApiError } from "./errors.ts";

const DENIALS: Record<Exclude<Denial, "address">, (what: string) => string> = {
  missing: () => "No API key; send the header Authorization: Bearer <key>.",
  malformed: (what) => `Not a valid ${what}; check that the whole of it was copied.`,
  unknown: (what) => `This ${what} does not exist.`,
  revoked: (what) => `This ${what} has been revoked.`,
  expired: (what) => `This ${what} has expired.`,
};

/** Who the request acts for. Throws 401 without a valid key, 403 from an address it does not allow. */
export async function admit(call: Call): Promise<Caller> {
  const found = await identify(call);
  if (typeof found === "object") return found;
  if (found === "address") {
    throw new ApiError("FORBIDDEN", "This API key may not be used from your IP address.");
  }
  const token = call.connector !== null && "token" in call.connector;
  const message = DENIALS[found](token ? "connector token" : "API key");
  throw new ApiError("UNAUTHORIZED", message, undefined, {
    "WWW-Authenticate": found === "missing" ? "Bearer" : 'Bearer error="invalid_token"',
  });
}

/** Who the request acts for, or why it may not. */
export function identify({ request, connector, services }: Call): Promise<Caller | Denial> {
  if (connector !== null && "token" in connector) {
    return services.tokens.authenticate(connector.token);
  }
  return services.authenticator.authenticate(
    request.headers.get("authorization"),
    () => clientAddress(request, services.clientAddress),
  );
}

/** Throws 403 unless the caller's scopes cover the one that is needed. */
export function requireScope(
  { scopes, connector }: Pick<Caller, "scopes" | "connector">,
  needed: Scope,
): void {
  if (grants(scopes, needed)) return;
  const lacking = connector === undefined
    ? `This API key lacks the scope ${needed}.`
    : "This connector token is for the other ingest endpoint; paste its URL as it was given.";
  throw new ApiError("FORBIDDEN", lacking, { required_scope: needed });
}
