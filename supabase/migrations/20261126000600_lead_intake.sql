-- Intake: what somebody sent about a person becomes one lead, or completes the one that is there.
--
-- Before all other locks it takes those of the person (advisory, email before phone), which nothing else
-- takes: however many come at once, one person becomes one lead, and nobody waits in a circle.

-- The oldest lead with the email, else with the same digits of a phone; either may be what its contact is known by
-- besides its own.
create function app.find_lead(p_email text, p_phone text) returns crm.leads
language plpgsql stable
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_email constant text collate "C" := app.present_email(p_email);
  v_digits constant text collate "C" := app.phone_digits(p_phone);
  v_lead crm.leads;
begin
  if v_email is not null then
    select l.* into v_lead from crm.leads l
      where l.workspace_id = v_workspace and l.email_key = v_email order by l.id limit 1;
  end if;
  if v_lead.id is null and v_digits is not null then
    select l.* into v_lead from crm.leads l
      where l.workspace_id = v_workspace and l.phone_digits = v_digits order by l.id limit 1;
  end if;
  if v_lead.id is null and v_digits is not null then
    select l.* into v_lead from crm.contact_addresses a
      join crm.leads l on l.workspace_id = a.workspace_id and l.contact_id = a.contact_id
      where a.workspace_id = v_workspace and a.phone_digits = v_digits order by l.id limit 1;
  end if;
  return v_lead;
end
$$;

-- What of the custom fields given can be merged into those that are there: at most 100 keys in all.
create function app.custom_fields_that_fit(p_old jsonb, p_given jsonb) returns jsonb
language sql immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from (
    select key, value, p_old ? key as known,
      row_number() over (partition by p_old ? key order by key) as place
    from jsonb_each(p_given)) given
  where known or place <= 100 - (select count(*) from jsonb_object_keys(p_old))
$$;

-- What completes a lead: fields that it lacks, custom fields, tags, and notes after an empty line, where
-- they fit into the 20,000 UTF-16 code units that it can have.
create function app.completion_of(p_lead crm.leads, p_given jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_notes constant text := concat_ws(E'\n\n', nullif(p_lead.notes, ''), p_given ->> 'notes');
  v_lacks constant jsonb := (
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(p_given)
    where key in ('first_name', 'last_name', 'email', 'phone', 'source', 'assigned_to')
      and coalesce(to_jsonb(p_lead) ->> key, '') = ''
      or key = 'company' and p_lead.company_id is null or key = 'tags');
begin
  return v_lacks
    || case when p_given ? 'custom_fields' then jsonb_build_object('custom_fields',
      app.custom_fields_that_fit(p_lead.custom_fields, p_given -> 'custom_fields')) else '{}' end
    || case when p_given ? 'notes'
      and length(v_notes) + length(regexp_replace(v_notes, '[^\U00010000-\U0010FFFF]+', '', 'g')) <= 20000
      then jsonb_build_object('notes', v_notes) else '{}' end;
end
$$;

-- Completes a lead that was found, and answers it. Raises 40001 when it is gone meanwhile, or another's.
create function app.complete_lead(p_lead crm.leads, p_given jsonb) returns setof crm.leads_with_links
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lead crm.leads;
begin
  if p_lead.company_id is null and p_given ? 'company' then
    perform app.company_named(p_given ->> 'company');
  end if;
  v_lead := (app.lock_lead(p_lead.id, p_given - '{pipeline_id, stage_id}'::text[])).lead;
  if v_lead.id is null
      or ((v_lead.email = p_given ->> 'email') is not true
        and (v_lead.phone_digits = app.phone_digits(p_given ->> 'phone')) is not true
        and (v_lead.email, v_lead.phone_digits) is distinct from (p_lead.email, p_lead.phone_digits))
      or (v_lead.company_id is null and p_lead.company_id is not null and p_given ? 'company') then
    raise exception 'a lead that was found was changed meanwhile' using errcode = '40001';
  end if;
  return query select * from app.change_lead(v_lead.id, app.completion_of(v_lead, p_given), true);
end
$$;

-- Makes a person's lead, or completes the one that has the email, else the phone, and keeps what was sent
-- as an activity {"type", "title", "data"} of its contact; of none, when it has no email. The fields are
-- those of app.create_lead; the lead that is there stays where it is. Of a user who is inactive, the lead
-- has none. Raises LB002 when the day's quota is used up.
create function app.land_lead(
  p_fields jsonb, p_activity jsonb,
  out id uuid, out number bigint, out created boolean, out contact_id uuid
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_email constant text := app.present_email(p_fields ->> 'email');
  v_given jsonb := jsonb_strip_nulls(p_fields || jsonb_build_object('email', v_email));
  v_phone constant text := v_given ->> 'phone';
  v_lead crm.leads;
begin
  if v_email is not null then
    perform pg_advisory_xact_lock(hashtextextended('crm.leads.email ' || v_workspace || v_email, 0));
  end if;
  if v_phone is not null then
    perform pg_advisory_xact_lock(
      hashtextextended('crm.leads.phone ' || v_workspace || app.phone_digits(v_phone), 0));
  end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('crm.daily_usage ' || v_workspace, 0));
  if exists (
    select from crm.users u
    where u.workspace_id = v_workspace and u.id = (v_given ->> 'assigned_to')::uuid and u.status = 'inactive'
  ) then
    v_given := v_given - 'assigned_to';
  end if;

  v_lead := app.find_lead(v_email, v_phone);
  created := v_lead.id is null;
  if created then
    select l.id, l.number, l.contact_id into id, number, contact_id
      from app.create_lead(v_given, true) l;
  else
    select l.id, l.number, l.contact_id into id, number, contact_id
      from app.complete_lead(v_lead, v_given) l;
  end if;

  insert into crm.activities (type, title, data, contact_id)
    values (p_activity ->> 'type', p_activity ->> 'title', coalesce(p_activity -> 'data', '{}'),
      land_lead.contact_id);
  perform app.take_daily_quota(0, 1);
exception when foreign_key_violation then
  raise exception 'a record that was found is gone' using errcode = '40001';
end
$$;

-- Raises LB040 unless the workspace has this slug.
create function app.require_workspace(p_slug text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not exists (select from crm.workspaces w where w.id = app.workspace_id() and w.slug = p_slug) then
    raise exception 'the workspace has another slug' using errcode = 'LB040';
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.find_lead(text, text), app.custom_fields_that_fit(jsonb, jsonb),
  app.completion_of(crm.leads, jsonb), app.complete_lead(crm.leads, jsonb), app.land_lead(jsonb, jsonb),
  app.require_workspace(text)
  to lumenbase_api;
