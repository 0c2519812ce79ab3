import * as z from "zod";
import { hashPassword } from "../../auth/password.ts";
import { bodySchema, creationOf, withoutIgnored } from "../../crm/views/body.ts";
import { insertion, shownRecord, writeThenSelect, writtenId } from "../../crm/views/statements.ts";
import { given } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { JsonText } from "../../formats/json-text.ts";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes } from "../../refusals/validation.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { newPassword } from "./passwords.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { toldOfUser } from "./told-users.ts";
import { profile, profileSchema } from "./user-profile.ts";
import { roleColumns } from "./user-view.ts";

const REP = 3;

const body = lazy(() =>
  withoutIgnored(bodySchema(profile, "creation")).extend({ password: newPassword() })
);
const made = lazy(() =>
  oneRecord(profileSchema().extend({ password_set: z.boolean() }).meta({ id: "NewUser" }))
);

/** POST: adds a user, who keeps the password of an email that signs in elsewhere already; 201. */
export const addUser: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "createUser",
      summary: "Add a user",
      body: body(),
      answers: { 201: made() },
      refusals: ["conflict" as const],
    };
  },
  async run(call) {
    const [, values] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => creationOf(body(), objectOf(call)),
    );
    const { columns: { role_id = REP, status = "active", ...columns } } = given(profile, values);
    const row = insertion(profile, {
      columns: { ...columns, ...roleColumns(role_id), status },
      links: [],
    });
    const hash = await hashPassword(String(values.password));
    const offer = sql`select app.offer_password(${writtenId}, ${hash}) as is_set`;
    const statements = writeThenSelect(profile, row, [offer]);
    try {
      return await write(call, statements, ([, offered, rows]) => {
        const { text } = shownRecord(profile, "", rows);
        const isSet = offered?.[0]?.is_set === true;
        const record = new JsonText(`${text.slice(0, -1)},"password_set":${isSet}}`);
        return answer(201, record, "User created");
      });
    } catch (error) {
      throw await toldOfUser(call, error, columns.email);
    }
  },
};
