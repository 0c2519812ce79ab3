import * as z from "zod";
import { sql, statement } from "../../db/sql.ts";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { checked, collectMistakes } from "../../refusals/validation.ts";
import { userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { refusal } from "./errors.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { deletedRecord, recordId } from "./schemas.ts";
import { toldOfUser } from "./told-users.ts";

const body = lazy(() => z.strictObject({ user_id: recordId() }));

/** POST: removes a user; what was assigned to them stays, unassigned. */
export const deleteUser: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "deleteUser",
      summary: "Remove a user",
      body: body(),
      answers: { 200: deletedRecord() },
      refusals: ["not_found" as const, "conflict" as const],
    };
  },
  async run(call) {
    const [, { user_id: id }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => checked(body(), objectOf(call)),
    );
    if (userOf(call.caller).number === id) {
      throw refusal("conflict", "self_delete", "You cannot remove yourself.");
    }
    const removal = sql`delete from crm.users where number = ${id} returning id`;
    try {
      return await write(call, [statement(removal)], ([rows = []]) => {
        if (rows.length === 0) throw new RecordNotFound("user", String(id));
        return answer(200, { id, deleted: true }, "User deleted");
      });
    } catch (error) {
      throw await toldOfUser(call, error, null);
    }
  },
};
