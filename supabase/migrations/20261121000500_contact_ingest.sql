-- Contact ingest, one or many at a time, in a number of statements that does not grow with them.
-- An item: {"fields": {column: value}, "company_name"?, "company_domain"?, "message"?}, normalised.

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
grant execute on function app.items_with_room(jsonb), app.people_of(jsonb, jsonb), app.upsert_people(jsonb),
  app.ingest_contacts(jsonb) to lumenbase_api;
