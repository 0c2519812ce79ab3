import type { Call } from "../../http/call.ts";
import { denied } from "../../http/key-holder.ts";
import { keyOrSession, scopeMissing } from "../../http/key-or-session.ts";
import { Refusal } from "../../refusals/refusal.ts";
import type { LumenbaseCaller } from "./caller.ts";
import { grants, ROLE_SCOPES, type Scope } from "../../crm/scopes.ts";

/** What a route is declared with that is about the user who signed in, and that no key opens. */
export const USERS_OWN = "session";

// Through connectors records are made and matched that are hidden from Reps.
const THROUGH_CONNECTORS: Scope = "admin";
// As in LIO, where that is for Managers.
const NO_REP_DELETES = new Set(["contacts:write", "companies:write", "deals:write"]);

/**
 * The caller behind an API key, or the user who signed in. Throws Refusal without a valid key or token, or
 * from another address.
 */
export async function identify(
  call: Pick<Call, "request" | "services">,
): Promise<LumenbaseCaller> {
  return await identifyAgain(call);
}

/** Likewise, by a key that was read at most `maxAge` milliseconds ago. */
export async function identifyAgain(
  call: Pick<Call, "request" | "services">,
  maxAge?: number,
): Promise<LumenbaseCaller> {
  return await keyOrSession(call, { api: "lumenbase", roles: ROLE_SCOPES, maxAge });
}

/** Likewise of a user who has signed out as well. */
export async function identifyEnded(
  call: Pick<Call, "request" | "services">,
): Promise<LumenbaseCaller> {
  return await keyOrSession(call, { api: "lumenbase", roles: ROLE_SCOPES, ended: true });
}

/** The caller of a request that names a connector otherwise than by its token. Throws Refusal. */
export async function identifyForConnector(
  call: Pick<Call, "request" | "services">,
): Promise<LumenbaseCaller> {
  const caller = await identify(call);
  if (caller.userRole !== undefined) requireScope(caller, THROUGH_CONNECTORS);
  return caller;
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

/** Throws Refusal unless the caller's scopes cover the one that is needed. */
export function requireScope(
  caller: Pick<LumenbaseCaller, "scopes" | "connector" | "userRole">,
  needed: string,
): void {
  if (needed === USERS_OWN) return requireUser(caller);
  if (grants(caller.scopes, needed as Scope)) return;
  if (caller.connector === undefined) throw scopeMissing(caller, needed);
  const message =
    "This connector token is for the other ingest endpoint; paste its URL as it was given.";
  throw new Refusal("forbidden", message, { required_scope: needed });
}

function requireUser({ userRole }: Pick<LumenbaseCaller, "userRole">): void {
  if (userRole !== undefined) return;
  const message = "An API key is no user; sign in, and send the token of the session.";
  throw new Refusal("forbidden", message, { required_scope: USERS_OWN });
}

/** Throws Refusal unless the caller may delete records, to write which a scope is needed. */
export function requireDeletion({ userRole }: Pick<LumenbaseCaller, "userRole">, needed: string) {
  if (userRole !== "rep" || !NO_REP_DELETES.has(needed)) return;
  const [records] = needed.split(":");
  throw new Refusal("forbidden", `Your role may not delete ${records}.`);
}
