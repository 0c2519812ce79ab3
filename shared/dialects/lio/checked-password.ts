import { checkPassword, type Proof } from "../../auth/sign-in.ts";
import { networkOf } from "../../http/by-address.ts";
import type { Call } from "../../http/call.ts";
import { refusal } from "./errors.ts";

/**
 * That a password is the one of an email; null when it is not, or for the email null, which nobody has.
 * Throws Refusal after too many such.
 */
export async function checkedPassword(
  call: Call,
  email: string | null,
  password: string,
): Promise<Proof | null> {
  const { database } = call.services;
  const verdict = await checkPassword(
    (statement) => database.query(statement),
    { email, password, address: networkOf(call) },
  );
  if (verdict.is === "right") return verdict.proof;
  if (verdict.is === "wrong") return null;
  const { by, retryAfter } = verdict;
  const code = by === "email" ? "account_locked" : "too_many_attempts";
  const message = `Too many wrong passwords; try again in ${retryAfter} s.`;
  throw refusal("limited", code, message, { limit: "sign_in", retry_after: retryAfter });
}
