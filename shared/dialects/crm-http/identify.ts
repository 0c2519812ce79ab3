import { looksLikeAccessToken } from "../../auth/sessions.ts";
import type { UserRole } from "../../db/claims.ts";
import type { Call } from "../../http/call.ts";
import { keyHolder } from "../../http/key-holder.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { type CrmCaller, DEFAULT_LIMIT } from "./caller.ts";
import { ENTITY_HEADER, isEntityId } from "./entity.ts";
import { type Scope, SCOPES } from "./scopes.ts";

const SCOPES_OF: Readonly<Record<UserRole, readonly Scope[]>> = {
  admin: SCOPES,
  member: SCOPES,
  rep: SCOPES,
  viewer: ["read:crm"],
};

/** Who asks: the holder of a key, or a user with a session (decisions C13). Throws Refusal. */
export async function identify(call: Call<CrmCaller>): Promise<CrmCaller> {
  const token = bearer(call.request);
  if (token !== null && looksLikeAccessToken(token)) return await sessionUser(call, token);
  const { workspaceId, keyId, scopes, rateLimit } = await keyHolder(call, "crm");
  return {
    workspaceId,
    actor: { kind: "key", id: keyId },
    scopes,
    requestsPerMinute: rateLimit ?? DEFAULT_LIMIT,
    userId: null,
  };
}

/** The token of `Authorization: Bearer …`; null without one. */
export function bearer({ headers }: Request): string | null {
  return /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}

/** The refusal of an access token. */
export function accessTokenDenied(): Refusal {
  const message =
    "This access token is not valid, or no longer; refresh the session or sign in again.";
  return new Refusal("unauthenticated", message, { challenge: 'Bearer error="invalid_token"' });
}

async function sessionUser(
  { request, services }: Call<CrmCaller>,
  token: string,
): Promise<CrmCaller> {
  const given = request.headers.get(ENTITY_HEADER)?.trim().toLowerCase();
  const workspaceId = isEntityId(given) ? given : null;
  const user = await services.sessions.user(token, workspaceId);
  if (user === "unknown") throw accessTokenDenied();
  if (given === undefined) throw wrong("Is required with an access token.");
  if (workspaceId === null) throw wrong("Must be the UUID of an entity.");
  if (user === "foreign") {
    throw new Refusal("forbidden", `You are not a user of the entity that ${ENTITY_HEADER} names.`);
  }
  return {
    workspaceId,
    actor: { kind: "user", id: user.userId },
    scopes: SCOPES_OF[user.role],
    userRole: user.role,
    requestsPerMinute: DEFAULT_LIMIT,
    userId: user.userId,
  };
}

function wrong(message: string): InvalidInput {
  return new InvalidInput([{ field: ENTITY_HEADER, message }]);
}
