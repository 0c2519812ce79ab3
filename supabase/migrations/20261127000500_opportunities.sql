-- Deals as the CRM HTTP API makes and changes them: their stage by its id, name or system key.

-- The stage that a text names in a pipeline, by its name, else its system key, regardless of case. Raises
-- LB003, whose message lists the pipeline's stages, when there is none.
create function app.stage_named(p_pipeline uuid, p_text text) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_key constant text collate "C" := lower(p_text collate "und-x-icu");
  v_id constant uuid := (
    select s.id from crm.stages s
    where s.workspace_id = app.workspace_id() and s.pipeline_id = p_pipeline
      and v_key in (s.name_key, s.system_key)
    order by s.name_key = v_key desc limit 1);
begin
  if v_id is null then
    raise exception using errcode = 'LB003', message = coalesce((
      select string_agg(s.name, ', ' order by s.position) from crm.stages s
      where s.workspace_id = app.workspace_id() and s.pipeline_id = p_pipeline), 'there is none');
  end if;
  return v_id;
end
$$;

-- The fields with the stage that they name as `stage_id` alone. A name is looked for in the pipeline of a
-- stage given by id, else in p_pipeline. Raises LB003, and LB076 when name and id do not agree.
create function app.with_stage_id(p_fields jsonb, p_pipeline uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_given constant uuid := p_fields ->> 'stage_id';
  v_named uuid;
begin
  if not p_fields ? 'stage' then
    return p_fields;
  end if;
  v_named := app.stage_named(coalesce((
    select s.pipeline_id from crm.stages s
    where s.workspace_id = app.workspace_id() and s.id = v_given), p_pipeline), p_fields ->> 'stage');
  if v_given <> v_named then
    raise exception 'stage and stage_id do not agree' using errcode = 'LB076';
  end if;
  return p_fields - 'stage' || jsonb_build_object('stage_id', v_named);
end
$$;

-- Makes a deal and answers its id. Raises what app.with_stage_id does.
create function app.create_opportunity(p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new constant crm.deals := jsonb_populate_record(null::crm.deals, app.with_stage_id(p_fields, (
    select p.id from crm.pipelines p where p.workspace_id = app.workspace_id() and p.is_default)));
  v_id constant uuid := app.uuid_v7();
begin
  insert into crm.deals (id, title, value, currency, stage_id, probability, expected_close_date,
      company_id, contact_id, assigned_to)
    values (v_id, v_new.title, v_new.value, coalesce(v_new.currency, 'USD'), v_new.stage_id,
      v_new.probability, v_new.expected_close_date, v_new.company_id, v_new.contact_id,
      v_new.assigned_to);
  return v_id;
end
$$;

-- Changes what is given of a deal, and answers its id; nothing when there is none. A stage of another
-- pipeline, given by its id, moves the deal there. Raises what app.with_stage_id does.
create function app.change_opportunity(p_id uuid, p_fields jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old crm.deals;
  v_new crm.deals;
begin
  select d.* into v_old from crm.deals d
    where d.workspace_id = app.workspace_id() and d.id = p_id for no key update;
  if not found then
    return;
  end if;
  v_new := jsonb_populate_record(v_old, app.with_stage_id(p_fields, coalesce(v_old.pipeline_id, (
    select p.id from crm.pipelines p where p.workspace_id = app.workspace_id() and p.is_default))));
  if v_new.stage_id is distinct from v_old.stage_id then
    v_new.pipeline_id := coalesce((
      select s.pipeline_id from crm.stages s
      where s.workspace_id = app.workspace_id() and s.id = v_new.stage_id), v_old.pipeline_id);
  end if;
  update crm.deals d set (title, value, currency, pipeline_id, stage_id, probability,
      expected_close_date, company_id, contact_id, assigned_to) = row (v_new.title, v_new.value,
      v_new.currency, v_new.pipeline_id, v_new.stage_id, v_new.probability, v_new.expected_close_date,
      v_new.company_id, v_new.contact_id, v_new.assigned_to)
    where d.workspace_id = v_old.workspace_id and d.id = p_id and v_new is distinct from v_old;
  return next p_id;
end
$$;

-- The texts in `stage` of deals that a filter means: a name or a system key, regardless of case.
create function app.stage_texts(p_text text) returns setof text
language sql stable
set search_path = ''
as $$
  select s.name collate "C" from crm.stages s
  where s.workspace_id = app.workspace_id()
    and lower(p_text collate "und-x-icu") collate "C" in (s.name_key, s.system_key)
  union
  select c.value collate "C" from crm.record_counts c
  where c.workspace_id = app.workspace_id() and c.resource = 'deals' and c.field = 'stage'
    and lower(c.value collate "und-x-icu") = lower(p_text collate "und-x-icu")
  union
  -- Counts are hidden from an actor who does not see every deal.
  select d.stage collate "C" from crm.deals d
  where not (select app.sees_all()) and d.workspace_id = app.workspace_id()
    and lower(d.stage collate "und-x-icu") = lower(p_text collate "und-x-icu")
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.stage_named(uuid, text), app.with_stage_id(jsonb, uuid),
  app.create_opportunity(jsonb), app.change_opportunity(uuid, jsonb), app.stage_texts(text)
  to lumenbase_api;
