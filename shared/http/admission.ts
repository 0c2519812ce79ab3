import type { Caller, Denial } from "../auth/authenticate.ts";
import { clientAddress } from "../auth/client-address.ts";
import { grants, type Scope } from "../auth/scopes.ts";
import type { Call } from "./call.ts";
import { ApiError } from "./errors.ts";

const KEY_DENIALS: Record<Exclude<Denial, "address">, string> = {
  missing: "No API key; send the header Authorization: Bearer <key>.",
  malformed: "Not a valid API key; check that the whole key was copied.",
  unknown: "This API key does not exist.",
  revoked: "This API key has been revoked.",
  expired: "This API key has expired.",
};

/** Who the request acts for. Throws 401 without a valid key, 403 from an address it does not allow. */
export async function admit(call: Call): Promise<Caller> {
  const found = await identify(call);
  if (typeof found === "object") return found;
  if (found === "address") {
    throw new ApiError("FORBIDDEN", "This API key may not be used from your IP address.");
  }
  throw new ApiError("UNAUTHORIZED", KEY_DENIALS[found], undefined, {
    "WWW-Authenticate": found === "missing" ? "Bearer" : 'Bearer error="invalid_token"',
  });
}

/** Who the request acts for, or why it may not. */
export function identify({ request, services }: Call): Promise<Caller | Denial> {
  const address = clientAddress(request, services.clientAddress);
  return services.authenticator.authenticate(request.headers.get("authorization"), address);
}

/** Throws 403 unless a key's scopes cover the one that is needed. */
export function requireScope(scopes: readonly string[], needed: Scope): void {
  if (grants(scopes, needed)) return;
  throw new ApiError("FORBIDDEN", `This API key lacks the scope ${needed}.`, {
    required_scope: needed,
  });
}
