-- Contact ingest, one or many at a time, in a number of statements that does not grow with them.
-- An item: {"fields": {column: value}, "company_name"?, "company_domain"?, "message"?}, normalised.

-- Finds each item's company as if the items came one by one: by domain, then by name, else a new one.
-- Answers {"items": [{"id", "created", "at"}], "made": [companies], "named": [new domains]}, where
-- "id" is the item's company if it names one, and "at" its contact's company after it.
create function app.plan_companies(p_items jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
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
    from crm.companies c
    where c.workspace_id = app.workspace_id()
      and c.domain = any (array(select i ->> 'company_domain' from jsonb_array_elements(p_items) i));
  select coalesce(jsonb_object_agg(c.name_key, jsonb_build_object('id', c.id, 'domain', c.domain)
      order by c.id desc), '{}') into v_by_name
    from crm.companies c
    where c.workspace_id = app.workspace_id()
      and c.name_key = any (array(
        select lower(i ->> 'company_name' collate "und-x-icu") collate "C"
        from jsonb_array_elements(p_items) i));
  select coalesce(jsonb_object_agg(c.email, c.company_id), '{}') into v_current
    from crm.contacts c
    where c.workspace_id = app.workspace_id()
      and c.email = any (array(select i #>> '{fields,email}' from jsonb_array_elements(p_items) i));

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

-- Creates the companies the items name and gives domains to those that lack them; answers the plan's
-- items.
create function app.resolve_companies(p_items jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_plan jsonb := app.plan_companies(p_items);
  v_count integer;
begin
  if v_plan -> 'made' = '[]' and v_plan -> 'named' = '[]' then
    return v_plan -> 'items';
  end if;
  -- Names are not unique, so only a lock keeps two requests from creating one company twice.
  perform pg_advisory_xact_lock(hashtextextended('crm.companies ' || app.workspace_id(), 0));
  v_plan := app.plan_companies(p_items);
  begin
    insert into crm.companies (id, name, domain)
      select (made ->> 'id')::uuid, made ->> 'name', made ->> 'domain'
      from jsonb_array_elements(v_plan -> 'made') made;
    update crm.companies c set domain = named.domain
      from jsonb_to_recordset(v_plan -> 'named') as named (id uuid, domain text)
      where c.workspace_id = app.workspace_id() and c.id = named.id;
  exception when unique_violation then
    -- Only a request that is no ingest can have taken the domain meanwhile.
    raise exception 'a company''s domain was taken meanwhile' using errcode = '40001';
  end;
  return v_plan -> 'items';
end
$$;

-- How many items, from the first on, fit into the day's room, and the limit that the next one would
-- pass. Requests with room enough share a lock; one near the cap takes it alone, so that no other
-- creates anything meanwhile. It is the first lock of every ingest, so none waits in a circle.
create function app.items_with_room(p_items jsonb, out fit integer, out refused_by text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lock constant bigint := hashtextextended('crm.daily_usage ' || app.workspace_id(), 0);
  v_room record;
begin
  fit := jsonb_array_length(p_items);
  select * into v_room from app.daily_room(false);
  if fit <= least(v_room.contacts, v_room.activities) then
    perform pg_advisory_xact_lock_shared(v_lock);
    select * into v_room from app.daily_room(false);
    if fit <= least(v_room.contacts, v_room.activities) then
      return;
    end if;
    raise exception 'the daily room was taken meanwhile' using errcode = '40001';
  end if;
  perform pg_advisory_xact_lock(v_lock);
  select * into v_room from app.daily_room(false);
  with known as materialized (
    select c.email from crm.contacts c
    where c.workspace_id = app.workspace_id()
      and c.email = any (array(select i #>> '{fields,email}' from jsonb_array_elements(p_items) i))
  ), numbered as (
    select i, ord, row_number() over (
      partition by coalesce(i #>> '{fields,email}', ord::text) order by ord) as occurrence
    from jsonb_array_elements(p_items) with ordinality as t (i, ord)
  ), needed as (
    select ord,
      count(*) filter (where occurrence = 1 and not exists (
        select from known where known.email = i #>> '{fields,email}'
      )) over (order by ord) as contacts,
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

-- One entry a person ({"ord", "id", "email", "fields"}): the fields of all items with that email, the
-- later item winning. "id" is the contact's id should it be new; "ord" is the person's first item.
create function app.people_of(p_items jsonb, p_companies jsonb) returns jsonb
language sql volatile
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'ord', ord, 'id', app.uuid_v7(), 'email', email, 'fields', fields) order by ord), '[]')
  from (
    select min(ord) as ord, email, jsonb_object_agg(key, value order by ord) as fields
    from (
      select ord, item #>> '{fields,email}' as email, field.key, field.value
      from jsonb_array_elements(p_items) with ordinality as t (item, ord),
        jsonb_each((item -> 'fields') || case when p_companies #>> array[(ord - 1)::text, 'id'] is null
          then '{}'
          else jsonb_build_object('company_id', p_companies #> array[(ord - 1)::text, 'id']) end) field
    ) given
    group by email, coalesce(email, ord::text)
  ) people
$$;

-- The operator ->> is not leakproof: in a comparison with a tenant's column it would keep the index from
-- being used, so the items are made rows of typed columns first.
-- Updates the contacts that exist and inserts the others; answers how many it inserted. Locks the
-- emails in one order, so that two batches wait for each other rather than deadlock.
create function app.upsert_people(p_people jsonb) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_updated integer;
  v_inserted integer;
  v_created integer := 0;
begin
  perform pg_advisory_xact_lock(email.key) from (
    select distinct hashtextextended('crm.contacts ' || v_workspace || (p ->> 'email'), 0) as key
    from jsonb_array_elements(p_people) p
    where p ->> 'email' is not null
    order by 1) email;

  for attempt in 1..5 loop
    update crm.contacts c
      set (first_name, last_name, email, phone, title, company_id, source, status, signal_strength) = (
        select r.first_name, r.last_name, r.email, r.phone, r.title, r.company_id, r.source,
          coalesce(r.status, c.status), r.signal_strength
        from jsonb_populate_record(c, p.fields) r)
      from jsonb_to_recordset(p_people) as p (id uuid, email text, fields jsonb)
      where c.workspace_id = v_workspace and c.email = p.email and c.id <> p.id;
    get diagnostics v_updated = row_count;

    insert into crm.contacts
        (id, first_name, last_name, email, phone, title, company_id, source, status, signal_strength)
      select p.id, r.first_name, r.last_name, r.email, r.phone, r.title,
        r.company_id, r.source, coalesce(r.status, 'active'), r.signal_strength
      from jsonb_to_recordset(p_people) as p (ord bigint, id uuid, email text, fields jsonb),
        jsonb_populate_record(null::crm.contacts, p.fields) r
      where not exists (
          select from crm.contacts c where c.workspace_id = v_workspace and c.email = p.email)
        and not exists (
          select from crm.contacts c where c.workspace_id = v_workspace and c.id = p.id)
      order by r.email, p.ord
      on conflict (workspace_id, email) do nothing;
    get diagnostics v_inserted = row_count;
    v_created := v_created + v_inserted;

    -- A person is left over when another request inserted that email since the update: it exists now.
    if v_updated + v_created = jsonb_array_length(p_people) then
      return v_created;
    end if;
  end loop;
  raise exception 'contacts kept changing during the upsert' using errcode = '40001';
end
$$;

-- Ingests items in order; several items with one email act in order on one contact. The items from
-- the first that would pass a daily limit on are not ingested: their rows name it in refused_by.
create function app.ingest_contacts(p_items jsonb)
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
  v_companies jsonb;
  v_people jsonb;
  v_contacts jsonb;
  v_created integer;
begin
  select * into v_room from app.items_with_room(p_items);
  if v_room.refused_by is not null then
    select coalesce(jsonb_agg(t.item order by t.ord), '[]') into v_items
      from jsonb_array_elements(p_items) with ordinality as t (item, ord)
      where t.ord <= v_room.fit;
  end if;

  v_companies := app.resolve_companies(v_items);
  v_people := app.people_of(v_items, v_companies);
  v_created := app.upsert_people(v_people);

  with stored as materialized (
    select c.id, c.email from crm.contacts c
    where c.workspace_id = v_workspace
      and c.email = any (array(select p ->> 'email' from jsonb_array_elements(v_people) p))
    union
    select c.id, c.email from crm.contacts c
    where c.workspace_id = v_workspace
      and c.id = any (array(select (p ->> 'id')::uuid from jsonb_array_elements(v_people) p))
  )
  select coalesce(jsonb_object_agg(t.ord, jsonb_build_object(
      'id', c.id, 'created', c.id = p.id and t.ord = p.ord)), '{}')
    into v_contacts
    from jsonb_array_elements(v_items) with ordinality as t (item, ord)
    join jsonb_to_recordset(v_people) as p (ord bigint, id uuid, email text)
      on coalesce(p.email, p.ord::text) = coalesce(t.item #>> '{fields,email}', t.ord::text)
    join stored c on c.email = p.email or c.id = p.id;

  insert into crm.activities (type, title, description, contact_id, company_id, data)
    select 'note', 'Message', t.item ->> 'message', (v_contacts #>> array[t.ord::text, 'id'])::uuid,
      (v_companies #>> array[(t.ord - 1)::text, 'at'])::uuid,
      jsonb_strip_nulls(jsonb_build_object('source', t.item #>> '{fields,source}'))
    from jsonb_array_elements(v_items) with ordinality as t (item, ord)
    where t.item ->> 'message' is not null
    order by t.ord;

  perform app.use_daily_room(v_created, (
    select count(i ->> 'message')::integer from jsonb_array_elements(v_items) i));

  return query
    with done as materialized (
      select key::integer as item, (value ->> 'id')::uuid as id, (value ->> 'created')::boolean as created
      from jsonb_each(v_contacts)
    )
    select done.item, c, done.created, co,
      coalesce((v_companies #>> array[(done.item - 1)::text, 'created'])::boolean, false),
      null::text
    from done
    join crm.contacts c on c.workspace_id = v_workspace and c.id = done.id
    left join crm.companies co on co.workspace_id = v_workspace and co.id = c.company_id
    union all
    select refused, null, false, null, false, v_room.refused_by
    from generate_series(v_room.fit + 1, jsonb_array_length(p_items)) refused;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.plan_companies(jsonb), app.resolve_companies(jsonb),
  app.items_with_room(jsonb), app.people_of(jsonb, jsonb), app.upsert_people(jsonb),
  app.ingest_contacts(jsonb) to lumenbase_api;
