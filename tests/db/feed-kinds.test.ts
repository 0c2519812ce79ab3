import { expect, test } from "vitest";
import { KINDS } from "../../shared/dialects/lumenbase/events/kinds.ts";
import { asOwner } from "../support/workspace.ts";

/** Columns that the feed keeps to itself, in every table or in one. */
const UNTOLD = new Set([
  "number",
  "bytes_id",
  // What the other APIs know of the native one's records.
  "contacts.unsubscribed",
  "contacts.owner_id",
  "contacts.seniority",
  "contacts.decision_maker",
  "contacts.linkedin_url",
  "contacts.lead_score",
  "companies.owner_id",
  "companies.relationship",
  "companies.address",
  "companies.contact_email",
  "companies.summary",
  "companies.rating",
  "activities.message_deal_id",
  "activities.user_id",
  "activities.lead_id",
  "deals.closed_at",
  "deals.description",
  "deals.greatest_value",
  "deals.lead_id",
  "deals.postponements",
  "deals.priority",
  "deals.stage_changed_at",
  "deals.stage_id",
  "deals.visited",
  "forms.form_link",
  "leads.job_title",
  "leads.industry",
  "leads.website",
  "leads.address",
  "leads.city",
  "leads.state",
  "leads.country",
  "leads.pin_code",
  "leads.linkedin_url",
  "leads.priority",
  "leads.estimated_value",
  "leads.fit_intent_score",
  "leads.ai_information",
  "leads.last_activity_at",
  "calls.charged",
  "calls.recording_sec",
  "calls.recording_sid",
  "calls.sid",
  "meetings.attendees",
  "meetings.booking",
  "meetings.buffer_after",
  "meetings.buffer_before",
  "meetings.is_exclusive",
  "meetings.organizer",
  "meetings.sequence",
  "meetings.summary",
  "pipelines.description",
  "pipelines.is_active",
  "pipelines.max_deal_limit",
  "pipelines.region",
  "stages.max_days_in_stage",
  "stages.system_key",
  "tags.is_active",
  "tags.parent_id",
  "target_account_contacts.steps",
  "tasks.due_at",
  "tasks.lead_id",
  "tasks.user_id",
  "users.first_name",
  "users.last_name",
  "users.phone",
  "users.timezone",
  "users.language",
  "users.custom_role",
  "users.is_rep",
  "users.role",
  "users.status",
  "users.last_sign_in_at",
]);

test("the feed tells every record that writes events, with every column that is not internal", async () => {
  const tables = await asOwner<{ resource: string; columns: string[]; times: string[] }>(
    `select c.relname as resource,
        array_agg(a.attname::text order by a.attname) as columns,
        coalesce(array_agg(a.attname::text order by a.attname)
          filter (where a.atttypid = 'timestamptz'::regtype), '{}') as times
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
      join pg_attribute a on a.attrelid = c.oid
      where t.tgname = 'record_inserted' and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' and a.attname <> 'workspace_id'
      group by 1 order by 1`,
  );
  const told = KINDS.map(({ resource, columns, times }) => ({
    resource,
    columns: columns.toSorted(),
    times: times.toSorted(),
  }));
  const shown = (table: string) => (column: string) =>
    !UNTOLD.has(column) && !UNTOLD.has(`${table}.${column}`);
  expect(told.toSorted((a, b) => a.resource < b.resource ? -1 : 1)).toEqual(
    tables.map(({ resource, columns, times }) => ({
      resource,
      columns: columns.filter(shown(resource)),
      times: times.filter(shown(resource)),
    })),
  );
});
