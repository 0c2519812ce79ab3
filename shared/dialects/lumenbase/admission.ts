import type { Denial } from "../../auth/authenticate.ts";
import { clientAddress } from "../../auth/client-address.ts";
import type { Call } from "../../http/call.ts";
import { Refusal } from "../../refusals/refusal.ts";
import type { LumenbaseCaller } from "./caller.ts";
import { grants, type Scope } from "./scopes.ts";

const DENIALS: Record<Exclude<Denial, "address">, (what: string) => string> = {
  missing: () => "No API key; send the header Authorization: Bearer <key>.",
  malformed: (what) => `Not a valid ${what}; check that the whole of it was copied.`,
  unknown: (what) => `This ${what} does not exist.`,
  revoked: (what) => `This ${what} has been revoked.`,
  expired: (what) => `This ${what} has expired.`,
};

/** The caller behind an API key. Throws Refusal without a valid one, or from another address. */
export async function identifyKey(
  { request, services }: Pick<Call, "request" | "services">,
): Promise<LumenbaseCaller> {
  const found = await services.authenticator.authenticate(
    request.headers.get("authorization"),
    () => clientAddress(request, services.clientAddress),
  );
  if (typeof found === "string") throw denied(found, "API key");
  const { workspaceId, keyId, scopes, requestsPerMinute } = found;
  return { workspaceId, actor: { kind: "key", id: keyId }, scopes, requestsPerMinute };
}

/** The caller behind a connector's token. Throws Refusal without a valid one. */
export async function identifyToken(
  { services }: Pick<Call, "services">,
  token: string,
): Promise<LumenbaseCaller> {
  const found = await services.tokens.authenticate(token);
  if (typeof found === "string") throw denied(found, "connector token");
  const { workspaceId, scopes, requestsPerMinute, connector } = found;
  const actor = { kind: "connector" as const, id: connector.id };
  return { workspaceId, actor, scopes, requestsPerMinute, connector };
}

function denied(denial: Denial, what: string): Refusal {
  if (denial === "address") {
    return new Refusal("forbidden", "This API key may not be used from your IP address.");
  }
  return new Refusal("unauthenticated", DENIALS[denial](what), {
    challenge: denial === "missing" ? "Bearer" : 'Bearer error="invalid_token"',
  });
}

/** Throws Refusal unless the caller's scopes cover the one that is needed. */
export function requireScope(
  { scopes, connector }: Pick<LumenbaseCaller, "scopes" | "connector">,
  needed: string,
): void {
  if (grants(scopes, needed as Scope)) return;
  const lacking = connector === undefined
    ? `This API key lacks the scope ${needed}.`
    : "This connector token is for the other ingest endpoint; paste its URL as it was given.";
  throw new Refusal("forbidden", lacking, { required_scope: needed });
}
