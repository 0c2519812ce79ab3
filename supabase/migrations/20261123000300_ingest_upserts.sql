-- Ingest in one upsert of what most requests bring: contacts without a company and a message.

-- Ingests items as app.ingest_contacts does, and answers plain columns.
create function app.ingest(p_items jsonb)
returns table (
  item integer, refused_by text, contact_created boolean, id uuid, first_name text, last_name text,
  email text, phone text, title text, company_id uuid, source text, status text,
  signal_strength double precision, created_at timestamptz, updated_at timestamptz, company json
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
    select done.item, done.refused_by, done.created, c.id, c.first_name, c.last_name, c.email,
      c.phone, c.title, c.company_id, c.source, c.status, c.signal_strength, c.created_at,
      c.updated_at, case when (done.company).id is not null then json_build_object(
        'id', (done.company).id, 'name', (done.company).name, 'domain', (done.company).domain,
        'created', done.company_created) end
    from app.ingest_contacts(p_items) done, lateral (select (done.contact).*) c;
end
$$;

-- Ingests a contact with these columns, and answers as app.ingest does: one upsert.
create function app.ingest_one(p_fields jsonb)
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
  v_workspace constant uuid := app.workspace_id();
  v_new crm.contacts;
begin
  -- Not while one that is near the cap holds the lock: app.ingest waits for it.
  if not (app.room_is_ample(1) and pg_try_advisory_xact_lock_shared(
    hashtextextended('crm.daily_usage ' || v_workspace, 0))) then
    return query select * from app.ingest(
      jsonb_build_array(jsonb_build_object('fields', p_fields)));
    return;
  end if;
  v_new := jsonb_populate_record(null::crm.contacts, p_fields);
  v_new.id := app.uuid_v7();
  insert into crm.contacts as c (workspace_id, id, first_name, last_name, email, phone, title, source,
      signal_strength)
    values (v_workspace, v_new.id, v_new.first_name, v_new.last_name, v_new.email, v_new.phone,
      v_new.title, v_new.source, v_new.signal_strength)
    on conflict (workspace_id, email) do update set
      first_name = case when p_fields ? 'first_name' then excluded.first_name else c.first_name end,
      last_name = case when p_fields ? 'last_name' then excluded.last_name else c.last_name end,
      phone = case when p_fields ? 'phone' then excluded.phone else c.phone end,
      title = case when p_fields ? 'title' then excluded.title else c.title end,
      source = case when p_fields ? 'source' then excluded.source else c.source end,
      signal_strength = case when p_fields ? 'signal_strength' then excluded.signal_strength
        else c.signal_strength end
    returning 1, c.id = v_new.id, c.id, c.first_name, c.last_name, c.email, c.phone, c.title,
      c.company_id, c.source, c.status, c.signal_strength, c.created_at, c.updated_at
    into item, contact_created, id, first_name, last_name, email, phone, title, company_id, source,
      status, signal_strength, created_at, updated_at;
  if company_id is not null then
    select json_build_object('id', co.id, 'name', co.name, 'domain', co.domain, 'created', false)
      into company
      from crm.companies co
      where co.workspace_id = v_workspace and co.id = ingest_one.company_id;
  end if;
  if contact_created then
    perform app.use_daily_room(1, 0);
  end if;
  return next;
end
$$;

-- Ingests contacts that give the same columns, each with an email of its own: one upsert. Answers which
-- contact has which email, and whether it is new. A contact that is refused has its place in item.
create function app.ingest_alike(p_people jsonb)
returns table (item integer, refused_by text, contact_created boolean, id uuid, email text)
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_workspace constant uuid := app.workspace_id();
  v_given constant jsonb := p_people -> 0;
  v_ids uuid[];
  v_emails text[];
  v_created boolean[];
begin
  if not app.room_is_ample(jsonb_array_length(p_people)) then
    return query
      select done.item, done.refused_by, done.created, (done.contact).id, (done.contact).email
      from app.ingest_contacts((
        select jsonb_agg(jsonb_build_object('fields', p.fields) order by p.ord)
        from jsonb_array_elements(p_people) with ordinality as p (fields, ord))) done;
    return;
  end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('crm.daily_usage ' || v_workspace, 0));
  with people as materialized (
    select app.uuid_v7() as id, p.*
    from jsonb_to_recordset(p_people) as p (
      first_name text, last_name text, email text, phone text, title text, source text,
      signal_strength double precision)
  ), written as (
    insert into crm.contacts as c (workspace_id, id, first_name, last_name, email, phone, title,
        source, signal_strength)
      select v_workspace, p.id, p.first_name, p.last_name, p.email, p.phone, p.title, p.source,
        p.signal_strength
      from people p
      -- The order of app.write_people.
      order by p.email collate "C"
    on conflict (workspace_id, email) do update set
      first_name = case when v_given ? 'first_name' then excluded.first_name else c.first_name end,
      last_name = case when v_given ? 'last_name' then excluded.last_name else c.last_name end,
      phone = case when v_given ? 'phone' then excluded.phone else c.phone end,
      title = case when v_given ? 'title' then excluded.title else c.title end,
      source = case when v_given ? 'source' then excluded.source else c.source end,
      signal_strength = case when v_given ? 'signal_strength' then excluded.signal_strength
        else c.signal_strength end
    returning c.id, c.email
  )
  select array_agg(w.id), array_agg(w.email), array_agg(w.id in (select p.id from people p))
    into v_ids, v_emails, v_created from written w;
  return query select null::integer, null::text, w.created, w.id, w.email
    from unnest(v_created, v_ids, v_emails) as w (created, id, email);
  perform app.use_daily_room(
    (select count(*)::integer from unnest(v_created) created where created), 0);
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.ingest(jsonb), app.ingest_one(jsonb), app.ingest_alike(jsonb)
  to lumenbase_api;
