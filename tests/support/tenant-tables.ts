import { asOwner } from "./workspace.ts";

/** A table of the schema crm as the API's role may use it. */
export interface GrantedTable {
  name: string;
  /** The column that holds the workspace. */
  tenant: string;
  /** The primary key without the workspace. */
  key: string[];
  /** Whether other records keep one of these from being deleted. */
  held: boolean;
  /** Columns that can be given in an insert. */
  columns: string[];
  /** Those of the columns, outside the key, that no two rows of a workspace share. */
  unique: string[];
  privileges: string[];
  /** Columns that refer to another record, without the workspace, and the table referred to. */
  links: { column: string; table: string; required: boolean }[];
}

/** Every table of the schema crm that the API's role may do anything with, from the catalog. */
export function grantedTables(): Promise<GrantedTable[]> {
  return granted("r", "p");
}

/** Likewise the views, which have no keys. */
export function grantedViews(): Promise<GrantedTable[]> {
  return granted("v");
}

function granted(...kinds: string[]): Promise<GrantedTable[]> {
  return asOwner<GrantedTable & Record<string, unknown>>(
    `
    select c.oid::regclass::text as name,
      case when c.relname = 'workspaces' then 'id' else 'workspace_id' end as tenant,
      array(select attname::text from pg_attribute a, pg_index i
        where i.indrelid = c.oid and i.indisprimary and attrelid = c.oid
          and attnum = any (i.indkey::int2[]) and attname <> 'workspace_id') as key,
      array(select attname::text from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped
          and attgenerated = '' and attidentity = '') as columns,
      array(select distinct attname::text from pg_attribute a, pg_index i
        where i.indrelid = c.oid and i.indisunique and not i.indisprimary and attrelid = c.oid
          and attnum = any (i.indkey::int2[]) and attgenerated = '' and attidentity = ''
          and atttypid = 'text'::regtype) as unique,
      privileges.held as privileges,
      exists (select from pg_constraint f where f.confrelid = c.oid and f.conrelid <> c.oid
        and f.contype = 'f' and f.confdeltype = 'a') as held,
      (select coalesce(json_agg(json_build_object(
          'column', a.attname, 'table', f.confrelid::regclass::text, 'required', a.attnotnull)), '[]')
        from pg_constraint f join pg_attribute a on a.attrelid = c.oid and a.attnum = any (f.conkey)
        where f.conrelid = c.oid and f.contype = 'f' and a.attname <> 'workspace_id') as links
    from pg_class c, lateral (
      select array_agg(privilege) as held
      from unnest(array['select', 'insert', 'update', 'delete']) privilege
      where has_table_privilege('lumenbase_api', c.oid, privilege)
        or privilege <> 'delete' and has_any_column_privilege('lumenbase_api', c.oid, privilege)
    ) privileges
    where c.relnamespace = 'crm'::regnamespace and c.relkind = any ($1)
      and privileges.held is not null
    order by 1`,
    [kinds],
  );
}

type Row = Record<string, unknown>;

