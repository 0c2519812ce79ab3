import type { Row } from "./sample.ts";
import { SAMPLES } from "./tenant-samples.ts";
import { asOwner, inOwnerTransaction } from "./workspace.ts";

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
  /** Those of the columns, outside the key, that no two rows of a workspace share, as they are or in any case. */
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
      array(select distinct regexp_replace(attname::text, '_key$', '') from pg_attribute a, pg_index i
        where i.indrelid = c.oid and i.indisunique and not i.indisprimary and attrelid = c.oid
          and attnum = any (i.indkey::int2[]) and attidentity = ''
          and atttypid = 'text'::regtype
          -- One of a few words stays itself.
          and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
            and k.conkey = array[attnum] and pg_get_constraintdef(k.oid) like '%ANY (ARRAY%')) as unique,
      privileges.held as privileges,
      exists (select from pg_constraint f where f.confrelid = c.oid and f.conrelid <> c.oid
        and f.contype = 'f' and f.confdeltype = 'a'
        -- A row of each is linked by ids, and so by no number.
        and exists (select from pg_attribute a where a.attrelid = f.conrelid
          and a.attnum = any (f.conkey) and a.attname <> 'workspace_id' and a.atttypid = 'uuid'::regtype)) as held,
      (select coalesce(json_agg(json_build_object(
          'column', a.attname, 'table', f.confrelid::regclass::text, 'required', a.attnotnull)), '[]')
        from pg_constraint f join pg_attribute a on a.attrelid = c.oid and a.attnum = any (f.conkey)
        where f.conrelid = c.oid and f.contype = 'f' and a.attname <> 'workspace_id'
          -- A role is linked by its number, which lio-users.test.ts tries.
          and a.atttypid = 'uuid'::regtype) as links
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

/**
 * Fills a workspace: a row in every table the API's role is granted (workspaces has its own already,
 * record_counts and events follow from the others), all alike but for the ids. Answers the ids by table.
 * Its lead is not scored, so that it stays as it is.
 */
export function fillWorkspace(workspaceId: string): Promise<Record<string, string>> {
  return inOwnerTransaction(async (run) => {
    const own: Record<string, string> = { "crm.workspaces": workspaceId };
    for (const table of Object.keys(SAMPLES)) {
      const id = await insertSample(table, workspaceId, own, run);
      if (id) own[table] = id;
    }
    await run("delete from crm.jobs where workspace_id = $1 and kind = 'leads.score'", [
      workspaceId,
    ]);
    return own;
  });
}

async function insertSample(
  table: string,
  workspaceId: string,
  own: Record<string, string>,
  run = asOwner,
): Promise<string | undefined> {
  const row = { workspace_id: workspaceId, ...SAMPLES[table]!(workspaceId, own) };
  const columns = Object.keys(row).join(", ");
  const [inserted] = await run<{ id?: string }>(
    `insert into ${table} (${columns})
      select ${columns} from jsonb_populate_record(null::${table}, $1) returning *`,
    [row],
  );
  return inserted?.id;
}

/** A record of a workspace, made without links but to its pipeline, or of a signal its lead, when there is none. */
export async function someRecord(table: string, workspaceId: string): Promise<string | undefined> {
  const [first] = await asOwner<{ id: string }>(
    `select id from ${table} where workspace_id = $1 order by id limit 1`,
    [workspaceId],
  );
  if (first !== undefined) return first.id;
  const owner = table === "crm.intent_signals" ? "crm.leads" : "crm.pipelines";
  const id = await someRecord(owner, workspaceId);
  return await insertSample(table, workspaceId, { [owner]: id! });
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
