-- Contact ingest, one or many at a time, in a number of statements that does not grow with them.
-- An item: {"fields": {column: value}, "company_name"?, "company_domain"?, "message"?}, normalised.

-- Which companies the items name that do not exist yet, each once, as if the items came one by one.
create function app.companies_to_create(p_items jsonb) returns table (name text, domain text)
language plpgsql stable
set search_path = ''
as $$
declare
  v_by_domain jsonb;
  v_by_name jsonb;
  v_ref record;
begin
  select coalesce(jsonb_object_agg(c.domain, true), '{}') into v_by_domain
    from crm.companies c
    where c.workspace_id = app.workspace_id()
      and c.domain = any (array(select item ->> 'company_domain' from jsonb_array_elements(p_items) item));
  select coalesce(jsonb_object_agg(c.name_key, coalesce(c.domain, '') order by c.id desc), '{}')
    into v_by_name
    from crm.companies c
    where c.workspace_id = app.workspace_id()
      and c.name_key = any (array(
        select lower(item ->> 'company_name' collate "und-x-icu") collate "C" from jsonb_array_elements(p_items) item));

  for v_ref in
    select item ->> 'company_name' as name, item ->> 'company_domain' as domain,
      lower(coalesce(item ->> 'company_name', item ->> 'company_domain') collate "und-x-icu") as name_key
    from jsonb_array_elements(p_items) with ordinality as t (item, ord)
    where item ? 'company_name' or item ? 'company_domain'
    order by ord
  loop
    if v_ref.domain is not null and v_by_domain ? v_ref.domain then
      continue;
    elsif v_ref.name is not null and v_by_name ? v_ref.name_key then
      -- A company found by name without a domain takes the one given.
      if v_ref.domain is not null and v_by_name ->> v_ref.name_key = '' then
        v_by_domain := v_by_domain || jsonb_build_object(v_ref.domain, true);
        v_by_name := v_by_name || jsonb_build_object(v_ref.name_key, v_ref.domain);
      end if;
      continue;
    end if;
    name := coalesce(v_ref.name, v_ref.domain);
    domain := v_ref.domain;
    return next;
    v_by_name := jsonb_build_object(v_ref.name_key, coalesce(v_ref.domain, '')) || v_by_name;
    if v_ref.domain is not null then
      v_by_domain := v_by_domain || jsonb_build_object(v_ref.domain, true);
    end if;
  end loop;
end
$$;

-- Creates the companies the items name and gives each item its company's id.
create function app.resolve_companies(p_items jsonb)
returns table (item integer, company_id uuid, company_created boolean)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_created uuid[] := '{}';
begin
  if exists (select from app.companies_to_create(p_items)) then
    -- Names are not unique, so only a lock keeps two requests from creating one company twice.
    perform pg_advisory_xact_lock(hashtextextended('crm.companies ' || v_workspace, 0));
    with made as (
      insert into crm.companies (name, domain)
        select c.name, c.domain from app.companies_to_create(p_items) c
        on conflict (workspace_id, domain) do nothing
      returning id
    )
    select coalesce(array_agg(made.id), '{}') into v_created from made;
  end if;

  begin
    update crm.companies c set domain = given.domain
      from (
        select distinct on (1) lower(i ->> 'company_name' collate "und-x-icu") collate "C" as name_key,
          i ->> 'company_domain' as domain
        from jsonb_array_elements(p_items) with ordinality as t (i, ord)
        where i ? 'company_name' and i ? 'company_domain'
        order by 1, ord
      ) given
      where c.workspace_id = v_workspace and c.domain is null
        and c.id = (
          select named.id from crm.companies named
          where named.workspace_id = v_workspace and named.name_key = given.name_key
          order by named.id limit 1)
        and not exists (
          select from crm.companies other
          where other.workspace_id = v_workspace and other.domain = given.domain);
  exception when unique_violation then
    null; -- Another request has just made a company of that domain, which is found below.
  end;

  return query
    with refs as (
      select ord::integer as item, coalesce(
        (select c.id from crm.companies c
          where c.workspace_id = v_workspace and c.domain = i ->> 'company_domain'),
        (select c.id from crm.companies c
          where c.workspace_id = v_workspace
            and c.name_key = lower(
              coalesce(i ->> 'company_name', i ->> 'company_domain') collate "und-x-icu") collate "C"
          order by c.id limit 1)) as id
      from jsonb_array_elements(p_items) with ordinality as t (i, ord)
      where i ? 'company_name' or i ? 'company_domain'
    )
    select refs.item, refs.id,
      refs.id = any (v_created) and refs.item = min(refs.item) over (partition by refs.id)
    from refs;
end
$$;

