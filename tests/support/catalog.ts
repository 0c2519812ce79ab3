import type pg from "pg";

// A rate window counts for a workspace or a connector; an account and a schedule are of no workspace.
const TENANT_COLUMN = `case c.relname when 'workspaces' then 'id' when 'rate_windows' then 'subject'
  when 'schedules' then 'name'
  when 'accounts' then 'email' when 'sessions' then 'email' when 'refresh_tokens' then 'email'
  when 'sign_in_attempts' then 'subject'
  else 'workspace_id' end`;
const FOREIGN_KEYS = `from pg_constraint f
  join pg_class c on c.oid = f.conrelid
  join pg_class target on target.oid = f.confrelid
  where f.contype = 'f' and c.relnamespace = 'crm'::regnamespace
    and target.relnamespace = 'crm'::regnamespace`;

/** Rules of the schemas crm and app: each query answers the objects that break its rule. */
const RULES: Record<string, string> = {
  "row-level security is not enabled and forced": `
    select c.oid::regclass from pg_class c
    where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p')
      and not (c.relrowsecurity and c.relforcerowsecurity)`,
  "no policy": `
    select c.oid::regclass from pg_class c
    where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_policy p where p.polrelid = c.oid)`,
  "row-level security does not reach it": `
    select c.oid::regclass from pg_class c
    where c.relnamespace in ('crm'::regnamespace, 'app'::regnamespace) and (
      c.relkind in ('m', 'f') or c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      or c.relkind = 'v'
        and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false))`,
  "the primary key does not begin with the workspace": `
    select c.oid::regclass from pg_class c
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p')
      and a.attname is distinct from ${TENANT_COLUMN}`,
  "the foreign key does not carry the workspace": `
    select format('%s of %s', f.conname, c.oid::regclass) ${FOREIGN_KEYS}
      and not exists (
        select from unnest(f.conkey, f.confkey) as pair (own, other)
        join pg_attribute a on a.attrelid = f.conrelid and a.attnum = pair.own
        join pg_attribute b on b.attrelid = f.confrelid and b.attnum = pair.other
        where a.attname = ${TENANT_COLUMN}
          and b.attname = ${TENANT_COLUMN.replaceAll("c.", "target.")})`,
  "the foreign key has no index": `
    select format('%s of %s', f.conname, c.oid::regclass) ${FOREIGN_KEYS}
      and not exists (
        select from pg_index i
        where i.indrelid = f.conrelid and i.indisvalid and i.indpred is null
          and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey)`,
  "the index is redundant": `
    select i.indexrelid::regclass from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_index other on other.indrelid = i.indrelid and other.indexrelid <> i.indexrelid
    join pg_class o on o.oid = other.indexrelid and o.relam = c.relam
    where c.relnamespace = 'crm'::regnamespace and not i.indisprimary
      and other.indkey::text || ' ' like i.indkey::text || ' %' and other.indclass::text || ' ' like i.indclass::text || ' %'
      and other.indcollation::text || ' ' like i.indcollation::text || ' %'
      and other.indoption::text || ' ' like i.indoption::text || ' %'
      and i.indexprs::text is not distinct from other.indexprs::text
      and pg_get_expr(i.indpred, i.indrelid) is not distinct from pg_get_expr(other.indpred, i.indrelid)
      and (not i.indisunique or other.indisunique and other.indnatts = i.indnatts)`,
  "a security definer function without a fixed search_path": `
    select p.oid::regprocedure from pg_proc p
    where p.pronamespace in ('crm'::regnamespace, 'app'::regnamespace) and p.prosecdef
      and not exists (
        select from unnest(p.proconfig) setting
        where setting ~ '^search_path=' and setting !~ 'public|\\$user|pg_temp')`,
  "PUBLIC may execute it": `
    select p.oid::regprocedure from pg_proc p
    where p.pronamespace in ('crm'::regnamespace, 'app'::regnamespace)
      and exists (
        select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) where grantee = 0)`,
  "the API's role is more than a login": `
    select rolname from pg_roles
    where rolname = 'lumenbase_api' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
      or rolreplication or not rolcanlogin)`,
  "the API's role is a member of": `
    select roleid::regrole from pg_auth_members where member = 'lumenbase_api'::regrole`,
  "the API's role owns": `
    select pg_describe_object(classid, objid, objsubid) from pg_shdepend
    where refclassid = 'pg_authid'::regclass and refobjid = 'lumenbase_api'::regrole
      and deptype = 'o' and dbid in (0, (select oid from pg_database where datname = current_database()))`,
  // A policy for nobody but the table's owner opens nothing to the API.
  "the policy does not compare the workspace with the claims": `
    select format('%s of %s', p.polname, c.oid::regclass) from pg_policy p
    join pg_class c on c.oid = p.polrelid,
    format('(%s = ( SELECT app.workspace_id() AS workspace_id))', ${TENANT_COLUMN}) as expected
    where c.relnamespace = 'crm'::regnamespace and p.polroles <> array[c.relowner] and p.polpermissive
      and (p.polcmd <> 'a' and pg_get_expr(p.polqual, c.oid) is distinct from expected
        or p.polcmd not in ('r', 'd') and pg_get_expr(p.polwithcheck, c.oid) is distinct from expected)`,
  "a Rep sees what hangs on leads of others": `
    select distinct c.oid::regclass from pg_class c
    left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f'
    where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p')
      and (c.oid = 'crm.leads'::regclass or f.confrelid = 'crm.leads'::regclass)
      and not exists (
        select from pg_policy p where p.polrelid = c.oid and p.polname = 'visible' and not p.polpermissive
          and p.polcmd = '*' and p.polroles = array['lumenbase_api'::regrole::oid]
          and pg_get_expr(p.polqual, c.oid) like '(( SELECT app.sees_all() AS sees_all) OR %'
          and pg_get_expr(p.polwithcheck, c.oid) = pg_get_expr(p.polqual, c.oid))`,
};

/** What is wrong with the schemas crm and app and the API's role, as `object: rule`. */
export async function catalogProblems(client: pg.Client): Promise<string[]> {
  const rules = Object.entries(RULES).map(([rule, query]) =>
    `select format('%s: %s', ${client.escapeLiteral(rule)}, object) as problem
      from (${query}) as broken (object)`
  );
  const { rows } = await client.query<{ problem: string }>(rules.join(" union "));
  return rows.map(({ problem }) => problem).sort();
}

/** Everything granted to the API's role, and to PUBLIC outside the system's schemas. */
export const GRANTS = `
  with grants as (
    select 'schema ' || nspname as object, nspacl as acl, nspname from pg_namespace
    union all select format('%s.%s', nspname, relname), relacl, nspname
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
    union all select format('%s.%s.%s', nspname, relname, attname), attacl, nspname
      from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
    union all select p.oid::regprocedure::text, proacl, nspname
      from pg_proc p join pg_namespace n on n.oid = pronamespace
    union all select 'default privileges', defaclacl, '' from pg_default_acl
    union all select 'database', datacl, '' from pg_database where datname = current_database()
  )
  select object, string_agg(distinct privilege_type, ' ') as privileges
  from grants, aclexplode(acl)
  where grantee in (0, 'lumenbase_api'::regrole)
    and nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'extensions')
  group by object`;
