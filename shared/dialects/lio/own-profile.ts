import type { Fields } from "../../crm/plan.ts";
import type { Call } from "../../http/call.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { refusal } from "./errors.ts";

const ADMINS = new Set(["role_id", "state_id"]);

/**
 * What of a body somebody may change of a user: an Admin everything, others all of themselves but the role
 * and whether they are active. What may not change can be sent back as it was read. Throws Refusal.
 */
export async function changeable(
  call: Call<LioCaller>,
  number: number,
  body: Fields,
): Promise<Fields> {
  const isAdmin = call.caller.scopes.includes("admin");
  if (!isAdmin && userOf(call.caller).number !== number) {
    throw refusal("forbidden", "role", "Only an Admin may change another user.");
  }
  const fixed = Object.keys(body).filter((name) =>
    ADMINS.has(name) ? !isAdmin : name === "phone_no" && body[name] === null
  );
  if (fixed.length === 0) return body;
  const [rows] = await call.workspace.read([{
    text:
      `select role_number::int as role_id, (status <> 'inactive')::int as state_id, phone as phone_no
      from crm.users where number = $1`,
    values: [number],
    prepared: true,
  }]);
  const current = rows?.[0];
  for (const name of fixed) {
    if (current === undefined || current[name] === body[name]) continue;
    if (name === "phone_no") {
      throw new InvalidInput([{ field: name, message: "Must be a phone number; it is null." }]);
    }
    throw refusal("forbidden", "role", `Only an Admin may change ${name}.`);
  }
  return Object.fromEntries(Object.entries(body).filter(([name]) => !fixed.includes(name)));
}
