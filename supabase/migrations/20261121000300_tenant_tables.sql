-- What every table of records has: row-level security, its own totals, updated_at, search.

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

-- Lets a table of the schema crm, which has workspace_id, keep its total and how many records have
-- each value of the fields given. Counts what is there: creating the triggers keeps writers away
-- until the transaction ends.
create procedure app.count_by(p_table text, p_fields text[] default '{}')
language plpgsql
set search_path = ''
as $$
declare
  v_function constant text := 'count_' || p_table;
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
  $function$, v_function, v_insert, format(v_change, v_gone),
    format(v_change, v_added || ' union all ' || v_gone));
  execute format('revoke execute on function app.%I from public', v_function);
  execute format('create or replace trigger count_inserted after insert on crm.%I
    referencing new table as added for each statement execute function app.%I()', p_table, v_function);
  execute format('create or replace trigger count_deleted after delete on crm.%I
    referencing old table as gone for each statement execute function app.%I()', p_table, v_function);
  if cardinality(p_fields) > 0 then
    execute format('create or replace trigger count_updated after update on crm.%I
      referencing old table as gone new table as added
      for each statement execute function app.%I()', p_table, v_function);
  end if;
  delete from crm.record_counts where resource = p_table;
  execute format('insert into crm.record_counts (workspace_id, resource, field, value, slot, records)
    select workspace_id, %L, counted.field, counted.value, 0, count(*)
    from crm.%I record, lateral %s
    where counted.value is not null group by workspace_id, counted.field, counted.value',
    p_table, p_table, v_counted);
end
$$;

-- Gives a table of the schema crm, which has workspace_id, all that isolation and lists rely on.
create procedure app.make_tenant_table(
  p_table text, p_grants text default 'select, insert, update, delete'
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
      for each row execute function app.touch_updated_at()', p_table);
  end if;
end
$$;

-- Text as search compares it: without regard to case, accents and widths, ß as ss and ς as σ. The marks of
-- Latin, Greek, Cyrillic and Arabic go; in other scripts a mark is a vowel, or makes another letter.
create function app.folded(p_text text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  -- ASCII.
  if octet_length(p_text) = length(p_text) then
    return lower(p_text collate "C");
  end if;
  return normalize(translate(regexp_replace(
    normalize(replace(replace(replace(lower(p_text collate "und-x-icu"),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), nfkd),
    '[\u0300-\u036f\u064b-\u065f]', '', 'g'), 'ςøłđħı', 'σoldhi'), nfkc);
end
$$;

grant execute on function app.folded(text) to lumenbase_api;

-- The LIKE pattern for a phone number that begins with the digits of a LIKE pattern's word, whether either
-- has its country code (ITU-T E.164) or the zeros in its place; null for a word that is no number. p_rare
-- keeps as many digits as an index needs.
create function app.phone_pattern(p_word text, p_rare boolean) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  v_dialled constant text := translate(p_word, '%().-', '');
  v_national constant text := regexp_replace(regexp_replace(v_dialled,
    '^(\+|00)(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{3})', ''), '^0+(?=[1-9])', '');
begin
  if p_word !~ '^%[0-9+().-]*[0-9][0-9+().-]*%$' then
    return null;
  end if;
  return '%' || translate(
    case when p_rare and length(v_national) < 3 then v_dialled else v_national end, '+', '') || E'%\x1f%';
end
$$;

-- Makes a table's column search_text searchable: its trigram index, and app.search_<table>, which
-- answers the ids of the workspace's records that match every LIKE pattern, the longest first.
-- LIKE is not leakproof, so under row-level security it could not use that index; the function runs
-- as the owner and restricts itself to the workspace of the claims.
--
-- The index begins with the text: what few trigrams match is then looked up in the workspace. The other
-- way round, each match had the workspace's list of all its records read on a little further.
--
-- With p_phone, search_text begins with the digits of a phone and the separator U+001F: a word of digits
-- and +()-. is also found there by its digits.
create procedure app.make_searchable(p_table text, p_phone boolean default false)
language plpgsql
set search_path = ''
as $$
declare
  v_trgm constant text := (
    select extnamespace::regnamespace from pg_catalog.pg_extension where extname = 'pg_trgm');
  v_by_phone constant text := format($sql$
      v_phones := array(
        select app.phone_pattern(word, place = 1)
        from unnest(p_longest || p_words) with ordinality as given (word, place));
      if array_remove(v_phones, null) <> '{}' then
        return query select record.id from crm.%I record
          where record.workspace_id = v_workspace
            and (record.search_text like v_longest or record.search_text like v_phones[1])
            and not exists (
              select from unnest(p_words, v_phones[2:]) as other (word, phone)
              where (record.search_text like app.folded(word)
                or record.search_text like phone) is not true);
        return;
      end if;$sql$, p_table);
begin
  execute format('create index %I on crm.%I using gin (search_text %s.gin_trgm_ops, workspace_id)',
    p_table || '_search_idx', p_table, v_trgm);
  execute format($function$
    create or replace function app.%1$I(p_longest text, p_words text[]) returns setof uuid
    language plpgsql stable security definer
    set search_path = ''
    -- Planned once, for any workspace and words. With records as dear as this, that is by the search
    -- index: among many small workspaces, a large one would be read in full else.
    set plan_cache_mode = force_generic_plan
    set cpu_tuple_cost = 1000
    rows 200
    as $body$
    declare
      v_workspace constant uuid := app.workspace_id();
      v_longest constant text := app.folded(p_longest);
      v_words text[];
      v_phones text[];
    begin%3$s
      if cardinality(p_words) = 0 then
        return query select record.id from crm.%2$I record
          where record.workspace_id = v_workspace and record.search_text like v_longest;
        return;
      end if;
      v_words := array(select app.folded(word) from unnest(p_words) word);
      -- The index looks for both words, of which either may be the rare one.
      return query select record.id from crm.%2$I record
        where record.workspace_id = v_workspace
          and record.search_text like v_longest and record.search_text like v_words[1]
          and record.search_text like all (v_words);
    end
    $body$
  $function$, 'search_' || p_table, p_table, case when p_phone then v_by_phone end);
  execute format('revoke execute on function app.%I from public', 'search_' || p_table);
  execute format('grant execute on function app.%I to lumenbase_api', 'search_' || p_table);
end
$$;

revoke execute on all routines in schema app from public;
