import type { Api } from "../auth/api-key.ts";
import { looksLikeAccessToken } from "../auth/sessions.ts";
import type { TokenDenial, UserSession } from "../auth/user-sessions.ts";
import type { UserRole } from "../db/claims.ts";
import { Refusal } from "../refusals/refusal.ts";
import type { Call } from "./call.ts";
import type { Caller, CallLimit } from "./caller.ts";
import { keyHolder } from "./key-holder.ts";
import type { Services } from "./services.ts";

const DENIALS: Readonly<Record<Exclude<TokenDenial, "inactive">, string>> = {
  invalid: "This user token is not valid; sign in again.",
  expired: "This user token has expired; sign in again.",
  revoked: "This user token has been revoked; sign in again.",
};

/** The scopes that each role of a user has. */
export type RoleScopes = Readonly<Record<UserRole, readonly string[]>>;

/** A user who signed in, as a request acts for them. */
export interface SessionCaller extends Caller {
  userRole: UserRole;
  /** The user's own limit. */
  limit: CallLimit;
  user: UserSession;
}

/** Who asks, with a key or as a user. */
export interface KnownCaller extends Caller {
  /** The key's own limit in its API's window; null for the API's default. */
  rateLimit: number | null;
  /** The workspace's limit. */
  requestsPerMinute: number;
  /** A user's own limit, in place of those. */
  limit?: CallLimit;
  user?: UserSession;
}

/** Which keys and users are let in. */
interface LetIn {
  api: Api;
  roles: RoleScopes;
  /** Milliseconds ago that a key was read at most. */
  maxAge?: number | undefined;
  /** Whether a user is let in who has signed out as well. */
  ended?: boolean;
}

/**
 * Who asks: the holder of a key of an API, or a user who signed in to one workspace, with the scopes of their
 * role. Throws Refusal.
 */
export async function keyOrSession(
  call: Pick<Call, "request" | "services">,
  { api, roles, maxAge, ended }: LetIn,
): Promise<KnownCaller> {
  const token = bearer(call.request);
  if (token === null || !looksLikeAccessToken(token)) {
    const { workspaceId, keyId, scopes, rateLimit, requestsPerMinute } = await keyHolder(
      call,
      api,
      maxAge,
    );
    const actor = { kind: "key" as const, id: keyId };
    return { workspaceId, actor, scopes, rateLimit, requestsPerMinute };
  }
  const user = await call.services.userSessions.user(token, ended);
  if (typeof user === "string") throw tokenDenied(user);
  const caller = sessionCaller(user, roles, call.services);
  return { ...caller, rateLimit: null, requestsPerMinute: caller.limit.limit };
}

/** Who a user is that signed in, with the scopes of their role. */
export function sessionCaller(
  user: UserSession,
  roles: RoleScopes,
  { userRequestsPerMinute }: Pick<Services, "userRequestsPerMinute">,
): SessionCaller {
  const { workspaceId, userId, role } = user;
  return {
    workspaceId,
    actor: { kind: "user", id: userId },
    scopes: roles[role],
    userRole: role,
    limit: {
      subject: userId,
      limit: userRequestsPerMinute,
      seconds: 60,
      name: "requests_per_minute",
      policy: "user",
    },
    user,
  };
}

/** The refusal of a caller who lacks a scope. */
export function scopeMissing({ userRole }: Pick<Caller, "userRole">, needed: string): Refusal {
  const whose = userRole === undefined ? "This API key" : "Your role";
  return new Refusal("forbidden", `${whose} lacks the scope ${needed}.`, {
    required_scope: needed,
  });
}

/** The refusal of a user token. */
export function tokenDenied(denial: TokenDenial): Refusal {
  if (denial === "inactive") return new Refusal("forbidden", "This account is inactive.");
  const challenge = 'Bearer error="invalid_token"';
  return new Refusal("unauthenticated", DENIALS[denial], { challenge });
}

function bearer({ headers }: Request): string | null {
  return /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}
