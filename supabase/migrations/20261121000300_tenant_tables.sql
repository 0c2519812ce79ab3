-- What every table of records has: row-level security, its own totals, updated_at.

-- Totals, kept by the writing statement so that no list has to count: of all records of a workspace (field
-- and value ''), and, for the columns of few values that lists filter by, of those with a value.
create table crm.record_counts (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  resource text not null,
  field text collate "C" not null default '',
  value text collate "C" not null default '',
  slot smallint not null,
  records bigint not null,
  primary key (workspace_id, resource, field, value, slot)
) with (fillfactor = 50);

alter table crm.record_counts enable row level security, force row level security;
create policy tenant on crm.record_counts for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.record_counts to current_user using (true) with check (true);
grant select on crm.record_counts to lumenbase_api;

-- A slot that no other transaction writes to before this one ends: so nobody waits for a count, and
-- counts taken in whatever order cannot deadlock. Slots are taken from 0 on, so there are as many as
-- transactions have ever written at once. Workspaces share keys, which bounds the locks held.
create function app.take_count_slot(p_workspace uuid) returns smallint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key constant integer := hashtext('crm.record_counts ' || p_workspace) & 255;
  v_slot integer := 0;
begin
  while not pg_try_advisory_xact_lock(v_key, v_slot) loop
    v_slot := v_slot + 1;
  end loop;
  return v_slot;
end
$$;

-- Has statements follow those that change a table of the schema crm, in a function that triggers of this verb
-- (count: count_inserted) call: each reads the rows as they are (added) and were (gone), as far as there are
-- any. Without p_updated, nothing follows an update.
create procedure app.follow_changes(
  p_table text, p_function text, p_verb text, p_inserted text, p_deleted text, p_updated text default null
)
language plpgsql
set search_path = ''
as $$
begin
  execute format($function$
    create or replace function app.%I() returns trigger
    language plpgsql security definer
    set search_path = ''
    as $body$
    begin
      if tg_op = 'INSERT' then%s
      elsif tg_op = 'DELETE' then%s
      -- An upsert that only inserted fires this with nothing updated.
      elsif exists (select from added) then%s
      end if;
      return null;
    end
    $body$
  $function$, p_function, p_inserted, p_deleted, coalesce(p_updated, ' null;'));
  execute format('revoke execute on function app.%I from public', p_function);
  execute format('create or replace trigger %I after insert on crm.%I
    referencing new table as added for each statement execute function app.%I()',
    p_verb || '_inserted', p_table, p_function);
  execute format('create or replace trigger %I after delete on crm.%I
    referencing old table as gone for each statement execute function app.%I()',
    p_verb || '_deleted', p_table, p_function);
  if p_updated is not null then
    execute format('create or replace trigger %I after update on crm.%I
      referencing old table as gone new table as added for each statement execute function app.%I()',
      p_verb || '_updated', p_table, p_function);
  end if;
end
$$;

-- Lets a table of the schema crm, which has workspace_id, keep its total and how many records have
-- each value of the fields given. Counts what is there: creating the triggers keeps writers away
-- until the transaction ends.
create procedure app.count_by(p_table text, p_fields text[] default '{}')
language plpgsql
set search_path = ''
as $$
declare
  v_columns constant text := (
    select coalesce(string_agg(format(', %I', field), ''), '') from unnest(p_fields) field);
  v_counted constant text := '(values ('''', '''')' || (
    select coalesce(string_agg(format(', (%L, record.%I::text)', field, field), ''), '')
    from unnest(p_fields) field) || ') counted (field, value)';
  v_add constant text :=
    'on conflict (workspace_id, resource, field, value, slot)
        do update set records = counts.records + excluded.records';
  v_insert constant text := format($sql$
      insert into crm.record_counts as counts (workspace_id, resource, field, value, slot, records)
        select workspace_id, %2$L, counted.field, counted.value, app.take_count_slot(workspace_id), count(*)
        from added record, lateral %1$s
        where counted.value is not null
        group by workspace_id, counted.field, counted.value
      %3$s;$sql$, v_counted, p_table, v_add);
  v_change constant text := format($sql$
      with changes as (
        select workspace_id, counted.field, counted.value, sum(sign) as records
        from (%%s) record, lateral %1$s
        where counted.value is not null
        group by workspace_id, counted.field, counted.value having sum(sign) <> 0
      ), slots as materialized (
        -- A workspace that is itself being deleted is not there any more.
        select w.id, app.take_count_slot(w.id) as slot from crm.workspaces w
        where w.id in (select workspace_id from changes)
      )
      insert into crm.record_counts as counts (workspace_id, resource, field, value, slot, records)
        select slots.id, %2$L, field, value, slot, records
        from changes join slots on slots.id = workspace_id
      %3$s;$sql$, v_counted, p_table, v_add);
  v_added constant text := format('select workspace_id%s, 1 as sign from added', v_columns);
  v_gone constant text := format('select workspace_id%s, -1 as sign from gone', v_columns);
begin
  call app.follow_changes(p_table, 'count_' || p_table, 'count', v_insert, format(v_change, v_gone),
    case when cardinality(p_fields) > 0 then format(v_change, v_added || ' union all ' || v_gone) end);
  delete from crm.record_counts where resource = p_table;
  execute format('insert into crm.record_counts (workspace_id, resource, field, value, slot, records)
    select workspace_id, %L, counted.field, counted.value, 0, count(*)
    from crm.%I record, lateral %s
    where counted.value is not null group by workspace_id, counted.field, counted.value',
    p_table, p_table, v_counted);
end
$$;

-- Gives a table of the schema crm, which has workspace_id, all that isolation and lists rely on. An update of
-- which p_unless, an expression of the row as it was (old) and is (new), is true leaves updated_at as it is.
create procedure app.make_tenant_table(
  p_table text, p_grants text default 'select, insert, update, delete', p_unless text default 'false'
)
language plpgsql
set search_path = ''
as $$
begin
  execute format('alter table crm.%I enable row level security, force row level security', p_table);
  execute format('create policy tenant on crm.%I using (workspace_id = (select app.workspace_id()))
    with check (workspace_id = (select app.workspace_id()))', p_table);
  execute format('create policy owner on crm.%I to current_user using (true) with check (true)', p_table);
  execute format('grant %s on crm.%I to lumenbase_api', p_grants, p_table);
  call app.count_by(p_table);
  if exists (
    select from pg_catalog.pg_attribute
    where attrelid = format('crm.%I', p_table)::regclass and attname = 'updated_at'
  ) then
    execute format('create trigger touch_updated_at before update on crm.%I
      for each row when (not (%s)) execute function app.touch_updated_at()', p_table, p_unless);
  end if;
end
$$;

-- Removes the rows of a table (the first argument) whose column (the second) has the id of a row of gone, where
-- no foreign key does.
create function app.forget_rows() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  execute format('delete from crm.%I where %I in (select id from gone)', tg_argv[0], tg_argv[1]);
  return null;
end
$$;

revoke execute on all routines in schema app from public;
