-- Contacts of another CRM that become leads, with their companies. Who is here already is completed: what is filled
-- stays as it is.

-- The oldest company with a domain, else of a name.
create function app.company_like(p_domain text, p_name text) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_domain constant text collate "C" := p_domain;
  v_name constant text collate "C" := app.company_key(p_name);
begin
  return coalesce(
    (select c.id from crm.companies c where c.workspace_id = v_workspace and c.domain = v_domain),
    (select c.id from crm.companies c where c.workspace_id = v_workspace and c.name_key = v_name
      order by c.number limit 1));
end
$$;

-- Gives a company what it lacks of columns; a domain that another one has stays with that.
create function app.complete_company(p_id uuid, p_fields jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old crm.companies;
  v_new crm.companies;
begin
  select c.* into v_old from crm.companies c
    where c.workspace_id = app.workspace_id() and c.id = p_id for no key update;
  v_new := jsonb_populate_record(v_old, (
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(p_fields)
    where to_jsonb(v_old) -> key = 'null'
      and not (key = 'domain' and app.company_like(value #>> '{}', null) is not null)));
  update crm.companies c set (domain, industry, size, website, phone, address, city, country, contact_email,
      summary, rating) = row (
      v_new.domain, v_new.industry, v_new.size, v_new.website, v_new.phone, v_new.address, v_new.city,
      v_new.country, v_new.contact_email, v_new.summary, v_new.rating)
    where c.workspace_id = v_old.workspace_id and c.id = v_old.id and v_new is distinct from v_old;
end
$$;

-- The company of another CRM {"id", "fields"}: the one that is known by the id, else by its domain, else by its name,
-- completed, or else made; null when it has neither. The fields are columns of companies.
create function app.import_company(p_provider text, p_company jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given constant jsonb := jsonb_strip_nulls(p_company -> 'fields');
  v_domain constant text := v_given ->> 'domain';
  v_name constant text := coalesce(v_given ->> 'name', v_domain);
  v_id uuid := app.known_externally(p_provider, 'company', p_company ->> 'id');
begin
  if v_id is null and v_name is not null then
    -- Names are not unique: only this keeps others from making it meanwhile.
    perform pg_advisory_xact_lock(hashtextextended('crm.companies ' || app.workspace_id(), 0));
    v_id := app.company_like(v_domain, v_name);
    if v_id is null then
      v_id := app.create_company_details(v_given || jsonb_build_object('name', v_name));
    end if;
    perform app.know_externally(p_provider, p_company ->> 'id', null, v_id);
  end if;
  if v_id is not null then
    perform app.complete_company(v_id, v_given);
  end if;
  return v_id;
end
$$;

-- What of fields, as app.stored_lead answers them, a lead lacks. An email or a profile that another lead has is not
-- what it lacks.
create function app.lacking_of_lead(p_lead crm.leads_with_links, p_stored jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_old constant jsonb := to_jsonb(p_lead);
  v_custom constant jsonb := app.custom_fields_that_fit(p_lead.custom_fields,
    coalesce(p_stored -> 'custom_fields', '{}') - array(select jsonb_object_keys(p_lead.custom_fields)));
begin
  return (
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(p_stored)
    where case key
      when 'custom_fields' then false
      when 'tags' then p_lead.tags = '{}' and value <> '[]'
      when 'company' then p_lead.company_id is null
      when 'company_domain' then false
      when 'email' then p_lead.email is null and app.other_lead(value #>> '{}', null, p_lead.id) is null
      when 'linkedin_url' then p_lead.linkedin_url is null and app.other_lead(null, value #>> '{}', p_lead.id) is null
      else coalesce(v_old ->> key, '') = '' end)
    || case when v_custom = '{}' then '{}' else jsonb_build_object('custom_fields', v_custom) end;
end
$$;

-- Makes or completes the lead of a contact of another CRM {"id", "fields"}: the one that is known by the id, else by
-- its email, else by its profile. The fields are those of app.capture_lead; p_company is the one that they do not
-- name. Answers what became of it: 'created', 'updated', or 'skipped' where nothing was lacking.
create function app.import_contact(p_provider text, p_contact jsonb, p_company uuid) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_given jsonb := jsonb_strip_nulls(p_contact -> 'fields');
  v_id uuid := coalesce(app.known_externally(p_provider, 'lead', p_contact ->> 'id'),
    app.other_lead(v_given ->> 'email', v_given ->> 'linkedin_url', null));
  v_old crm.leads_with_links;
  v_lacking jsonb;
begin
  if p_company is not null then
    v_given := v_given - '{company, company_domain}'::text[] || jsonb_build_object('company_id', (
      select c.number from crm.companies c where c.workspace_id = v_workspace and c.id = p_company));
  end if;
  if v_id is null then
    v_id := (app.capture_lead(v_given, 'refuse')).id;
    perform app.know_externally(p_provider, p_contact ->> 'id', v_id, null);
    return 'created';
  end if;
  select l.* into v_old from crm.leads_with_links l where l.workspace_id = v_workspace and l.id = v_id;
  if v_old.id is null then
    -- Whoever imports does not see it.
    return 'skipped';
  end if;
  perform app.know_externally(p_provider, p_contact ->> 'id', v_id, null);
  if v_old.company_id is null and v_given ? 'company' then
    perform app.make_company_with_domain(v_given ->> 'company', v_given ->> 'company_domain');
    perform app.company_named(v_given ->> 'company');
  end if;
  -- What others fill in until then stays theirs.
  perform app.lock_lead(v_id, v_given);
  select l.* into v_old from crm.leads_with_links l where l.workspace_id = v_workspace and l.id = v_id;
  v_lacking := app.lacking_of_lead(v_old, app.stored_lead(v_given - 'company_domain', v_old));
  if v_lacking = '{}' then
    return 'skipped';
  end if;
  perform from app.change_lead(v_id, v_lacking, true);
  return 'updated';
end
$$;

-- Imports contacts of another CRM {"id", "fields", "company": {"id", "fields"}}, each for itself: answers what became
-- of each, in their order, and of one that failed what was raised. Ends before one for which the day's contacts do not
-- suffice. Whoever calls this has its turn among those who work on many leads, so that who has neither email nor
-- profile is made once as well.
create function app.import_contacts(p_provider text, p_contacts jsonb)
returns table (outcome text, code text, message text, rule text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_companies jsonb := '{}';
  v_one record;
begin
  perform app.hold_identities(
    (select coalesce(jsonb_agg(given -> 'fields'), '[]') from jsonb_array_elements(p_contacts) given));
  for v_one in
    select distinct on (given #>> '{company,id}') given -> 'company' as company
    from jsonb_array_elements(p_contacts) given
    where jsonb_typeof(given -> 'company') = 'object' order by given #>> '{company,id}'
  loop
    begin
      v_companies := v_companies || jsonb_build_object(v_one.company ->> 'id',
        app.import_company(p_provider, v_one.company));
    exception when data_exception or integrity_constraint_violation or sqlstate 'LB083' then
      -- Its contacts are imported without it.
      null;
    end;
  end loop;
  for v_one in select given from jsonb_array_elements(p_contacts) given loop
    code := null;
    message := null;
    rule := null;
    begin
      outcome := app.import_contact(p_provider, v_one.given,
        (v_companies ->> (v_one.given #>> '{company,id}'))::uuid);
    exception
      when sqlstate 'LB002' then
        return;
      when sqlstate 'LB081' then
        outcome := 'skipped';
      when sqlstate 'LB012' or sqlstate 'LB013' or sqlstate 'LB080' or data_exception
        or integrity_constraint_violation or program_limit_exceeded
      then
        outcome := 'failed';
        get stacked diagnostics code = returned_sqlstate, message = message_text, rule = constraint_name;
    end;
    return next;
  end loop;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.company_like(text, text), app.complete_company(uuid, jsonb),
  app.import_company(text, jsonb), app.lacking_of_lead(crm.leads_with_links, jsonb),
  app.import_contact(text, jsonb, uuid), app.import_contacts(text, jsonb) to lumenbase_api;
