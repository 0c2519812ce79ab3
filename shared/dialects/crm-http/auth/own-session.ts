import type { SignedIn } from "../../../auth/access-token.ts";
import { isOn } from "../../../auth/sign-in.ts";
import type { Call } from "../../../http/call.ts";
import { denied } from "../../../http/key-holder.ts";
import { bearer } from "../identify.ts";
import { queryOf } from "./query.ts";

/** The session of this API whose access token a request bears. Throws Refusal. */
export async function ownSession(
  call: Call,
): Promise<{ email: SignedIn["email"]; sessionId: string }> {
  const token = bearer(call.request);
  if (token === null) throw denied("missing", "access token");
  const signedIn = await call.services.sessions.signedIn(token);
  const { email, sessionId } = signedIn ?? { email: "", sessionId: null };
  if (sessionId === null || !await isOn(queryOf(call), email, sessionId)) {
    throw denied("unknown", "access token");
  }
  return { email, sessionId };
}
