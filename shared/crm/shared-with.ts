import { sql } from "../db/sql.ts";
import type { Query } from "./lists/conditions.ts";

/**
 * Records of users (`user_id`) that a user sees: their own, those that a column says are for all, and those
 * that it says are for the `team`: users of the owner's role, admins and managers.
 */
export function sharedWith(
  userId: string,
  { column, all }: { column: string; all: string },
): Query {
  const given = sql.ref(column);
  return {
    is: "query",
    shape: `shared by ${column}`,
    columns: ["user_id", column],
    value: userId,
    met: (user) =>
      sql`(${given} = ${
        sql.literal(all)
      } or user_id = ${user}::uuid or ${given} = 'team' and exists (
        select from crm.users me where me.id = ${user}::uuid and (
          me.role in ('admin', 'member') and not me.is_rep or me.role_number = (
            select owner.role_number from crm.users owner where owner.id = user_id))))`,
  };
}
