import type { TokenDenial } from "../../auth/user-sessions.ts";
import type { Call } from "../../http/call.ts";
import { sessionCaller } from "../../http/key-or-session.ts";
import { RIGHTS } from "./access.ts";
import type { LioCaller } from "./caller.ts";
import { refusal } from "./errors.ts";
import type { Refusal } from "../../refusals/refusal.ts";

const DENIALS: Readonly<Record<Exclude<TokenDenial, "inactive">, string>> = {
  invalid: "This token is not valid; log in again.",
  expired: "This token has expired; log in again.",
  revoked: "This token has been revoked; log in again.",
};

/** The token of `Authorization: Bearer …`; null without one. */
function bearer({ headers }: Request): string | null {
  const given = headers.get("authorization");
  return given === null ? null : /^Bearer +(\S+) *$/i.exec(given)?.[1] ?? "";
}

/** The user who signed in (decisions: 2). Throws Refusal. */
export function identify(call: Call<LioCaller>): Promise<LioCaller> {
  return identified(call, false);
}

/** Like {@link identify}, also of a token that has been revoked. Throws Refusal. */
export function identifyRevoked(call: Call<LioCaller>): Promise<LioCaller> {
  return identified(call, true);
}

async function identified(
  { request, services }: Call<LioCaller>,
  revoked: boolean,
): Promise<LioCaller> {
  const token = bearer(request);
  if (token === null) {
    const message = "No token; log in and send the header Authorization: Bearer <token>.";
    throw refusal("unauthenticated", "token_missing", message, { challenge: "Bearer" });
  }
  const user = await services.userSessions.user(token, revoked);
  if (typeof user === "string") throw denied(user);
  return sessionCaller(user, RIGHTS, services);
}

/** Why a token lets nobody in. */
export function denied(denial: TokenDenial): Refusal {
  if (denial === "inactive") {
    return refusal("forbidden", "account_inactive", "This account is inactive.");
  }
  const challenge = 'Bearer error="invalid_token"';
  return refusal("unauthenticated", `token_${denial}`, DENIALS[denial], { challenge });
}
