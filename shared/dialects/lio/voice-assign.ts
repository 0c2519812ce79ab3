import * as z from "zod";
import { numberAssignment } from "../../crm/phone-numbers.ts";
import { shownRecord, writeThenSelect } from "../../crm/views/statements.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { written } from "../../operations/written.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { id } from "./given.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { phoneNumber } from "./voice-number-view.ts";

const MOST_USERS = 50;

const body = lazy(() =>
  z.strictObject({
    number_id: id(),
    user_ids: z.array(id()).max(MOST_USERS, `Must have at most ${MOST_USERS} ids`).optional(),
    user_id: id().optional(),
  }).meta({
    anyOf: [
      { required: ["user_ids"], properties: { user_id: { not: {} } } },
      { required: ["user_id"], properties: { user_ids: { not: {} } } },
    ],
  })
);

/** POST: lets a phone number ring users, in place of those before (decisions: 23). */
export const assignNumber: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "assignNumber",
      summary: "Assign a phone number to users",
      body: body(),
      answers: { 200: oneRecord(phoneNumber.schema) },
    };
  },
  async run(call) {
    const [, { number_id, users, field }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => assignmentOf(validated(body(), objectOf(call))),
    );
    return await written(
      call,
      phoneNumber,
      writeThenSelect(phoneNumber, numberAssignment(number_id, users, field)),
      (rows) => answer(200, shownRecord(phoneNumber, number_id, rows), "Phone number assigned"),
    );
  },
};

function assignmentOf({ number_id, user_ids, user_id }: z.output<ReturnType<typeof body>>) {
  if (user_ids !== undefined && user_id === undefined) {
    return { number_id, users: [...new Set(user_ids)], field: "user_ids" };
  }
  if (user_id !== undefined && user_ids === undefined) {
    return { number_id, users: [user_id], field: "user_id" };
  }
  const message = "Give either user_ids, or user_id.";
  throw new InvalidInput([{ field: user_ids === undefined ? "user_ids" : "user_id", message }]);
}
