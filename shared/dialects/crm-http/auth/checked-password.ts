import { checkPassword } from "../../../auth/sign-in.ts";
import type { Call } from "../../../http/call.ts";
import { Refusal } from "../../../refusals/refusal.ts";
import { queryOf } from "./query.ts";

/** Whether a password is the one of an email. Throws Refusal after too many that were not. */
export async function isPasswordOf(call: Call, email: string, password: string): Promise<boolean> {
  const verdict = await checkPassword(queryOf(call), email, password);
  if (verdict.is !== "locked") return verdict.is === "right";
  const message = `Too many wrong passwords; try again in ${verdict.retryAfter} s.`;
  throw new Refusal("limited", message, { limit: "sign_in", retry_after: verdict.retryAfter });
}
