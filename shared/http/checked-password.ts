import { checkPassword, type GuessLimit, type Proof } from "../auth/sign-in.ts";
import { Refusal } from "../refusals/refusal.ts";
import { networkOf } from "./by-address.ts";
import type { Call } from "./call.ts";

const TOO_MANY: Record<GuessLimit, string> = {
  email: "Too many wrong passwords",
  address: "Too many wrong passwords from your address",
};

/** That a password is the one of an email; null when it is not. Throws Refusal after too many such. */
export async function checkedPassword(
  call: Call,
  email: string,
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
  const message = `${TOO_MANY[by]}; try again in ${retryAfter} s.`;
  throw new Refusal("limited", message, { limit: "sign_in", retry_after: retryAfter });
}
