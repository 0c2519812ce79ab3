import { SLUG_FIELD } from "../../crm/members.ts";
import { domainError } from "../../crm/records.ts";
import { byField } from "../../crm/views/by-field.ts";
import type { Call } from "../../http/call.ts";
import { Blocked, Conflict } from "../../refusals/errors.ts";
import { refusal } from "./errors.ts";
import { user } from "./user-view.ts";

/** What a write of a user gives that the database refused, in the words of this API. */
export async function toldOfUser(call: Call, error: unknown, email: unknown): Promise<unknown> {
  const refused = byField(user, domainError(user.resource, error));
  if (refused instanceof Blocked) return refusal("conflict", "last_admin", refused.message);
  if (!(refused instanceof Conflict)) return refused;
  if (refused.fields.some(({ field }) => field === SLUG_FIELD)) {
    return refusal("conflict", "duplicate", refused.message);
  }
  const [rows] = await call.workspace.read([{
    text: "select number from crm.users where email = $1",
    values: [email],
    prepared: true,
  }]);
  const existing_id = rows?.[0] === undefined ? null : Number(rows[0].number);
  return refusal("conflict", "duplicate", refused.message, { existing_id });
}
