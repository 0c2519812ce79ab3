-- Leads as LIO makes and changes them: one for each email and profile.
-- Before all other locks a write takes those of the email, then of the profile (advisory).

-- A lead as it is read here: what it is sorted by that others tell. Joined, so that a list that is sorted by it
-- reads them once for all leads, and one that is not, not at all.
create view crm.leads_with_lookups with (security_invoker = true) as
  select l.*, coalesce(lower(c.name), '') as company_key, coalesce(k.number, 0) as status_number
  from crm.leads l
  left join crm.companies c on c.workspace_id = l.workspace_id and c.id = l.company_id
  left join crm.lookups k on k.workspace_id = l.workspace_id and k.module_name = 'lead' and k.type = 'status'
    and k.value = l.status;

grant select on crm.leads_with_lookups to lumenbase_api;

-- The leads with every word in what is searched of them or in their company's name.
create function app.search_leads_and_companies(p_longest text, p_words text[]) returns setof uuid
language plpgsql stable security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
rows 200
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_words constant text[] := array(select app.folded(word) from unnest(p_longest || p_words) word);
begin
  return query
    select app.search_leads(p_longest, p_words)
    union
    select l.id
      from (
        select c.id, app.folded(c.name) as name from crm.companies c
        where c.workspace_id = v_workspace and c.id in (
          select app.search_companies(word, '{}') from unnest(p_longest || p_words) word)) company
      join crm.leads l on l.workspace_id = v_workspace and l.company_id = company.id
      where not exists (
        select from unnest(v_words) word where l.search_text not like word and company.name not like word);
end
$$;

-- The oldest other lead with the email, else with the profile, whoever sees it.
create function app.other_lead(p_email text, p_profile text, p_except uuid) returns uuid
language plpgsql stable security definer
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_email constant text collate "C" := app.present_email(p_email);
  v_profile constant text collate "C" := app.linkedin_key(p_profile);
  v_id uuid;
begin
  if v_email is not null then
    select l.id into v_id from crm.leads l
      where l.workspace_id = v_workspace and l.email_key = v_email and l.id is distinct from p_except
      order by l.number limit 1;
  end if;
  if v_id is null and v_profile is not null then
    select l.id into v_id from crm.leads l
      where l.workspace_id = v_workspace and l.linkedin_key = v_profile and l.id is distinct from p_except
      order by l.number limit 1;
  end if;
  return v_id;
end
$$;

-- Lets nobody else make a lead with the email or the profile before the transaction ends.
create function app.hold_identity(p_email text, p_profile text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if p_email is not null then
    perform pg_advisory_xact_lock(
      hashtextextended('crm.leads.email ' || app.workspace_id() || app.present_email(p_email), 0));
  end if;
  if p_profile is not null then
    perform pg_advisory_xact_lock(
      hashtextextended('crm.leads.linkedin ' || app.workspace_id() || app.linkedin_key(p_profile), 0));
  end if;
end
$$;

-- Raises LB081 when another lead has the email or the profile: the message is its number, empty for one
-- that is not seen.
create function app.require_unique_lead(p_email text, p_profile text, p_except uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_other uuid;
begin
  perform app.hold_identity(p_email, p_profile);
  v_other := app.other_lead(p_email, p_profile, p_except);
  if v_other is not null then
    raise exception using errcode = 'LB081', message = coalesce((
      select l.number::text from crm.leads l
      where l.workspace_id = app.workspace_id() and l.id = v_other), '');
  end if;
end
$$;

-- Makes a lead, and answers it. The fields: those of app.stored_lead, and company_domain, which a company
-- that is made for it has. Raises LB080, LB081 when there is one already, and what app.create_lead does.
create function app.create_unique_lead(p_given jsonb) returns setof crm.leads_with_links
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given constant jsonb := jsonb_strip_nulls(p_given);
  v_fields constant jsonb := app.stored_lead(v_given - 'company_domain', null);
begin
  perform app.require_unique_lead(v_given ->> 'email', v_given ->> 'linkedin_url', null);
  if not v_fields ? 'company_id' then
    perform app.make_company_with_domain(v_given ->> 'company', v_given ->> 'company_domain');
  end if;
  return query select * from app.create_lead(v_fields);
end
$$;

-- Changes what is given of the lead with a number, and answers it; nothing when there is none. The fields and
-- what is raised are those of app.create_unique_lead.
create function app.change_unique_lead(p_number bigint, p_given jsonb) returns setof crm.leads_with_links
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old crm.leads_with_links;
  v_fields jsonb;
  v_mistakes jsonb := '[]';
begin
  select l.* into v_old from crm.leads_with_links l
    where l.workspace_id = app.workspace_id() and l.number = p_number;
  if v_old.id is null then
    return;
  end if;
  v_fields := app.stored_lead(p_given - 'company_domain', v_old);
  if p_given -> 'first_name' = 'null' and v_old.first_name is not null then
    v_mistakes := v_mistakes || app.mistake('first_name', 'Must not be null.');
  end if;
  if p_given -> 'last_name' = 'null' and v_old.last_name is not null then
    v_mistakes := v_mistakes || app.mistake('last_name', 'Must not be null.');
  end if;
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  perform app.require_unique_lead(
    nullif(p_given ->> 'email', v_old.email),
    case when app.linkedin_key(p_given ->> 'linkedin_url') <> coalesce(v_old.linkedin_key, '')
      then p_given ->> 'linkedin_url' end, v_old.id);
  if v_fields ? 'company' then
    perform app.make_company_with_domain(v_fields ->> 'company', p_given ->> 'company_domain');
  end if;
  return query select * from app.change_lead(v_old.id, v_fields);
end
$$;

-- Gives a lead a field of its own that it lacks, and defines that when it is new; answers the definition. A name
-- that is defined in another case is that one. Raises LB080 when there is no such lead, LB082 when it has the field.
create function app.add_custom_field(p_lead bigint, p_name text, p_value jsonb) returns setof crm.lookups
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_lead uuid;
  v_field crm.lookups;
begin
  select l.id into v_lead from crm.leads l where l.workspace_id = v_workspace and l.number = p_lead;
  if v_lead is null then
    raise exception using errcode = 'LB080',
      message = jsonb_build_array(app.mistake('lead_id', 'No lead with this id.'));
  end if;
  insert into crm.lookups (module_name, type, name, value) values ('lead', 'custom_field', p_name, p_name)
    on conflict do nothing;
  select k.* into v_field from crm.lookups k
    where k.workspace_id = v_workspace and k.module_name = 'lead' and k.type = 'custom_field'
      and k.name_key = lower(p_name collate "und-x-icu") collate "C";
  v_lead := (app.lock_lead(v_lead, '{}')).lead.id;
  if exists (
    select from crm.leads l
    where l.workspace_id = v_workspace and l.id = v_lead and l.custom_fields ? v_field.value
  ) then
    raise exception using errcode = 'LB082', message = 'the lead has the field';
  end if;
  perform app.change_lead(v_lead, jsonb_build_object('custom_fields',
    jsonb_build_object(v_field.value, p_value)));
  return next v_field;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.search_leads_and_companies(text, text[]), app.other_lead(text, text, uuid),
  app.hold_identity(text, text), app.require_unique_lead(text, text, uuid), app.create_unique_lead(jsonb),
  app.change_unique_lead(bigint, jsonb), app.add_custom_field(bigint, text, jsonb) to lumenbase_api;
