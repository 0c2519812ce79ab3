import { stringify } from "lossless-json";
import { type Sql, sql, statement } from "../../db/sql.ts";
import type { Statement } from "../../db/wire/pipeline.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Workspace } from "../../db/workspace.ts";
import type { LeadEvent } from "../../events/lead-event.ts";
import { recordOf } from "../../formats/stored-json.ts";
import { lead as view } from "./lead-view.ts";
import { shown } from "../../crm/views/view.ts";

type Lead = Record<string, unknown>;
type Changes = NonNullable<LeadEvent["data"]["changes"]>;

/** The columns of links, by the fields that show them. */
const LINKS: Readonly<Record<string, string>> = {
  company: "company_id",
  pipeline_id: "pipeline_id",
  pipeline_stage_id: "stage_id",
  assigned_user_id: "assigned_to",
  contact_id: "contact_id",
};

/** What app.lead_event tells of an event, with the lead's rows as this API answers them, in JSON. */
interface Told {
  resource: "leads" | "lead_tags" | "form_submissions" | null;
  action: "created" | "updated" | "deleted";
  at: string;
  lead_id: string;
  before: Lead | null;
  after: Lead | null;
  lead: Lead | null;
  tags: string[];
  tag: string | null;
  gone: Record<string, { number: number; name: string | null }> | null;
  chain: string[];
  shown_lead: string | null;
  shown_before: string | null;
  shown_after: string | null;
  form: { number: number; name: string } | null;
}

/** What happened to a lead, as this API tells it, by an event of `crm.events` (its sequence number). */
export async function leadEvents(workspace: Workspace, sequence: number): Promise<LeadEvent[]> {
  const [rows] = await workspace.read([selectEvent(sequence)]);
  const [told] = rowsOf<Told>(rows);
  if (told === undefined || told.lead === null || told.shown_lead === null) return [];
  const lead = { ...linked(told, told.lead, told.shown_lead), tags: told.tags };
  return eventsOf(told, lead).map((event) => ({
    type: event.type,
    sequence,
    at: told.at,
    leadId: event.type === "lead.deleted" ? null : told.lead_id,
    data: { lead, ...event.data },
    chain: told.chain,
  }));
}

interface Happened {
  type: LeadEvent["type"];
  data?: Omit<LeadEvent["data"], "lead">;
}

function eventsOf(told: Told, lead: Lead): Happened[] {
  const { resource, action, tag, after, form } = told;
  if (resource === "lead_tags") {
    if (tag === null || action === "updated") return [];
    return [{ type: action === "created" ? "lead.tag_added" : "lead.tag_removed", data: { tag } }];
  }
  if (resource === "form_submissions") {
    if (action !== "created" || after === null || after.spam === true || form === null) return [];
    const submission = { id: Number(after.number), values: after.values as Lead };
    const { number: id, name } = form;
    return [{ type: "form.submitted", data: { form: { id, name }, submission } }];
  }
  if (action === "created") return [{ type: "lead.created" }];
  return action === "deleted" ? [{ type: "lead.deleted" }] : updates(told, lead);
}

function updates(told: Told, lead: Lead): Happened[] {
  const { before, after, shown_before, shown_after } = told;
  if (before === null || after === null || shown_before === null || shown_after === null) return [];
  const from = linked(told, before, shown_before);
  const to = linked(told, after, shown_after);
  const changes: Changes = {};
  for (const name of Object.keys(lead)) {
    if (name === "updated_at" || stringify(from[name]) === stringify(to[name])) continue;
    changes[name] = { from: from[name], to: to[name] };
  }
  delete changes.tags;
  if (Object.keys(changes).length === 0) return [];
  const updated: Happened = { type: "lead.updated", data: { changes } };
  return "pipeline_stage_id" in changes
    ? [updated, { type: "lead.stage_changed", data: { changes } }]
    : [updated];
}

// What a row is linked to is told also when it was deleted since.
function linked({ gone }: Told, row: Lead, record: string): Lead {
  const told = recordOf(record);
  for (const [name, column] of Object.entries(LINKS)) {
    const deleted = gone?.[String(row[column])];
    if (deleted !== undefined) told[name] = name === "company" ? deleted.name : deleted.number;
  }
  return told;
}

let text: string | undefined;

function selectEvent(sequence: number): Statement {
  text ??= statement(sql`
    select told.*, ${shownRow("lead")}, ${shownRow("before")}, ${shownRow("after")}
    from app.lead_event(${sequence}) told where told.resource is not null`).text;
  return { text, values: [sequence], prepared: true };
}

function shownRow(name: "lead" | "before" | "after"): Sql {
  const row = sql.ref(`told.${name}`);
  return sql`case when told.resource = 'leads' or ${sql.literal(name)} = 'lead' then (
    select row_to_json(record)::text from (
      select ${shown(view)} from jsonb_populate_record(null::crm.leads, ${row}) page
      where ${row} is not null) record) end as ${sql.ref(`shown_${name}`)}`;
}
