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
grant execute on function app.ingest(jsonb) to lumenbase_api;
