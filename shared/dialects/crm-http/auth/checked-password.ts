import { checkPassword, type Proof } from "../../../auth/sign-in.ts";
import type { Call } from "../../../http/call.ts";
import { Refusal } from "../../../refusals/refusal.ts";
import { queryOf } from "./query.ts";

/** That a password is the one of an email; null when it is not. Throws Refusal after too many such. */
export async function checkedPassword(
  call: Call,
  email: string,
  password: string,
): Promise<Proof | null> {
  const verdict = await checkPassword(queryOf(call), email, password);
  if (verdict.is === "right") return verdict.proof;
  if (verdict.is === "wrong") return null;
  const message = `Too many wrong passwords; try again in ${verdict.retryAfter} s.`;
  throw new Refusal("limited", message, { limit: "sign_in", retry_after: verdict.retryAfter });
}
