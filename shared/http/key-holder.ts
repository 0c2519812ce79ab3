import type { Api } from "../auth/api-key.ts";
import type { Denial, KeyHolder } from "../auth/authenticate.ts";
import { clientAddress } from "../auth/client-address.ts";
import { Refusal } from "../refusals/refusal.ts";
import type { Call } from "./call.ts";

const DENIALS: Record<Exclude<Denial, "address">, (what: string) => string> = {
  missing: () => "No API key; send the header Authorization: Bearer <key>.",
  malformed: (what) => `Not a valid ${what}; check that the whole of it was copied.`,
  unknown: (what) => `This ${what} does not exist.`,
  revoked: (what) => `This ${what} has been revoked.`,
  expired: (what) => `This ${what} has expired.`,
};

/**
 * The holder of the request's key of an API, which was read at most `maxAge` milliseconds ago. Throws
 * Refusal without a valid one.
 */
export async function keyHolder(
  { request, services }: Pick<Call, "request" | "services">,
  api: Api,
  maxAge?: number,
): Promise<KeyHolder> {
  const found = await services.authenticator.authenticate(
    request.headers.get("authorization"),
    () => clientAddress(request, services.clientAddress),
    api,
    maxAge,
  );
  if (typeof found === "string") throw denied(found, "API key");
  return found;
}

/** The refusal of who is not let in, with what was shown. */
export function denied(denial: Denial, what: string): Refusal {
  if (denial === "address") {
    return new Refusal("forbidden", "This API key may not be used from your IP address.");
  }
  return new Refusal("unauthenticated", DENIALS[denial](what), {
    challenge: denial === "missing" ? "Bearer" : 'Bearer error="invalid_token"',
  });
}
