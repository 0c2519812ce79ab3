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

const WRITTEN = ["created_at", "updated_at"];
const MEETING_TIMES = ["start_time", "end_time"];
const CALL_TIMES = ["started_at", "answered_at", "ended_at"];
const LINKS = ["pipeline_id", "stage_id", "assigned_to"];

/** Every kind of record whose changes the feed tells, as this API or else the core names its columns. */
export const KINDS: readonly ToldKind[] = [
  ...[contacts, companies, deals, tasks, invoices, activities, users, pipelines, stages, tags]
    .map((resource) => kindOf(resource)),
  kindOf(leads, ["company_id"]),
  // An event of one is of its lead.
  { resource: "lead_tags", record: "lead_tag", columns: ["lead_id", "tag_id"], times: [] },
  {
    resource: "company_memberships",
    record: "company_membership",
    columns: ["id", "contact_id", "company_id", "role", "is_primary", "started_at", "ended_at"]
      .concat(WRITTEN),
    times: ["started_at", "ended_at", ...WRITTEN],
  },
  {
    resource: "forms",
    record: "form",
    columns: ["id", "name", "is_active", "fields", "source", "tags", "public", "honeypot_field"]
      .concat("success_message", "redirect_url", LINKS, WRITTEN),
    times: WRITTEN,
  },
  {
    resource: "form_submissions",
    record: "form_submission",
    columns: ["id", "form_id", "lead_id", "is_duplicate", "values", "spam", "created_at"],
    times: ["created_at"],
  },
  {
    resource: "intent_signals",
    record: "intent_signal",
    columns: ["id", "lead_id", "signal_type", "signal_detail", "source", "points"]
      .concat("occurred_at", "created_at"),
    times: ["occurred_at", "created_at"],
  },
  {
    resource: "target_accounts",
    record: "target_account",
    columns: ["id", "company_id", "owner_id", "tier", "status", "icp_fit_score"]
      .concat("estimated_decision_makers", WRITTEN),
    times: WRITTEN,
  },
  {
    resource: "target_account_contacts",
    record: "target_account_contact",
    columns: ["id", "target_account_id", "contact_id", "stakeholder_role", "created_at"],
    times: ["created_at"],
  },
  {
    resource: "outreach_steps",
    record: "outreach_step",
    columns: ["id", "target_account_id", "contact_id", "step", "channel", "scheduled_at"]
      .concat("assigned_to", "notes", "status", "created_at"),
    times: ["scheduled_at", "created_at"],
  },
  {
    resource: "documents",
    record: "document",
    columns: ["id", "lead_id", "file_name", "mime_type", "size", "document_type", "description"]
      .concat("user_id", "created_at"),
    times: ["created_at"],
  },
  {
    resource: "meetings",
    record: "meeting",
    columns: ["id", "user_id", "lead_id", "contact_id", "company_id", "title", "description"]
      .concat(
        "location",
        MEETING_TIMES,
        "timezone",
        "meeting_tool",
        "meeting_url",
        "status",
        WRITTEN,
      ),
    times: [...MEETING_TIMES, ...WRITTEN],
  },
  {
    resource: "calls",
    record: "call",
    columns: ["id", "user_id", "lead_id", "contact_id", "company_id", "direction", "from_number"]
      .concat("to_number", "status", CALL_TIMES, "duration_sec", "price", "currency", WRITTEN),
    times: [...CALL_TIMES, ...WRITTEN],
  },
  {
    resource: "automations",
    record: "automation",
    columns: ["id", "name", "is_active", "active_since", "trigger", "conditions", "actions"]
      .concat(WRITTEN),
    times: ["active_since", ...WRITTEN],
  },
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
