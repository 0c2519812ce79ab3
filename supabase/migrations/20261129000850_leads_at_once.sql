-- Leads that are made many at once, such as those of a file.

-- The companies of rows that name one ("company", "company_domain"), as their ids by place: those that are new are
-- made, as app.make_company_with_domain and app.company_named do for one row after the other.
create function app.companies_of_leads(p_rows jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_keys text[] collate "C";
  v_items jsonb;
  v_companies jsonb;
begin
  -- A company that is new has the domain that its first row tells, unless another one has it.
  select array_agg(named.key order by named.place), jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'company_name', named.name, 'company_domain', case when named.turn = 1 then named.domain end))
      order by named.place)
    into v_keys, v_items
    from (
      select first.*, row_number() over (partition by first.domain order by first.place) as turn
      from (
        select its.key, its.place, its.name, case
          when (select true from crm.companies c
              where c.workspace_id = v_workspace and c.name_key = its.key limit 1)
            or (select true from crm.companies c
              where c.workspace_id = v_workspace and c.domain = its.domain limit 1)
          then null else its.domain end as domain
        from (
          select distinct on (key) app.company_key(given ->> 'company') collate "C" as key, place,
            given ->> 'company' as name, (given ->> 'company_domain') collate "C" as domain
          from jsonb_array_elements(p_rows) with ordinality one (given, place)
          where given ->> 'company' is not null
          order by key, place) its) first) named;
  if v_items is null then
    return '{}';
  end if;
  v_companies := app.resolve_companies(v_items);
  return (
    select jsonb_object_agg(place, v_companies -> (array_position(
      v_keys, app.company_key(given ->> 'company') collate "C") - 1) -> 'id')
    from jsonb_array_elements(p_rows) with ordinality one (given, place)
    where given ->> 'company' is not null);
end
$$;

-- The contacts of rows with an email ("email", "first_name", "last_name", "phone", "company_id"), each another one,
-- as their ids by email: as app.contact_for_lead does for one row after the other. Made are so many.
create function app.contacts_of_leads(p_rows jsonb, out contacts jsonb, out made integer)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_emails constant text[] collate "C" := array(
    select distinct given ->> 'email' from jsonb_array_elements(p_rows) given where given ->> 'email' is not null);
  v_known text[] collate "C";
begin
  select coalesce(jsonb_object_agg(c.email, c.id), '{}'), coalesce(array_agg(c.email), '{}')
    into contacts, v_known
    from (
      select its.email, its.id from crm.contacts its
      where its.workspace_id = v_workspace and its.email = any (v_emails)
      order by its.email for no key update) c;
  if v_known <> '{}' then
    update crm.contacts c set first_name = coalesce(given.first_name, c.first_name),
        last_name = coalesce(given.last_name, c.last_name), phone = coalesce(given.phone, c.phone),
        company_id = coalesce(c.company_id, given.company_id)
      from jsonb_populate_recordset(null::crm.contacts, p_rows) given
      where c.workspace_id = v_workspace and c.email = given.email and c.email = any (v_known)
        and (c.first_name, c.last_name, c.phone, c.company_id) is distinct from (
          coalesce(given.first_name, c.first_name), coalesce(given.last_name, c.last_name),
          coalesce(given.phone, c.phone), coalesce(c.company_id, given.company_id));
  end if;
  with new as (
    insert into crm.contacts (first_name, last_name, email, phone, company_id)
      select given.first_name, given.last_name, given.email, given.phone, given.company_id
      from jsonb_populate_recordset(null::crm.contacts, p_rows) given
      where given.email is not null and given.email <> all (v_known)
      order by given.email
      on conflict (workspace_id, email) do nothing
      returning contacts.email, contacts.id
  )
  select contacts || coalesce(jsonb_object_agg(new.email, new.id), '{}'), count(*) into contacts, made from new;
  if cardinality(v_known) + made < cardinality(v_emails) then
    raise exception 'a contact was made meanwhile' using errcode = '40001';
  end if;
