import * as z from "zod";
import { hashPassword } from "../../auth/password.ts";
import { answeredBefore } from "../../http/idempotency.ts";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { checked, collectMistakes } from "../../refusals/validation.ts";
import { userOf } from "./caller.ts";
import { checkedPassword } from "./checked-password.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { refusal } from "./errors.ts";
import { newPassword } from "./passwords.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const body = lazy(() =>
  z.strictObject({
    current_password: z.string(),
    new_password: newPassword(),
    confirm_password: z.string(),
  }).refine((given) => given.new_password === given.confirm_password, {
    path: ["confirm_password"],
    error: "Must be the same as new_password",
    when: ({ value }) => isGiven(value),
  })
);
const answered = lazy(() => oneRecord(z.null()));

/** POST: gives the user another password; their other sessions end. */
export const changePassword: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "changePassword",
      summary: "Change the password",
      body: body(),
      answers: { 200: answered() },
      refusals: ["limited" as const],
    };
  },
  async run(call) {
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => checked(body(), objectOf(call)),
    );
    const { email, sessionId } = userOf(call.caller);
    // A retry gives the password that was right then.
    const before = await answeredBefore(call);
    if (before !== null) return before;
    const proof = await checkedPassword(call, email, given.current_password);
    if (proof === null) {
      const message = "Is not your password.";
      throw new InvalidInput([{ field: "current_password", message }]);
    }
    const hash = await hashPassword(given.new_password);
    const change = {
      text: "select app.change_password($1, $2, $3, $4, $5) as done",
      values: [email, sessionId, proof.attempt, proof.hash, hash],
      prepared: true as const,
    };
    return await write(call, [change], ([rows]) => {
      if (rows?.[0]?.done === true) return answer(200, null, "Password changed");
      throw refusal("unauthenticated", "token_revoked", "This token has been revoked.");
    });
  },
};

function isGiven(value: unknown): boolean {
  return typeof value === "object" && value !== null &&
    "new_password" in value && "confirm_password" in value;
}
