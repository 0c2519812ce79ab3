-- Pipelines as LIO makes and changes them: of one name, with an open, a won and a lost stage. Fields as
-- app.create_pipeline takes them; of a change's stages {"id" (its number), "is_won", "is_lost", column: value}.

-- Raises LB083 for a name that another pipeline has. Who calls it has locked the pipelines.
create function app.require_new_pipeline(p_name text, p_except uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_number constant bigint := (
    select min(p.number) from crm.pipelines p
    where p.workspace_id = app.workspace_id() and p.id is distinct from p_except
      and p.name_key = lower(p_name collate "und-x-icu"));
begin
  if v_number is not null then
    raise exception using errcode = 'LB083', message = jsonb_build_object(
      'field', 'name', 'record', 'pipeline', 'number', v_number);
  end if;
end
$$;

-- Makes a pipeline and answers its id. Raises LB083.
create function app.create_sales_pipeline(p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.lock_pipelines();
  perform app.require_new_pipeline(p_fields ->> 'name', null);
  return (select made.id from app.create_pipeline(p_fields) made);
end
$$;

-- Changes what is given of the pipeline with a number, and answers its id; nothing when there is none. Raises
-- LB083, and what app.set_stages does.
create function app.change_sales_pipeline(p_number bigint, p_fields jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old crm.pipelines;
begin
  perform app.lock_pipelines();
  select p.* into v_old from crm.pipelines p
    where p.workspace_id = app.workspace_id() and p.number = p_number;
  if not found then
    return;
  end if;
  if p_fields ->> 'name' is distinct from v_old.name and p_fields ? 'name' then
    perform app.require_new_pipeline(p_fields ->> 'name', v_old.id);
  end if;
  if p_fields ? 'stages' then
    perform app.set_stages(v_old.id, p_fields -> 'stages');
  end if;
  return query select changed.id from app.change_pipeline(v_old.id, p_fields - 'stages') changed;
end
$$;

-- A pipeline's stages as they are to be, in order: of each what it is now, what it will be, and what of that is
-- given. Raises LB080 for those that are none of the pipeline, or twice there.
create function app.planned_stages(p_pipeline uuid, p_stages jsonb)
returns table (place bigint, was crm.stages, becomes crm.stages, fields jsonb)
language plpgsql stable
set search_path = ''
as $$
declare
  v_mistakes constant jsonb := (
    select jsonb_agg(app.mistake(format('stages[%s].id', entry.place - 1), case when s.id is null
      then 'No stage of the pipeline with this id.' else 'The stage is in the list before.' end))
    from jsonb_array_elements(p_stages) with ordinality as entry (fields, place)
    left join crm.stages s on s.workspace_id = app.workspace_id() and s.pipeline_id = p_pipeline
      and s.number = (entry.fields ->> 'id')::bigint
    where entry.fields ? 'id' and (s.id is null or exists (
      select from jsonb_array_elements(p_stages) with ordinality as other (fields, place)
      where other.place < entry.place and other.fields -> 'id' = entry.fields -> 'id')));
begin
  if v_mistakes is not null then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  return query
    select entry.place, s, jsonb_populate_record(s, planned.fields), planned.fields
    from jsonb_array_elements(p_stages) with ordinality as entry (fields, place)
    left join crm.stages s on s.workspace_id = app.workspace_id() and s.pipeline_id = p_pipeline
      and s.number = (entry.fields ->> 'id')::bigint
    cross join lateral (
      select case outcome
          when 'won' then '{"outcome": "won", "probability": 100}'
          when 'lost' then '{"outcome": "lost", "probability": 0}'
          else '{"outcome": "open"}' end::jsonb || entry.fields - '{id,is_won,is_lost}'::text[] as fields
      from (
        -- What is given goes before what the stage is.
        select case when (entry.fields ->> 'is_won')::boolean then 'won'
          when (entry.fields ->> 'is_lost')::boolean then 'lost'
          when entry.fields -> ('is_' || s.outcome) is distinct from 'false' then s.outcome end as outcome) given
    ) planned
    order by entry.place;
end
$$;

-- Gives a pipeline all its stages: those with an id stay, changed, those without are new, and open ones that are
-- left out are removed. Raises LB080 for what is wrong with them, LB090 for a won or lost one that is left out or
-- changed, LB007 for one removed that has leads or deals.
create function app.set_stages(p_pipeline uuid, p_stages jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_before constant uuid[] := app.lock_stages(p_pipeline);
  v_stages jsonb := p_stages;
  v_outcome text;
  v_plan record;
  v_id uuid;
  v_after uuid[] := '{}';
begin
  foreach v_outcome in array array['won', 'lost'] loop
    if not exists (
      select from app.planned_stages(p_pipeline, p_stages) plan where (plan.becomes).outcome = v_outcome
    ) then
      v_stages := v_stages || jsonb_build_object('name', initcap(v_outcome), 'is_' || v_outcome, true, 'color', '#64748B');
    end if;
  end loop;
  perform app.require_stages(p_pipeline, v_stages);
  set constraints crm.stages_name_key deferred;
  perform app.delete_stage(p_pipeline, gone.id)
    from unnest(v_before) gone (id)
    where gone.id not in (
      select (plan.was).id from app.planned_stages(p_pipeline, v_stages) plan where (plan.was).id is not null);
  for v_plan in select * from app.planned_stages(p_pipeline, v_stages) loop
    if (v_plan.was).id is null then
      select made.id into v_id from app.create_stage(p_pipeline, v_plan.fields) made;
    else
      v_id := (v_plan.was).id;
      -- The others are protected.
      if (v_plan.was).outcome = 'open' then
        perform app.change_stage(p_pipeline, v_id, v_plan.fields);
      end if;
    end if;
    v_after := v_after || v_id;
  end loop;
  perform app.order_stages(v_after);
  set constraints crm.stages_name_key immediate;
  update crm.stages s
    set probability = 100 * app.stage_probability(v_workspace, p_pipeline, s.position, s.outcome, null)
    where s.workspace_id = v_workspace and s.id = any (v_after) and s.id <> all (v_before) and s.probability is null;
end
$$;

-- Raises what app.set_stages does for stages that cannot be those of the pipeline.
create function app.require_stages(p_pipeline uuid, p_stages jsonb) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_mistakes jsonb := (
    select coalesce(jsonb_agg(app.mistake(format('stages[%s].name', twice.place - 1),
      'Must be another name than those of the stages before.') order by twice.place), '[]')
    from (
      select plan.place, row_number() over (
        partition by lower((plan.becomes).name collate "und-x-icu") order by plan.place) as nth
      from app.planned_stages(p_pipeline, p_stages) plan) twice
    where twice.nth > 1);
begin
  if exists (
    select from crm.stages s
    left join app.planned_stages(p_pipeline, p_stages) plan on (plan.was).id = s.id
    where s.workspace_id = v_workspace and s.pipeline_id = p_pipeline and s.outcome <> 'open'
      and (plan.place is null or (s.name, s.outcome, s.max_days_in_stage, coalesce(s.color, '#64748B')) is distinct from (
          (plan.becomes).name, (plan.becomes).outcome, (plan.becomes).max_days_in_stage,
          coalesce((plan.becomes).color, '#64748B'))
        or plan.fields ? 'probability' and plan.fields ->> 'probability' is distinct from case s.outcome
          when 'won' then '100' else '0' end)
  ) then
    raise exception 'won and lost stages stay as they are' using errcode = 'LB090';
  end if;
  if not exists (select from app.planned_stages(p_pipeline, p_stages) plan where (plan.becomes).outcome = 'open') then
    v_mistakes := v_mistakes || app.mistake('stages', 'Must have at least one open stage.');
  end if;
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
end
$$;

-- Deletes pipelines without deals and leads, after locking them all. Answers how many. Raises LB007 and LB016.
create function app.delete_pipelines(p_pipelines uuid[]) returns integer
language plpgsql volatile
set search_path = ''
as $$
begin
  return (select count(*) from unnest(p_pipelines) pipeline (id) where app.delete_pipeline(pipeline.id));
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.require_new_pipeline(text, uuid), app.create_sales_pipeline(jsonb),
  app.change_sales_pipeline(bigint, jsonb), app.planned_stages(uuid, jsonb), app.set_stages(uuid, jsonb),
  app.require_stages(uuid, jsonb), app.delete_pipelines(uuid[]) to lumenbase_api;
