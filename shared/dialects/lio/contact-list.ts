import type { Condition } from "../../crm/lists/conditions.ts";
import { sql } from "../../db/sql.ts";
import { filter } from "../../operations/filters.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { flag, linkedTo, numbers } from "./filters.ts";
import type { Listing } from "./lists.ts";

/** Records that the caller made, or whose owner they are. */
export const my = filter<boolean, LioCaller>(
  flag,
  (isSet, { caller }) =>
    isSet ? { is: "equal", column: "owner_id", value: userOf(caller).userId } : null,
);

const status = filter<string[], LioCaller>(numbers, (value): Condition => ({
  is: "query",
  shape: "contact status",
  columns: ["status"],
  value,
  met: (given) =>
    sql`status = any(array(select known.value from crm.lookups known
      where known.module_name = 'contact' and known.type = 'status'
        and known.number = any(${given}::bigint[])))`,
}));

/** How contacts are listed (spec: Contacts and companies). */
export const listing: Listing = {
  id: "listContacts",
  summary: "List contacts",
  plural: "Contacts",
  filters: { my, company_id: linkedTo("companies", "company_id"), status },
  search: true,
  sorts: ["id", "name", "email", "lead_score", "created_at", "updated_at"],
};
