-- Every change of a record, written by the statement that makes it and in its transaction.

create table crm.events (
  -- Without a foreign key, which would ask for the workspace at each event: the record has one.
  workspace_id uuid not null,
  sequence bigint not null generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  resource text collate "C" not null,
  record_id uuid not null,
  action text collate "C" not null check (action in ('created', 'updated', 'deleted')),
  before jsonb,
  after jsonb,
  actor jsonb,
  cause bigint,
  request_id text collate "C",
  primary key (workspace_id, xid, sequence)
);

comment on table crm.events is
  'Changes of records. resource is the table, record_id the record (of lead_tags the lead), before and after its columns. actor is {"kind", "id"}, null for the owner; cause the sequence of the event that led to this one.';

alter table crm.events enable row level security, force row level security;
create policy tenant on crm.events for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.events to current_user using (true) with check (true);
grant select on crm.events to lumenbase_api;

create trigger forget_events after delete on crm.workspaces
  referencing old table as gone for each statement execute function app.forget_rows('events', 'workspace_id');

-- Lets a table of the schema crm write its events: of each row that an insert, update or delete changed,
-- the columns as they were and are. An update of updated_at or last_activity_at alone is no change, and a row that
-- goes with the one it belongs to (its workspace, a tag's leads) has no event of its own. Rows of which the column
-- p_unless is true have none at all, nor has an update of which the expression p_silent, of the row as it was
-- (gone) and is (added), is true.
create procedure app.record_events(p_table text, p_unless text default null, p_silent text default 'false')
language plpgsql
set search_path = ''
as $$
declare
  v_table constant regclass := format('crm.%I', p_table);
  v_key constant text[] := (
    select array_agg(a.attname order by array_position(i.indkey::int2[], a.attnum))
    from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid
    where i.indrelid = v_table and i.indisprimary and a.attnum = any (i.indkey::int2[]));
  v_columns constant text[] := array(
    select attname from pg_catalog.pg_attribute
    where attrelid = v_table and attnum > 0 and not attisdropped and attgenerated = ''
      and attname <> 'workspace_id'
    order by attnum);
  v_compared constant text := (
    select string_agg(format('%%1$s.%I', name), ', ') from unnest(v_columns) name
    where name not in ('updated_at', 'last_activity_at'));
  v_json constant text := 'jsonb_build_object(' || (
    select string_agg(format('%L, %%1$s.%I', name, name), ', ') from unnest(v_columns) name) || ')';
  v_owners constant text := (
    select string_agg(format('(select true from %s owner where %s)', f.confrelid::regclass, (
      select string_agg(format('owner.%I = gone.%I', theirs.attname, own.attname), ' and ')
      from unnest(f.conkey, f.confkey) pair (own, theirs)
      join pg_catalog.pg_attribute own on own.attrelid = f.conrelid and own.attnum = pair.own
      join pg_catalog.pg_attribute theirs on theirs.attrelid = f.confrelid and theirs.attnum = pair.theirs
    )), ' and ')
    from pg_catalog.pg_constraint f
    where f.conrelid = v_table and f.contype = 'f' and f.confdeltype = 'c');
  v_told constant text := case when p_unless is null then '' else format(' and not %%1$s.%I', p_unless) end;
  v_insert constant text := format($sql$
      insert into crm.events
          (workspace_id, resource, record_id, action, before, after, actor, cause, request_id)
        select %%1$s.workspace_id, %1$L, %%1$s.%2$I, %%2$L, %%3$s, %%4$s,
          coalesce(claims.of -> 'actor', case when claims.of ? 'sub'
            then jsonb_build_object('kind', 'key', 'id', claims.of -> 'sub') end),
          (claims.of ->> 'cause')::bigint, claims.of ->> 'request_id'
        from (select nullif(current_setting('request.jwt.claims', true), '')::jsonb as of offset 0) claims,
          %%5$s;$sql$, p_table, v_key[2]);
begin
  call app.follow_changes(p_table, 'record_' || p_table, 'record',
    format(v_insert, 'added', 'created', 'null', format(v_json, 'added'),
      'added where true' || format(v_told, 'added')),
    format(v_insert, 'gone', 'deleted', format(v_json, 'gone'), 'null',
      'gone where ' || v_owners || format(v_told, 'gone')),
    -- A full join is never a nested loop, which a plan kept from an update of one row would be.
    format(v_insert, 'added', 'updated', format(v_json, 'gone'), format(v_json, 'added'),
      format('gone full join added using (%s) where (%s) is distinct from (%s)
          and (select true from crm.workspaces owner where owner.id = added.workspace_id)',
        array_to_string(v_key, ', '), format(v_compared, 'gone'), format(v_compared, 'added'))
      || format(' and not (%s)', p_silent) || format(v_told, 'added')));
end
$$;

-- The workspace's events after a position, in an order that has no gaps later: what a transaction that
-- is still running writes comes after all that is answered here.
create function app.read_events(p_xid xid8, p_sequence bigint, p_most integer) returns setof crm.events
language sql stable
set search_path = ''
as $$
  select * from crm.events
  where workspace_id = (select app.workspace_id()) and (xid, sequence) > (p_xid, p_sequence)
    and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by xid, sequence
  limit p_most
$$;

do $$
declare
  v_table text;
begin
  foreach v_table in array array['companies', 'contacts', 'activities', 'users', 'pipelines', 'stages',
    'deals', 'tasks', 'invoices']
  loop
    call app.record_events(v_table);
  end loop;
end
$$;

call app.record_events('leads',
  p_silent => $$added.ai_information -> 'scored_at' is distinct from gone.ai_information -> 'scored_at'$$);

revoke execute on all routines in schema app from public;
grant execute on function app.read_events(xid8, bigint, integer) to lumenbase_api;