// The links point to the workspace's own records.
const SAMPLES: Record<string, (workspaceId: string, own: Record<string, string>) => Row> = {
  "crm.companies": () => ({ name: "Acme", domain: "acme.com" }),
  "crm.contacts": (_, own) => ({ email: "jane@acme.com", company_id: own["crm.companies"] }),
  "crm.users": () => ({ name: "Jane", email: "jane@acme.com" }),
  "crm.pipelines": () => ({ name: "Renewals" }),
  "crm.stages": (_, own) => ({ pipeline_id: own["crm.pipelines"], name: "Due", position: 1 }),
  "crm.deals": (_, own) => ({
    title: "Licence",
    pipeline_id: own["crm.pipelines"],
    stage_id: own["crm.stages"],
    company_id: own["crm.companies"],
    contact_id: own["crm.contacts"],
    assigned_to: own["crm.users"],
  }),
  "crm.tasks": (_, own) => ({
    title: "Call",
    assigned_to: own["crm.users"],
    contact_id: own["crm.contacts"],
    company_id: own["crm.companies"],
    deal_id: own["crm.deals"],
  }),
  "crm.invoices": (_, own) => ({
    invoice_number: "INV-1",
    company_id: own["crm.companies"],
    contact_id: own["crm.contacts"],
    deal_id: own["crm.deals"],
  }),
  "crm.activities": (_, own) => ({
    type: "note",
    title: "Hello",
    company_id: own["crm.companies"],
    contact_id: own["crm.contacts"],
    deal_id: own["crm.deals"],
  }),
  "crm.leads": (_, own) => ({
    first_name: "Jane",
    pipeline_id: own["crm.pipelines"],
    stage_id: own["crm.stages"],
    company_id: own["crm.companies"],
    contact_id: own["crm.contacts"],
    assigned_to: own["crm.users"],
  }),
  "crm.tags": () => ({ name: "VIP" }),
  "crm.lead_tags": (_, own) => ({ lead_id: own["crm.leads"], tag_id: own["crm.tags"] }),
  "crm.connectors": () => ({
    slug: "form",
    name: "Form",
    target: "contact",
    field_map: { email: "email" },
    matching: {},
    defaults: {},
    verification: { type: "none" },
    secrets_set: [],
    requests_per_minute: 60,
  }),
  "crm.connector_tokens": (workspaceId, own) => ({
    connector_id: own["crm.connectors"],
    public_id: `token-of-${workspaceId}`,
    token_hash: `\\x${"00".repeat(32)}`,
  }),
  "crm.connector_deliveries": (_, own) => ({
    connector_id: own["crm.connectors"],
    event_id: "event-1",
    status: "accepted",
    attempts: 1,
    content_type: "application/json",
    body: "\\x7b7d",
    part: false,
    contact_id: own["crm.contacts"],
    activity_id: own["crm.activities"],
  }),
  "crm.idempotency_keys": () => ({ key: "key-1", request_hash: "\\x00" }),
};

/**
 * Fills a workspace: a row in every table the API's role is granted (workspaces has its own already,
 * record_counts and events follow from the others), all alike but for the ids. Answers the ids by table.
 */
export async function fillWorkspace(workspaceId: string): Promise<Record<string, string>> {
  const own: Record<string, string> = { "crm.workspaces": workspaceId };
  for (const table of Object.keys(SAMPLES)) {
    const id = await insertSample(table, workspaceId, own);
    if (id) own[table] = id;
  }
  return own;
}

async function insertSample(
  table: string,
  workspaceId: string,
  own: Record<string, string>,
): Promise<string | undefined> {
  const row = { workspace_id: workspaceId, ...SAMPLES[table]!(workspaceId, own) };
  const columns = Object.keys(row).join(", ");
  const [inserted] = await asOwner<{ id?: string }>(
    `insert into ${table} (${columns})
      select ${columns} from jsonb_populate_record(null::${table}, $1) returning *`,
    [row],
  );
  return inserted?.id;
}

/** A record of a workspace, made without links but to its pipeline when there is none. */
export async function someRecord(table: string, workspaceId: string): Promise<string | undefined> {
  const [first] = await asOwner<{ id: string }>(
    `select id from ${table} where workspace_id = $1 order by id limit 1`,
    [workspaceId],
  );
  if (first !== undefined) return first.id;
  const pipeline = await someRecord("crm.pipelines", workspaceId);
  return await insertSample(table, workspaceId, { "crm.pipelines": pipeline! });
}

/** The rows of a workspace in a table, as JSON. */
export async function rowsOf(
  { name, tenant }: GrantedTable,
  workspaceId: string,
): Promise<Row[]> {
  const rows = await asOwner<{ row: Row }>(
    `select to_jsonb(t) as row from ${name} t where ${tenant} = $1 order by t`,
    [workspaceId],
  );
  return rows.map(({ row }) => row);
}
