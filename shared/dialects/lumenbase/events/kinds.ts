import { activities } from "../../../crm/activities.ts";
import { companies } from "../../../crm/companies.ts";
import { contacts } from "../../../crm/contacts.ts";
import { deals } from "../../../crm/deals.ts";
import { invoices } from "../../../crm/invoices.ts";
import { leads } from "../../../crm/leads.ts";
import { pipelines } from "../../../crm/pipelines.ts";
import type { Resource } from "../../../crm/resource.ts";
import { stages } from "../../../crm/stages.ts";
import { tags } from "../../../crm/tags.ts";
import { tasks } from "../../../crm/tasks.ts";
import { isTime } from "../../../crm/values/record-schema.ts";
import type { ToldKind } from "../../../events/feed.ts";
import { users } from "../users.ts";

/** What is counted or collected of other records, and so no column of the record's own. */
const OTHERS = new Set(["stages", "leads_count"]);

/** Every kind of record whose changes the feed tells, as this API or else the core names its columns. */
export const KINDS: readonly ToldKind[] = [
  ...[contacts, companies, deals, tasks, invoices, activities, users, pipelines, stages, tags]
    .map((resource) => kindOf(resource)),
  kindOf(leads, ["company_id"]),
  // An event of one is of its lead.
  { resource: "lead_tags", record: "lead_tag", columns: ["lead_id", "tag_id"], times: [] },
];

function kindOf({ name, record, columns }: Resource, more: readonly string[] = []): ToldKind {
  const own = Object.entries(columns).filter(([column]) => !OTHERS.has(column));
  return {
    resource: name,
    record,
    columns: [...own.map(([column]) => column), ...more],
    times: own.filter(([, { answer }]) => isTime(answer)).map(([column]) => column),
  };
}
