import type { SignedIn } from "../../../auth/access-token.ts";
import { isOn } from "../../../auth/sign-in.ts";
import type { Call } from "../../../http/call.ts";
import { Refusal } from "../../../refusals/refusal.ts";
import { accessTokenDenied, bearer } from "../identify.ts";
import { queryOf } from "./query.ts";

/** The session of this API whose access token a request bears. Throws Refusal. */
export async function ownSession(
  call: Call,
): Promise<{ email: SignedIn["email"]; sessionId: string }> {
  const token = bearer(call.request);
  if (token === null) {
    const message = "No access token; send the header Authorization: Bearer <access token>.";
    throw new Refusal("unauthenticated", message, { challenge: "Bearer" });
  }
  const signedIn = await call.services.sessions.signedIn(token);
  const { email, sessionId } = signedIn ?? { email: "", sessionId: null };
  if (sessionId === null || !await isOn(queryOf(call), email, sessionId)) {
    throw accessTokenDenied();
  }
  return { email, sessionId };
}