-- How many items, from the first on, fit into the day's room, and the limit that the next one would
-- pass. Looks under a lock only near the cap.
create function app.items_with_room(p_items jsonb, out fit integer, out refused_by text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_room record;
begin
  fit := jsonb_array_length(p_items);
  select * into v_room from app.daily_room(false);
  if fit <= least(v_room.contacts, v_room.activities) then
    return;
  end if;
  select * into v_room from app.daily_room(true);
  with numbered as (
    select i, ord, row_number() over (
      partition by coalesce(i #>> '{fields,email}', ord::text) order by ord) as occurrence
    from jsonb_array_elements(p_items) with ordinality as t (i, ord)
  ), needed as (
    select ord,
      count(*) filter (where occurrence = 1 and not exists (
        select from crm.contacts c
        where c.workspace_id = app.workspace_id() and c.email = i #>> '{fields,email}'
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
create function app.people_of(p_items jsonb, p_links jsonb) returns jsonb
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
        jsonb_each((item -> 'fields') || case when p_links ? ord::text
          then jsonb_build_object('company_id', p_links #> array[ord::text, 'id'])
          else '{}' end) field
    ) given
    group by email, coalesce(email, ord::text)
  ) people
$$;

-- Updates the contacts that exist and inserts the others; answers how many it inserted. Writes in
-- order of email, so two batches wait for each other rather than deadlock.
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
  perform from crm.contacts c
    where c.workspace_id = v_workspace
      and c.email = any (array(select p ->> 'email' from jsonb_array_elements(p_people) p))
    order by c.email for update;

  for attempt in 1..5 loop
    update crm.contacts c
      set (first_name, last_name, email, phone, title, company_id, source, status, signal_strength) = (
        select r.first_name, r.last_name, r.email, r.phone, r.title, r.company_id, r.source,
          coalesce(r.status, c.status), r.signal_strength
        from jsonb_populate_record(c, p.value -> 'fields') r)
      from jsonb_array_elements(p_people) p
      where c.workspace_id = v_workspace and c.email = p.value ->> 'email'
        and c.id <> (p.value ->> 'id')::uuid;
    get diagnostics v_updated = row_count;

    insert into crm.contacts
        (id, first_name, last_name, email, phone, title, company_id, source, status, signal_strength)
      select (p.value ->> 'id')::uuid, r.first_name, r.last_name, r.email, r.phone, r.title,
        r.company_id, r.source, coalesce(r.status, 'active'), r.signal_strength
      from jsonb_array_elements(p_people) p,
        jsonb_populate_record(null::crm.contacts, p.value -> 'fields') r
      where not exists (
        select from crm.contacts c
        where c.workspace_id = v_workspace and c.email = r.email)
        and not exists (
          select from crm.contacts c
          where c.workspace_id = v_workspace and c.id = (p.value ->> 'id')::uuid)
      order by r.email, p.value -> 'ord'
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
  v_links jsonb;
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

  select coalesce(jsonb_object_agg(r.item,
      jsonb_build_object('id', r.company_id, 'created', r.company_created)), '{}')
    into v_links from app.resolve_companies(v_items) r;
  v_people := app.people_of(v_items, v_links);
  v_created := app.upsert_people(v_people);

  select coalesce(jsonb_object_agg(t.ord, jsonb_build_object(
      'id', c.id, 'created', c.id = (p.value ->> 'id')::uuid and t.ord = (p.value ->> 'ord')::bigint)), '{}')
    into v_contacts
    from jsonb_array_elements(v_items) with ordinality as t (item, ord)
    join jsonb_array_elements(v_people) p
      on coalesce(p.value ->> 'email', p.value ->> 'ord') = coalesce(t.item #>> '{fields,email}', t.ord::text)
    join crm.contacts c on c.workspace_id = v_workspace
      and (c.email = p.value ->> 'email' or c.id = (p.value ->> 'id')::uuid);

  insert into crm.activities (type, title, description, contact_id, company_id, data)
    select 'note', 'Message', t.item ->> 'message', c.id, c.company_id,
      jsonb_strip_nulls(jsonb_build_object('source', t.item #>> '{fields,source}'))
    from jsonb_array_elements(v_items) with ordinality as t (item, ord)
    join crm.contacts c on c.workspace_id = v_workspace
      and c.id = (v_contacts #>> array[t.ord::text, 'id'])::uuid
    where t.item ->> 'message' is not null
    order by t.ord;

  perform app.use_daily_room(v_created, (
    select count(i ->> 'message')::integer from jsonb_array_elements(v_items) i));

  return query
    select done.key::integer, c, (done.value ->> 'created')::boolean, co,
      coalesce((v_links #>> array[done.key, 'created'])::boolean, false), null::text
    from jsonb_each(v_contacts) done
    join crm.contacts c on c.workspace_id = v_workspace and c.id = (done.value ->> 'id')::uuid
    left join crm.companies co on co.workspace_id = v_workspace and co.id = c.company_id
    union all
    select refused, null, false, null, false, v_room.refused_by
    from generate_series(v_room.fit + 1, jsonb_array_length(p_items)) refused;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.companies_to_create(jsonb), app.resolve_companies(jsonb),
  app.items_with_room(jsonb), app.people_of(jsonb, jsonb), app.upsert_people(jsonb),
  app.ingest_contacts(jsonb) to lumenbase_api;
