import * as z from "zod";
import type { Condition } from "../../crm/lists/conditions.ts";
import { sql } from "../../db/sql.ts";
import { lazy } from "../../memory/lazy.ts";
import { filter, linkTo } from "../../operations/filters.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { flag, numbers, orInBodies } from "./filters.ts";
import type { Listing } from "./lists.ts";

/** Records that the caller made, or whose owner they are. */
export const my = filter<boolean, LioCaller>(
  flag,
  (isSet, { caller }) =>
    isSet ? { is: "equal", column: "owner_id", value: userOf(caller).userId } : null,
);

const DIGITS = /^\d+$/;
const WHOLE = "Must be a whole number";

const companyId = lazy(() =>
  orInBodies(
    z.string().regex(DIGITS, WHOLE)
      // No record has a number as large as that.
      .transform((digits) => Math.min(Number(digits), Number.MAX_SAFE_INTEGER))
      .meta({ type: "integer", minimum: 0, pattern: undefined }),
    z.union([z.int().min(0), z.string().regex(DIGITS).meta({ examples: ["17"] })], WHOLE),
  )
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
  filters: { my, company_id: { ...linkTo("companies", "company_id"), check: companyId }, status },
  search: true,
  sorts: ["id", "name", "email", "lead_score", "created_at", "updated_at"],
};
