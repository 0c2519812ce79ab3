import { sql } from "../db/sql.ts";
import type { Work } from "./bulk.ts";

/** Gives leads the status of a number. */
export function statusOfLeads(status: number): Work {
  return (ids) => sql`app.set_status_of_leads(${ids}, ${status})`;
}

/** Gives leads the user of a number, or none. */
export function assignmentOfLeads(user: number | null): Work {
  return (ids) => sql`app.assign_leads(${ids}, ${user})`;
}

/** Gives leads tags, by number or name; `instead` of all that they have, if so. */
export function tagsOfLeads(tags: readonly unknown[], instead: boolean): Work {
  return (ids) => sql`app.tag_leads(${ids}, ${JSON.stringify(tags)}::jsonb, ${instead})`;
}

/** Deletes leads. */
export const deletionOfLeads: Work = (ids) => sql`app.delete_leads(${ids})`;