end
$$;

-- Gives each of these rows ("id", "tags") its tags; none has any.
create function app.tag_new_leads(p_rows jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_names constant text[] := array(
    select tag.name from jsonb_array_elements(p_rows) with ordinality one (given, place),
      jsonb_array_elements_text(given -> 'tags') with ordinality tag (name, turn)
    order by place, turn);
begin
  if v_names = '{}' then
    return;
  end if;
  perform app.tags_named(v_names);
  insert into crm.lead_tags (lead_id, tag_id)
    select (given ->> 'id')::uuid, t.id
    from jsonb_array_elements(p_rows) given, jsonb_array_elements_text(given -> 'tags') tag (name)
      join crm.tags t on t.workspace_id = app.workspace_id()
        and t.name_key = lower(tag.name collate "und-x-icu") collate "C"
    on conflict do nothing;
end
$$;

-- Makes leads of rows as app.capture_lead makes one of each, where none has a lead, a "company_id", or the email or
-- the profile of another row; whoever calls this has held those. Raises what app.capture_lead does, of any of them.
create function app.capture_new_leads(p_rows jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_companies constant jsonb := app.companies_of_leads(p_rows);
  v_place record;
  v_contacts record;
  v_rows jsonb;
begin
  -- What the numbers and names of lists stand for is looked up once for each that rows have in common.
  with given as (
    select fields, place, jsonb_strip_nulls(jsonb_build_object('status', fields -> 'status', 'lead_source',
      fields -> 'lead_source', 'assigned_to', fields -> 'assigned_to', 'tags', fields -> 'tags')) as words
    from jsonb_array_elements(p_rows) with ordinality one (fields, place)
  ), known as materialized (
    select words, app.stored_lead(words, null) as stored from (select distinct words from given) one
  )
  select jsonb_agg(fields - '{status, lead_source, assigned_to, tags, company, company_domain}'::text[] || stored
      || jsonb_build_object('company_id', v_companies -> place::text) order by place)
    into v_rows from given join known using (words);
  select * into v_place from app.place_lead('{}', null, null);
  v_rows := app.with_present_emails(v_rows, '{email}');
  v_contacts := app.contacts_of_leads(v_rows);
  v_rows := (
    select jsonb_agg(fields || jsonb_build_object('id', app.uuid_v7(),
      'contact_id', v_contacts.contacts -> (fields ->> 'email')) order by place)
    from jsonb_array_elements(v_rows) with ordinality one (fields, place));
  insert into crm.leads (id, contact_id, company_id, pipeline_id, stage_id, assigned_to, first_name,
      last_name, email, phone, source, status, notes, custom_fields, starred, score, job_title, industry,
      website, address, city, state, country, pin_code, linkedin_url, priority, estimated_value)
    select l.id, l.contact_id, l.company_id, v_place.pipeline_id, v_place.stage_id, l.assigned_to,
      l.first_name, l.last_name, l.email, l.phone, l.source,
      coalesce(l.status, app.status_at(v_place.outcome, 'new', 'new')), l.notes,
      coalesce(l.custom_fields, '{}'), coalesce(l.starred, false), coalesce(l.score, 0), l.job_title,
      l.industry, l.website, l.address, l.city, l.state, l.country, l.pin_code, l.linkedin_url,
      coalesce(l.priority, 2), l.estimated_value
    from jsonb_array_elements(v_rows) with ordinality one (fields, place),
      jsonb_populate_record(null::crm.leads, fields) l
    order by one.place;
  perform app.tag_new_leads(v_rows);
  if v_contacts.made > 0 then
    perform app.take_daily_quota(v_contacts.made, 0);
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.companies_of_leads(jsonb), app.contacts_of_leads(jsonb), app.tag_new_leads(jsonb),
  app.capture_new_leads(jsonb) to lumenbase_api;
