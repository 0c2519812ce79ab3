import { givenProfile, profileChange } from "../../crm/booking/profile.ts";
import { optional, phone } from "../../crm/values/fields.ts";
import { bodySchema, changeOf } from "../../crm/views/body.ts";
import { alteration, shownRecord, writeThenSelect, writtenId } from "../../crm/views/statements.ts";
import { given } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes } from "../../refusals/validation.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { changeable } from "./own-profile.ts";
import { BODY, objectOf, pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { toldOfUser } from "./told-users.ts";
import { profile, profileSchema } from "./user-profile.ts";
import { roleColumns } from "./user-view.ts";

const body = lazy(() =>
  bodySchema(profile, "change").extend({
    phone_no: optional(phone()),
    booking: givenProfile().optional(),
  })
);
const changed = lazy(() => oneRecord(profileSchema()));

/** POST: changes a user, whom others than an Admin only are themselves. */
export const updateUser: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "updateUser",
      summary: "Update a user",
      body: body().meta({ minProperties: 1 }),
      answers: { 200: changed() },
      refusals: ["not_found" as const, "conflict" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "id");
    const [, values] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => changes(objectOf(call)),
    );
    const { booking, ...others } = await changeable(call, number, values);
    const { columns } = given(profile, others);
    const { role_id, status, ...plain } = columns;
    const row = alteration(profile, number, {
      columns: {
        ...plain,
        ...(role_id === undefined ? {} : roleColumns(role_id)),
        ...(status === undefined ? {} : { status: stateOf(status) }),
      },
      links: [],
    });
    const also = booking == null ? [] : [profileChange(writtenId, booking)];
    try {
      return await write(
        call,
        writeThenSelect(profile, row, also),
        (rows) => answer(200, shownRecord(profile, number, rows.at(-1)), "User updated"),
      );
    } catch (error) {
      throw await toldOfUser(call, error, columns.email);
    }
  },
};

function changes(sent: Record<string, unknown>) {
  const values = changeOf(body(), sent);
  if (Object.keys(sent).length > 0) return values;
  throw new InvalidInput([{ field: "body", message: "The body must have at least one field." }]);
}

// Who is invited is active already, as this API has it.
function stateOf(status: unknown) {
  return status === "active"
    ? sql`case status when 'inactive' then 'active' else status end`
    : status;
}
