-- What every table of records has: row-level security, its own totals, updated_at.

-- Totals, kept by the writing statement so that no list has to count. A workspace's total is
-- spread over slots, so two writers rarely wait for each other.
create table crm.record_counts (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  resource text not null,
  slot smallint not null,
  records bigint not null,
  primary key (workspace_id, resource, slot)
);

alter table crm.record_counts enable row level security, force row level security;
create policy tenant on crm.record_counts for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.record_counts to current_user using (true) with check (true);
grant select on crm.record_counts to lumenbase_api;

create function app.count_records() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_sign constant integer := case tg_op when 'INSERT' then 1 else -1 end;
begin
  -- The join leaves out a workspace that is itself being deleted.
  insert into crm.record_counts as counts (workspace_id, resource, slot, records)
    select changed.workspace_id, tg_table_name, pg_backend_pid() % 32, v_sign * count(*)
    from changed join crm.workspaces on workspaces.id = changed.workspace_id
    group by changed.workspace_id
  on conflict (workspace_id, resource, slot)
    do update set records = counts.records + excluded.records;
  return null;
end
$$;

-- Gives a table of the schema crm, which has workspace_id, all that isolation and lists rely on.
create procedure app.make_tenant_table(p_table text, p_grants text default 'select, insert, update, delete')
language plpgsql
set search_path = ''
as $$
begin
  execute format('alter table crm.%I enable row level security, force row level security', p_table);
  execute format('create policy tenant on crm.%I using (workspace_id = (select app.workspace_id()))
    with check (workspace_id = (select app.workspace_id()))', p_table);
  execute format('create policy owner on crm.%I to current_user using (true) with check (true)', p_table);
  execute format('grant %s on crm.%I to lumenbase_api', p_grants, p_table);
  execute format('create trigger count_inserted after insert on crm.%I
    referencing new table as changed for each statement execute function app.count_records()', p_table);
  execute format('create trigger count_deleted after delete on crm.%I
    referencing old table as changed for each statement execute function app.count_records()', p_table);
  if exists (
    select from pg_catalog.pg_attribute
    where attrelid = format('crm.%I', p_table)::regclass and attname = 'updated_at'
  ) then
    execute format('create trigger touch_updated_at before update on crm.%I
      for each row execute function app.touch_updated_at()', p_table);
  end if;
end
$$;

-- Makes a table's column search_text searchable: its trigram index, and app.search_<table>, which
-- answers the ids of the workspace's records that match every LIKE pattern, the longest first.
-- LIKE is not leakproof, so under row-level security it could not use that index; the function runs
-- as the owner and restricts itself to the workspace of the claims.
create procedure app.make_searchable(p_table text)
language plpgsql
set search_path = ''
as $$
declare
  v_trgm constant text := (
    select extnamespace::regnamespace from pg_catalog.pg_extension where extname = 'pg_trgm');
begin
  execute format('create index %I on crm.%I using gin (workspace_id, search_text %s.gin_trgm_ops)',
    p_table || '_search_idx', p_table, v_trgm);
  execute format($function$
    create function app.%I(p_longest text, p_words text[]) returns setof uuid
    language plpgsql stable security definer
    set search_path = ''
    -- Planned for the workspace at hand: among many small ones, a large one would be read in full.
    set plan_cache_mode = force_custom_plan
    rows 200
    as $body$
    declare
      v_workspace constant uuid := app.workspace_id();
    begin
      return query select record.id from crm.%I record
        where record.workspace_id = v_workspace
          and record.search_text like lower(p_longest collate "und-x-icu")
          and record.search_text like all (
            select lower(word collate "und-x-icu") from unnest(p_words) word);
    end
    $body$
  $function$, 'search_' || p_table, p_table);
  execute format('revoke execute on function app.%I from public', 'search_' || p_table);
  execute format('grant execute on function app.%I to lumenbase_api', 'search_' || p_table);
end
$$;

revoke execute on all routines in schema app from public;
