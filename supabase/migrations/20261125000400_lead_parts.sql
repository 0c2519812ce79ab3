-- What a lead's fields stand for: its contact, its company, its place in a pipeline. The fields given:
-- {column of crm.leads: value, "company"?: name, "tags"?: [names]}, normalised.
--
-- Locks are taken in one order: the day's quota, the workspace's companies, the lead (an advisory lock),
-- then rows: its pipeline, contacts by email, the lead, tags by name, the day's use.

create function app.person_of(p_fields jsonb) returns jsonb
language sql immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(p_fields)
  where key in ('first_name', 'last_name', 'phone')
$$;

-- The contact that has the email, or is known by it, locked; made when there is none. It takes what is given, what it lacks
-- of p_fill, and the company when it has none.
create function app.contact_for_lead(
  p_email text, p_fill jsonb, p_given jsonb, p_company uuid, out id uuid, out made boolean
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_email constant text collate "C" := app.present_email(p_email);
  v_old crm.contacts;
  v_new crm.contacts;
begin
  loop
    select c.* into v_old from crm.contacts c
      where c.workspace_id = v_workspace and c.email = v_email for no key update;
    made := not found;
    v_new := jsonb_populate_record(v_old,
      p_fill || jsonb_strip_nulls(app.person_of(to_jsonb(v_old))) || p_given);
    if made then
      insert into crm.contacts (first_name, last_name, email, phone, company_id)
        values (v_new.first_name, v_new.last_name, v_email, v_new.phone, p_company)
        on conflict (workspace_id, email) do nothing
        returning contacts.id into id;
    else
      id := v_old.id;
      v_new.company_id := coalesce(v_old.company_id, p_company);
      update crm.contacts c set first_name = v_new.first_name, last_name = v_new.last_name,
          phone = v_new.phone, company_id = v_new.company_id
        where c.workspace_id = v_workspace and c.id = v_old.id
          and (v_old.first_name, v_old.last_name, v_old.phone, v_old.company_id)
            is distinct from (v_new.first_name, v_new.last_name, v_new.phone, v_new.company_id);
    end if;
    -- Another request that made the contact meanwhile has committed.
    exit when id is not null;
  end loop;
end
$$;

-- The company of this name, made when new and held until the transaction ends.
create function app.company_named(p_name text) returns uuid
language sql volatile
set search_path = ''
as $$
  select (app.resolve_companies(
    jsonb_build_array(jsonb_build_object('company_name', p_name))) #>> '{0,id}')::uuid
$$;

-- Where a lead that is at p_pipeline and p_stage, or new, is to be: a stage alone decides the pipeline,
-- another pipeline alone is begun at its first stage, and neither is the default pipeline. Keeps that
-- pipeline's stages from changing. Raises LB006 when the stage is of another pipeline than the one given.
create function app.place_lead(
  p_fields jsonb, p_pipeline uuid, p_stage uuid, out pipeline_id uuid, out stage_id uuid, out outcome text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_its_pipeline uuid;
begin
  stage_id := p_fields ->> 'stage_id';
  select s.pipeline_id into v_its_pipeline from crm.stages s
    where s.workspace_id = v_workspace and s.id = stage_id;
  pipeline_id := coalesce((p_fields ->> 'pipeline_id')::uuid, v_its_pipeline, p_pipeline, (
    select p.id from crm.pipelines p where p.workspace_id = v_workspace and p.is_default));
  if v_its_pipeline <> pipeline_id then
    raise exception 'the stage is of another pipeline' using errcode = 'LB006';
  end if;
  perform from crm.pipelines p where p.workspace_id = v_workspace and p.id = pipeline_id for share;
  if not found and not p_fields ? 'pipeline_id' then
    raise exception 'a pipeline was deleted meanwhile' using errcode = '40001';
  end if;
  if stage_id is null then
    stage_id := case when pipeline_id = p_pipeline then p_stage else (
      select s.id from crm.stages s where s.workspace_id = v_workspace and s.pipeline_id = place_lead.pipeline_id
      order by s.position, s.id limit 1) end;
  end if;
  select s.outcome into outcome from crm.stages s where s.workspace_id = v_workspace and s.id = stage_id;
end
$$;

-- The status of a record that comes into a stage: a won or lost stage sets it, an open one ends those
-- two, which leaves p_open.
create function app.status_at(p_outcome text, p_status text, p_open text) returns text
language sql immutable
set search_path = ''
as $$
  select case when p_outcome in ('won', 'lost') then p_outcome
    when p_status in ('won', 'lost') then p_open else p_status end
$$;

-- Raises LB012 when the user is inactive. One that does not exist is left to the foreign key.
create function app.require_active_user(p_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if exists (
    select from crm.users u
    where u.workspace_id = app.workspace_id() and u.id = p_id and u.status = 'inactive'
  ) then
    raise exception 'the user is inactive' using errcode = 'LB012';
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.person_of(jsonb), app.contact_for_lead(text, jsonb, jsonb, uuid),
  app.company_named(text), app.place_lead(jsonb, uuid, uuid), app.status_at(text, text, text),
  app.require_active_user(uuid) to lumenbase_api;
