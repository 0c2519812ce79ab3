import { asOwner, eventually } from "./workspace.ts";

// A request is counted and logged, and its key noted as used, whatever it does.
const NOT_COMPARED = ["api_keys", "rate_windows", "request_hours", "requests"];

/**
 * What every table of the schema crm holds of a workspace, as a count and a sum of its rows' hashes, once its
 * jobs that are due are done. Those that are tried again soon are put off, so that none begins before the next
 * snapshot.
 */
export async function snapshotOf(workspaceId: string): Promise<Record<string, string>> {
  await eventually(() => isIdle(workspaceId));
  const tables = await asOwner<{ name: string; tenant: string }>(
    `select relname as name, attname as tenant
     from pg_class join pg_attribute on attrelid = pg_class.oid
     where relnamespace = 'crm'::regnamespace and relkind = 'r' and relname <> all ($1)
       and attname = case relname when 'workspaces' then 'id' when 'accounts' then 'set_in'
         else 'workspace_id' end
     order by 1`,
    [NOT_COMPARED],
  );
  const rows = await asOwner<{ name: string; rows: string }>(
    tables.map(({ name, tenant }) =>
      `select '${name}' as name, concat(count(*), ' rows, ', sum(hashtextextended(t::text, 0))) as rows
       from crm.${name} t where ${tenant} = $1`
    ).join(" union all "),
    [workspaceId],
  );
  return Object.fromEntries(rows.map((one) => [one.name, one.rows]));
}

/** Whether a workspace has no job that is due or begins soon; those that would be tried again soon are put off. */
export async function isIdle(workspaceId: string): Promise<boolean> {
  await asOwner(
    `update crm.jobs set run_at = now() + interval '1 day' where workspace_id = $1
      and status = 'waiting' and run_at > now() and run_at < now() + interval '1 hour'`,
    [workspaceId],
  );
  const soon = `select from crm.jobs where workspace_id = $1 and status <> 'dead'
    and run_at < now() + interval '1 hour'`;
  return (await asOwner(soon, [workspaceId])).length === 0;
}
