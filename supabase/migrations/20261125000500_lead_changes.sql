-- Leads made and changed, with their contact, company and tags; see app.contact_for_lead for the fields
-- and the order of locks.

-- Makes a lead, and answers it; with p_completes its contact takes only what it lacks. Raises LB002 when
-- the day's quota is used up, LB006 when the stage is of another pipeline, LB012 when the user is inactive.
create function app.create_lead(p_fields jsonb, p_completes boolean default false) returns setof crm.leads_with_links
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_given constant jsonb := jsonb_strip_nulls(p_fields);
  v_new crm.leads := jsonb_populate_record(null::crm.leads, v_given);
  v_person constant jsonb := app.person_of(v_given);
  v_place record;
  v_made boolean := false;
begin
  if v_new.email is not null then
    -- Shared, also near a cap: app.take_daily_quota is exact, and ingest that holds it alone ends first.
    perform pg_advisory_xact_lock_shared(hashtextextended('crm.daily_usage ' || v_workspace, 0));
  end if;
  if v_given ? 'company' then
    v_new.company_id := app.company_named(v_given ->> 'company');
  end if;
  select * into v_place from app.place_lead(v_given, null, null);
  perform app.require_active_user(v_new.assigned_to);
  if v_new.email is not null then
    select id, made into v_new.contact_id, v_made from app.contact_for_lead(
      v_new.email, case when p_completes then v_person else '{}' end,
      case when p_completes then '{}' else v_person end, v_new.company_id);
  end if;
  v_new.id := app.uuid_v7();
  insert into crm.leads (id, contact_id, company_id, pipeline_id, stage_id, assigned_to, first_name,
      last_name, email, phone, source, status, notes, custom_fields, starred, score, job_title, industry,
      website, address, city, state, country, pin_code, linkedin_url, priority, estimated_value)
    values (v_new.id, v_new.contact_id, v_new.company_id, v_place.pipeline_id, v_place.stage_id,
      v_new.assigned_to, v_new.first_name, v_new.last_name, v_new.email, v_new.phone, v_new.source,
      coalesce(v_new.status, app.status_at(v_place.outcome, 'new', 'new')), v_new.notes,
      coalesce(v_new.custom_fields, '{}'), coalesce(v_new.starred, false), coalesce(v_new.score, 0),
      v_new.job_title, v_new.industry, v_new.website, v_new.address, v_new.city, v_new.state, v_new.country,
      v_new.pin_code, v_new.linkedin_url, coalesce(v_new.priority, 2), v_new.estimated_value);
  if v_given ? 'tags' then
    perform app.set_lead_tags(v_new.id, array(select jsonb_array_elements_text(v_given -> 'tags')));
  end if;
  if v_made then
    perform app.take_daily_quota(1, 0);
  end if;
  return query select * from crm.leads_with_links l where l.workspace_id = v_workspace and l.id = v_new.id;
end
$$;

