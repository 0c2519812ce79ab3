-- Contact ingest at about the cost of an insert, and a day's use that its writers do not queue for.

-- Spread over slots, as crm.record_counts is, so that two writers rarely wait for each other's commit.
alter table crm.daily_usage
  add column slot smallint not null default 0,
  drop constraint daily_usage_pkey,
  add primary key (workspace_id, day, slot),
  -- A page keeps room for the next versions of its rows.
  set (fillfactor = 50);

comment on table crm.daily_usage is
  'What a workspace created on a UTC day: the sum of its slots. Far from the caps a transaction locks one of them, near the caps all.';

-- Every policy and every insert calls these two. In plpgsql they are planned once a session; in SQL, once
-- in every statement, which took longer than all the rest of finding a record by its key.
create or replace function app.workspace_id() returns uuid
language plpgsql stable parallel safe
set search_path = ''
as $$
begin
  return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'workspace_id')::uuid;
end
$$;

create or replace function app.uuid_v7() returns uuid
language plpgsql volatile parallel safe
set search_path = ''
as $$
declare
  v_micros constant bigint := (extract(epoch from clock_timestamp()) * 1000000)::bigint;
begin
  return encode(
    substring(int8send(v_micros / 1000) from 3)
      || int2send((28672 + (v_micros % 1000) * 4096 / 1000)::int2)
      || substring(uuid_send(gen_random_uuid()) from 9),
    'hex')::uuid;
end
$$;

create or replace function app.daily_room(p_lock boolean, out contacts integer, out activities integer)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_today constant date := (now() at time zone 'UTC')::date;
begin
  if p_lock then
    insert into crm.daily_usage (workspace_id, day, slot)
      select v_workspace, v_today, slot from generate_series(0, 15) slot
      on conflict (workspace_id, day, slot) do nothing;
    perform from crm.daily_usage u
      where u.workspace_id = v_workspace and u.day = v_today
      order by u.slot for update;
  end if;
  select greatest(w.contacts_per_day - coalesce(used.contacts, 0), 0),
      greatest(w.activities_per_day - coalesce(used.activities, 0), 0)
    into contacts, activities
    from crm.workspaces w,
      (select sum(u.contacts) as contacts, sum(u.activities) as activities
        from crm.daily_usage u where u.workspace_id = v_workspace and u.day = v_today) used
    where w.id = v_workspace;
end
$$;

-- Whether this transaction, which takes no more than p_most and 100 of each, may take from its slot alone:
-- the room is large enough for all that the others have taken and not yet committed. Once it may, it may
-- until it ends.
create function app.room_is_ample(p_most integer) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_room record;
begin
  if p_most > 100 then
    return false;
  elsif current_setting('lumenbase.room_is_ample', true) = 'yes' then
    return true;
  end if;
  v_room := app.daily_room(false);
  if least(v_room.contacts, v_room.activities) >= 2000 then
    return set_config('lumenbase.room_is_ample', 'yes', true) = 'yes';
  end if;
  return false;
end
$$;

-- The last write of a transaction, so that its row locks are held only while committing. Another
-- request may have taken the room since it was looked at: 40001 asks the caller to start over.
create or replace function app.use_daily_room(p_contacts integer, p_activities integer) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_ample boolean;
  v_room record;
begin
  if p_contacts = 0 and p_activities = 0 then
    return;
  end if;
  v_ample := app.room_is_ample(greatest(p_contacts, p_activities));
  if not v_ample then
    v_room := app.daily_room(true);
    v_room.contacts := v_room.contacts - p_contacts;
    v_room.activities := v_room.activities - p_activities;
  end if;
  insert into crm.daily_usage as used (workspace_id, day, slot, contacts, activities)
    values (v_workspace, (now() at time zone 'UTC')::date, pg_backend_pid() % 16,
      p_contacts, p_activities)
    on conflict (workspace_id, day, slot) do update set
      contacts = used.contacts + excluded.contacts,
      activities = used.activities + excluded.activities;
  if v_ample then
    -- Now that it holds its slot, at most 15 others hold one, with 100 of each that cannot be seen yet.
    v_room := app.daily_room(false);
    v_room.contacts := v_room.contacts - 1500;
    v_room.activities := v_room.activities - 1500;
  end if;
  if p_contacts > 0 and v_room.contacts < 0 or p_activities > 0 and v_room.activities < 0 then
    raise exception 'the daily room was taken meanwhile' using errcode = '40001';
  end if;
