import { connectors } from "../../shared/connectors/connectors.ts";
import { deliveries } from "../../shared/connectors/deliveries.ts";
import type { Resource } from "../../shared/crm/resource.ts";
import { resources } from "../../shared/crm/resources.ts";
import { asOwner } from "./workspace.ts";

// Those of one pipeline are listed, never those of all.
const { stages: _, ...listed } = resources;
/** Every resource that has lists of its own. */
export const LISTED: readonly Resource[] = [...Object.values(listed), connectors, deliveries];

/** What else counts records by value, by table. */
const ALSO_COUNTED: Record<string, readonly string[]> = {
  attachments: [],
  account_mailings: [],
  documents: [],
  email_drafts: [],
  files: [],
  outreach_steps: [],
  target_account_contacts: [],
  target_accounts: [],
  images: [],
  booking_profiles: [],
  calendar_events: [],
  meeting_transcripts: [],
  meetings: ["status"],
  calls: ["status"],
  call_agents: [],
  call_turns: [],
  phone_numbers: [],
  phone_number_users: [],
  activities: ["deal_id", "timeline_deal_id"],
  companies: ["relationship", "owner_id", "lifecycle"],
  company_memberships: [],
  contact_addresses: [],
  contact_merges: [],
  exports: [],
  external_ids: [],
  hubspot_imports: [],
  slack_messages: [],
  import_jobs: [],
  deals: ["outcome", "stage_id", "visited"],
  lead_tags: ["tag_id"],
  marketing_list_members: ["list_id"],
  intent_alerts: [],
  intent_signals: [],
  lookups: [],
  messages: ["deal_id"],
  notifications: [],
  stored_bytes: [],
  stage_changes: ["deal_id"],
  tasks: ["is_done", "open_due_date", "deal_id"],
};

/** The fields by whose values the records of a table are counted. */
export function countedFields(table: string): readonly string[] {
  const resource = LISTED.find(({ name }) => name === table);
  return [...resource?.counted ?? [], ...ALSO_COUNTED[table] ?? []];
}

/** Every table of records that keeps a total, from the catalog. */
export async function countedTables(): Promise<string[]> {
  const tables = await asOwner<{ name: string }>(
    `select relname as name from pg_class c join pg_trigger t on t.tgrelid = c.oid
      where relnamespace = 'crm'::regnamespace and tgname = 'count_inserted' order by 1`,
  );
  const records = new Set([...LISTED.map(({ name }) => name), "stages", "lead_tags"]);
  return tables.map(({ name }) => name).filter((name) => records.has(name));
}

/** Totals by table, such as `deals`, and by value, such as `deals.status=won`; none that is zero. */
export type Totals = Record<string, number>;

interface Total extends Record<string, unknown> {
  field: string;
  value: string;
  total: number;
}

/** What the counts say of a workspace, and what there is. */
export async function totalsOf(id: string): Promise<{ counted: Totals; actual: Totals }> {
  const counted = await asOwner<Total & { resource: string }>(
    `select resource, field, value, sum(records)::int as total from crm.record_counts
      where workspace_id = $1 group by resource, field, value having sum(records) <> 0`,
    [id],
  );
  const tables = new Set([...await countedTables(), ...Object.keys(ALSO_COUNTED)]);
  const actual = await Promise.all(Array.from(tables, async (table) => {
    const ways = [
      `select '' as field, '' as value, count(*)::int as total from crm.${table}
        where workspace_id = $1 having count(*) > 0`,
      ...countedFields(table).map((field) =>
        `select '${field}', ${field}::text, count(*)::int from crm.${table}
          where workspace_id = $1 and ${field} is not null group by 2`
      ),
    ];
    const rows = await asOwner<Total>(ways.join(" union all "), [id]);
    return rows.map(({ field, value, total }) => ({ field, value, total, resource: table }));
  }));
  return { counted: named(counted), actual: named(actual.flat()) };
}

function named(totals: (Total & { resource: string })[]): Totals {
  return Object.fromEntries(totals.map(({ resource, field, value, total }) => [
    field === "" ? resource : `${resource}.${field}=${value}`,
    total,
  ]));
}