-- Locks a lead and what a change of it needs; answers the lead, and the place it is to have.
create function app.lock_lead(
  p_id uuid, p_fields jsonb,
  out lead crm.leads, out pipeline_id uuid, out stage_id uuid, out outcome text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_email constant text collate "C" := p_fields ->> 'email';
  v_seen crm.leads;
begin
  -- So that changes of one lead wait here, rather than find it changed when they have its contact.
  perform pg_advisory_xact_lock(hashtextextended('crm.leads ' || v_workspace || p_id, 0));
  loop
    select l.* into v_seen from crm.leads l where l.workspace_id = v_workspace and l.id = p_id;
    if p_fields ?| '{pipeline_id, stage_id}' then
      select place.* into pipeline_id, stage_id, outcome
        from app.place_lead(p_fields, v_seen.pipeline_id, v_seen.stage_id) place;
    else
      pipeline_id := v_seen.pipeline_id;
      stage_id := v_seen.stage_id;
    end if;
    if p_fields ?| '{first_name, last_name, email, phone, company}' then
      perform from crm.contacts c
        where c.workspace_id = v_workspace and c.id = any (array(
          select v_seen.contact_id union all
          select found.id from crm.contacts found
            where found.workspace_id = v_workspace and found.email = v_email))
        order by c.email, c.id for no key update;
    end if;
    select l.* into lead from crm.leads l
      where l.workspace_id = v_workspace and l.id = p_id for no key update;
    exit when (lead.contact_id, lead.pipeline_id, lead.stage_id)
      is not distinct from (v_seen.contact_id, v_seen.pipeline_id, v_seen.stage_id);
  end loop;
end
$$;

-- Changes what is given of a lead, and answers it; nothing when there is none. With p_completes a contact
-- that it is linked to takes only what that lacks, and tags are added. Raises what app.create_lead does.
create function app.change_lead(p_id uuid, p_fields jsonb, p_completes boolean default false) returns setof crm.leads_with_links
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_locked record;
  v_old crm.leads;
  v_new crm.leads;
  v_company uuid;
  v_made boolean := false;
  v_tags text[];
  v_tagged boolean := false;
begin
  if not exists (select from crm.leads l where l.workspace_id = v_workspace and l.id = p_id) then
    return;
  end if;
  if p_fields ->> 'email' is not null then
    perform pg_advisory_xact_lock_shared(hashtextextended('crm.daily_usage ' || v_workspace, 0));
  end if;
  if p_fields ->> 'company' is not null then
    v_company := app.company_named(p_fields ->> 'company');
  end if;
  select * into v_locked from app.lock_lead(p_id, p_fields);
  v_old := v_locked.lead;
  if v_old.id is null then
    return;
  end if;
  v_new := jsonb_populate_record(v_old, p_fields - '{custom_fields, ai_information}'::text[]);
  v_new.ai_information := v_old.ai_information || coalesce(p_fields -> 'ai_information', '{}');
  v_new.pipeline_id := v_locked.pipeline_id;
  v_new.stage_id := v_locked.stage_id;
  if v_new.email is distinct from v_old.email then
    v_new.email := app.present_email(v_new.email, v_old.contact_id);
  end if;
  if v_new.stage_id is distinct from v_old.stage_id and not p_fields ? 'status' then
    v_new.status := app.status_at(v_locked.outcome, v_old.status, 'new');
  end if;
  if v_new.assigned_to is distinct from v_old.assigned_to then
    perform app.require_active_user(v_new.assigned_to);
  end if;
  if p_fields ? 'company' then
    v_new.company_id := v_company;
  end if;
  if p_fields ? 'custom_fields' then
    v_new.custom_fields := coalesce(
      jsonb_strip_nulls(v_old.custom_fields || nullif(p_fields -> 'custom_fields', 'null')), '{}');
  end if;
  if v_new.email is null and v_old.email is not null then
    v_new.contact_id := null;
  elsif p_completes and v_old.contact_id is null and v_new.email is not null then
    select id, made into v_new.contact_id, v_made from app.contact_for_lead(v_new.email,
      app.person_of(to_jsonb(v_new)), '{}', v_company);
  elsif v_new.email is distinct from v_old.email and (v_old.contact_id is null or exists (
      select from crm.contacts c where c.workspace_id = v_workspace and c.email = v_new.email)) then
    -- Who is not linked yet completes the contact; who changes over leaves all to the one before.
    select id, made into v_new.contact_id, v_made from app.contact_for_lead(v_new.email,
      case when v_old.contact_id is null then app.person_of(to_jsonb(v_old)) else '{}' end,
      app.person_of(p_fields), v_company);
  elsif v_company is not null then
    update crm.contacts c set company_id = v_company
      where c.workspace_id = v_workspace and c.id = v_old.contact_id and c.company_id is null;
  end if;
  if p_fields ? 'tags' then
    v_tags := array(select jsonb_array_elements_text(nullif(p_fields -> 'tags', 'null')));
    v_tagged := case when p_completes then app.add_lead_tags(p_id, v_tags)
      else app.set_lead_tags(p_id, v_tags) end;
  end if;
  update crm.leads l set (contact_id, company_id, pipeline_id, stage_id, assigned_to, first_name,
      last_name, email, phone, source, status, notes, custom_fields, starred, score, job_title, industry,
      website, address, city, state, country, pin_code, linkedin_url, priority, estimated_value,
      ai_information) = row (
      v_new.contact_id, v_new.company_id, v_new.pipeline_id, v_new.stage_id, v_new.assigned_to,
      v_new.first_name, v_new.last_name, v_new.email, v_new.phone, v_new.source, v_new.status, v_new.notes,
      v_new.custom_fields, v_new.starred, v_new.score, v_new.job_title, v_new.industry, v_new.website,
      v_new.address, v_new.city, v_new.state, v_new.country, v_new.pin_code, v_new.linkedin_url,
      v_new.priority, v_new.estimated_value, v_new.ai_information)
    where l.workspace_id = v_workspace and l.id = p_id and (v_tagged or v_new is distinct from v_old);
  if v_made then
    perform app.take_daily_quota(1, 0);
  end if;
  return query select * from crm.leads_with_links l where l.workspace_id = v_workspace and l.id = p_id;
exception when unique_violation then
  raise exception 'a contact''s email was taken meanwhile' using errcode = '40001';
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.create_lead(jsonb, boolean), app.lock_lead(uuid, jsonb),
  app.change_lead(uuid, jsonb, boolean) to lumenbase_api;