end
$$;

-- Takes room for new records of the current UTC day. Raises LB002, with the limit as its message,
-- when there is not enough. Near a cap, it locks the workspace's room until the transaction ends.
create or replace function app.take_daily_room(p_contacts integer, p_activities integer) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_room record;
begin
  if not app.room_is_ample(greatest(p_contacts, p_activities)) then
    select * into v_room from app.daily_room(true);
    if p_contacts > v_room.contacts then
      raise exception using errcode = 'LB002', message = 'contacts_per_day';
    elsif p_activities > v_room.activities then
      raise exception using errcode = 'LB002', message = 'activities_per_day';
    end if;
  end if;
  perform app.use_daily_room(p_contacts, p_activities);
end
$$;

-- How many items, from the first on, fit into the day's room, and the limit that the next one would
-- pass. Requests with ample room share a lock; one near the cap takes it alone, so that no other ingest
-- creates anything meanwhile. It is the first lock of every ingest, so none waits in a circle.
create or replace function app.items_with_room(p_items jsonb, out fit integer, out refused_by text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_lock constant bigint := hashtextextended('crm.daily_usage ' || v_workspace, 0);
  v_room record;
  v_known text[] collate "C";
begin
  fit := jsonb_array_length(p_items);
  if app.room_is_ample(fit) then
    perform pg_advisory_xact_lock_shared(v_lock);
    return;
  end if;
  perform pg_advisory_xact_lock(v_lock);
  select * into v_room from app.daily_room(false);
  -- Here and below, limit keeps each lookup one of its own: a join is planned as a read of the whole
  -- workspace where the statistics take workspaces for small ones.
  v_known := array(
    select c.email from jsonb_array_elements(p_items) i,
      lateral (select i #>> '{fields,email}' as email) given,
      lateral (select c.email from crm.contacts c
        where c.workspace_id = v_workspace and c.email = given.email limit 1) c);
  with numbered as (
    select i, ord, row_number() over (
      partition by coalesce(i #>> '{fields,email}', ord::text) order by ord) as occurrence
    from jsonb_array_elements(p_items) with ordinality as t (i, ord)
  ), needed as (
    select ord,
      count(*) filter (where occurrence = 1 and (i #>> '{fields,email}' = any (v_known)) is not true)
        over (order by ord) as contacts,
      count(i ->> 'message') over (order by ord) as activities
    from numbered
  )
  select ord - 1, case when needed.contacts > v_room.contacts
      then 'contacts_per_day' else 'activities_per_day' end
    into fit, refused_by
    from needed
    where needed.contacts > v_room.contacts or needed.activities > v_room.activities
    order by ord limit 1;
  fit := coalesce(fit, jsonb_array_length(p_items));
end
$$;

create or replace function app.plan_companies(p_items jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_by_domain jsonb;
  v_by_name jsonb;
  v_current jsonb;
  v_ref record;
  v_id text;
  v_at text;
  v_items jsonb := '[]';
  v_made jsonb := '[]';
  v_named jsonb := '[]';
begin
  select coalesce(jsonb_object_agg(c.domain, c.id), '{}') into v_by_domain
    from (select distinct i ->> 'company_domain' as domain from jsonb_array_elements(p_items) i) given,
      lateral (select c.domain, c.id from crm.companies c
        where c.workspace_id = v_workspace and c.domain = given.domain limit 1) c;
  select coalesce(jsonb_object_agg(c.name_key, jsonb_build_object('id', c.id, 'domain', c.domain)), '{}')
    into v_by_name
    from (select distinct lower(i ->> 'company_name' collate "und-x-icu") collate "C" as name_key
        from jsonb_array_elements(p_items) i) given,
      lateral (select c.name_key, c.id, c.domain from crm.companies c
        where c.workspace_id = v_workspace and c.name_key = given.name_key
        order by c.id limit 1) c;
  select coalesce(jsonb_object_agg(c.email, c.company_id), '{}') into v_current
    from (select distinct i #>> '{fields,email}' as email from jsonb_array_elements(p_items) i) given,
      lateral (select c.email, c.company_id from crm.contacts c
        where c.workspace_id = v_workspace and c.email = given.email limit 1) c;

  for v_ref in
    select i ->> 'company_name' as name, i ->> 'company_domain' as domain,
      i #>> '{fields,email}' as email, i -> 'fields' ? 'company_id' as unlinked,
      lower(coalesce(i ->> 'company_name', i ->> 'company_domain') collate "und-x-icu") as name_key
    from jsonb_array_elements(p_items) with ordinality as t (i, ord)
    order by ord
  loop
    v_id := coalesce(v_by_domain ->> v_ref.domain,
      case when v_ref.name is not null then v_by_name #>> array[v_ref.name_key, 'id'] end);
    if v_id is null and v_ref.name_key is not null then
      v_id := app.uuid_v7();
      v_made := v_made || jsonb_build_object('id', v_id,
        'name', coalesce(v_ref.name, v_ref.domain), 'domain', v_ref.domain);
      v_by_name := jsonb_build_object(v_ref.name_key,
        jsonb_build_object('id', v_id, 'domain', v_ref.domain)) || v_by_name;
    elsif v_ref.domain is not null and not v_by_domain ? v_ref.domain
        and v_by_name #>> array[v_ref.name_key, 'domain'] is null then
      -- A company found by name that has no domain takes the one given.
      v_named := v_named || jsonb_build_object('id', v_id, 'domain', v_ref.domain);
      v_by_name := jsonb_set(v_by_name, array[v_ref.name_key, 'domain'], to_jsonb(v_ref.domain));
      v_by_domain := v_by_domain || jsonb_build_object(v_ref.domain, v_id);
    end if;
    if v_ref.domain is not null and not v_by_domain ? v_ref.domain
        and v_made @> jsonb_build_array(jsonb_build_object('id', v_id, 'domain', v_ref.domain)) then
      v_by_domain := v_by_domain || jsonb_build_object(v_ref.domain, v_id);
    end if;
    v_at := case when v_id is not null then v_id
      when v_ref.unlinked then null else v_current ->> v_ref.email end;
    if v_ref.email is not null then
      v_current := v_current || jsonb_build_object(v_ref.email, v_at);
    end if;
    v_items := v_items || jsonb_build_object('id', v_id, 'at', v_at,
      'created', v_made @> jsonb_build_array(jsonb_build_object('id', v_id))
        and not v_items @> jsonb_build_array(jsonb_build_object('id', v_id)));
  end loop;
  return jsonb_build_object('items', v_items, 'made', v_made, 'named', v_named);
end
$$;


-- One entry a person ({"ord", "id", "email", "fields"}): the fields of all items with that email, the
-- later item winning. "id" is the contact's id should it be new; "ord" is the person's first item.
create or replace function app.people_of(p_items jsonb, p_companies jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('ord', ord, 'id', app.uuid_v7(), 'email', email,
        'fields', case when cardinality(given) = 1 then given[1] else (
          select jsonb_object_agg(field.key, field.value order by nth)
          from unnest(given) with ordinality as one (fields, nth), jsonb_each(one.fields) field
        ) end) order by ord), '[]')
    from (
      select min(ord) as ord, email, array_agg(fields order by ord) as given
      from (
        select ord, item #>> '{fields,email}' as email,
          (item -> 'fields') || case when p_companies #>> array[(ord - 1)::text, 'id'] is null
            then '{}'
            else jsonb_build_object('company_id', p_companies #> array[(ord - 1)::text, 'id'])
          end as fields
        from jsonb_array_elements(p_items) with ordinality as t (item, ord)
      ) items
      group by email, coalesce(email, ord::text)
    ) people);
end
$$;

-- Inserts the people, or updates the contacts that have their emails; answers the contacts. Locks the
-- emails in one order, so that two batches wait for each other rather than deadlock.
create function app.write_people(p_people jsonb) returns setof crm.contacts
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_fields constant jsonb := (
    select jsonb_object_agg(p ->> 'email', p -> 'fields') from jsonb_array_elements(p_people) p
    where p ->> 'email' is not null);
begin
  perform pg_advisory_xact_lock(email.key) from (
    select distinct hashtextextended('crm.contacts ' || v_workspace || (p ->> 'email'), 0) as key
    from jsonb_array_elements(p_people) p
    where p ->> 'email' is not null
    order by 1) email;
  return query
    insert into crm.contacts as c (workspace_id, id, first_name, last_name, email, phone, title,
        company_id, source, status, signal_strength)
      select v_workspace, p.id, r.first_name, r.last_name, r.email, r.phone, r.title,
        r.company_id, r.source, coalesce(r.status, 'active'), r.signal_strength
      from jsonb_to_recordset(p_people) as p (ord bigint, id uuid, email text, fields jsonb),
        jsonb_populate_record(null::crm.contacts, p.fields) r
      order by r.email, p.ord
    on conflict (workspace_id, email) do update
      set (first_name, last_name, phone, title, company_id, source, status, signal_strength) = (
        select r.first_name, r.last_name, r.phone, r.title, r.company_id, r.source,
          coalesce(r.status, c.status), r.signal_strength
        from jsonb_populate_record(c, v_fields -> excluded.email) r)
    returning c.*;
end
$$;

create or replace function app.upsert_people(p_people jsonb) returns integer
language plpgsql volatile
set search_path = ''
as $$
begin
  return (
    select count(*) from app.write_people(p_people) c
    where c.id = any (array(select (p ->> 'id')::uuid from jsonb_array_elements(p_people) p)));
end
$$;

comment on function app.upsert_people(jsonb) is 'Writes the people; answers how many of them are new.';

create or replace function app.ingest_contacts(p_items jsonb)
returns table (
  item integer, contact crm.contacts, created boolean, company crm.companies,
  company_created boolean, refused_by text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_room record;
  v_items jsonb := p_items;
  v_companies jsonb := '[]';
  v_people jsonb;
  v_written crm.contacts[];
  v_contacts jsonb;
  v_with_more constant boolean := p_items @?
    '$[*] ? (exists(@.company_name) || exists(@.company_domain) || exists(@.message))';
begin
  select * into v_room from app.items_with_room(p_items);
  if v_room.refused_by is not null then
    select coalesce(jsonb_agg(t.item order by t.ord), '[]') into v_items
      from jsonb_array_elements(p_items) with ordinality as t (item, ord)
      where t.ord <= v_room.fit;
  end if;

  if v_with_more then
    v_companies := app.resolve_companies(v_items);
  end if;
  v_people := app.people_of(v_items, v_companies);
  v_written := array(select c from app.write_people(v_people) c);

  select coalesce(jsonb_object_agg(t.ord, jsonb_build_object(
      'id', c.id, 'created', c.id = p.id and t.ord = p.ord)), '{}')
    into v_contacts
    from jsonb_array_elements(v_items) with ordinality as t (item, ord)
    join jsonb_to_recordset(v_people) as p (ord bigint, id uuid, email text)
      on coalesce(p.email, p.ord::text) = coalesce(t.item #>> '{fields,email}', t.ord::text)
    join unnest(v_written) c on coalesce(c.email, c.id::text) = coalesce(p.email, p.id::text);

  if v_with_more then
    insert into crm.activities (type, title, description, contact_id, company_id, data)
      select 'note', 'Message', t.item ->> 'message', (v_contacts #>> array[t.ord::text, 'id'])::uuid,
        (v_companies #>> array[(t.ord - 1)::text, 'at'])::uuid,
        jsonb_strip_nulls(jsonb_build_object('source', t.item #>> '{fields,source}'))
      from jsonb_array_elements(v_items) with ordinality as t (item, ord)
      where t.item ->> 'message' is not null
      order by t.ord;
  end if;

  perform app.use_daily_room(
    (select count(*)::integer from jsonb_each(v_contacts) where (value ->> 'created')::boolean),
    (select count(i ->> 'message')::integer from jsonb_array_elements(v_items) i));

  return query
    select done.key::integer, c, (done.value ->> 'created')::boolean, its.company,
      coalesce((v_companies #>> array[(done.key::integer - 1)::text, 'created'])::boolean, false),
      null::text
    from jsonb_each(v_contacts) done
    join unnest(v_written) c on c.id = (done.value ->> 'id')::uuid
    left join lateral (select co as company from crm.companies co
      where co.workspace_id = v_workspace and co.id = c.company_id limit 1) its on true
    union all
    select refused, null, false, null, false, v_room.refused_by
    from generate_series(v_room.fit + 1, jsonb_array_length(p_items)) refused;
end
$$;

-- Ingests items as app.ingest_contacts does, and answers plain columns. What most requests ask for, one
-- contact that names no company and brings no message while the day's room is ample, is one upsert.
create function app.ingest(p_items jsonb)
returns table (
  item integer, refused_by text, contact_created boolean, id uuid, first_name text, last_name text,
  email text, phone text, title text, company_id uuid, source text, status text,
  signal_strength double precision, created_at timestamptz, updated_at timestamptz, company json
)
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_workspace uuid;
  v_fields jsonb;
  v_new crm.contacts;
begin
  if jsonb_array_length(p_items) <> 1 or not app.room_is_ample(1)
      or p_items -> 0 ?| array['company_name', 'company_domain', 'message']
      or p_items #> '{0,fields}' ? 'company_id' then
    return query
      select done.item, done.refused_by, done.created, c.id, c.first_name, c.last_name, c.email,
        c.phone, c.title, c.company_id, c.source, c.status, c.signal_strength, c.created_at,
        c.updated_at, case when (done.company).id is not null then json_build_object(
          'id', (done.company).id, 'name', (done.company).name, 'domain', (done.company).domain,
          'created', done.company_created) end
      from app.ingest_contacts(p_items) done, lateral (select (done.contact).*) c;
    return;
  end if;

  v_workspace := app.workspace_id();
  v_fields := p_items #> '{0,fields}';
  v_new := jsonb_populate_record(null::crm.contacts, v_fields);
  v_new.id := app.uuid_v7();
  perform pg_advisory_xact_lock_shared(hashtextextended('crm.daily_usage ' || v_workspace, 0)),
    pg_advisory_xact_lock(hashtextextended('crm.contacts ' || v_workspace || v_new.email, 0));
  insert into crm.contacts as c (workspace_id, id, first_name, last_name, email, phone, title, source,
      signal_strength)
    values (v_workspace, v_new.id, v_new.first_name, v_new.last_name, v_new.email, v_new.phone,
      v_new.title, v_new.source, v_new.signal_strength)
    on conflict (workspace_id, email) do update
      set (first_name, last_name, phone, title, source, signal_strength) = (
        select r.first_name, r.last_name, r.phone, r.title, r.source, r.signal_strength
        from jsonb_populate_record(c, v_fields) r)
    returning c.id, c.first_name, c.last_name, c.email, c.phone, c.title, c.company_id, c.source,
      c.status, c.signal_strength, c.created_at, c.updated_at
    into id, first_name, last_name, email, phone, title, company_id, source, status,
      signal_strength, created_at, updated_at;
  item := 1;
  contact_created := id = v_new.id;
  if company_id is not null then
    select json_build_object('id', co.id, 'name', co.name, 'domain', co.domain, 'created', false)
      into company
      from crm.companies co
      where co.workspace_id = v_workspace and co.id = ingest.company_id;
  end if;
  if contact_created then
    perform app.use_daily_room(1, 0);
  end if;
  return next;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.room_is_ample(integer), app.write_people(jsonb),
  app.ingest(jsonb)
  to lumenbase_api;
