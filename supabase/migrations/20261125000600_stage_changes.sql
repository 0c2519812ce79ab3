-- Stages made, moved, changed and deleted. Who does locks the pipeline first, so its stages stand at
-- 1, 2, 3 … without gaps. The fields given: {column of crm.stages: value}, normalised.

-- How many leads are in the stage, from the counts.
create view crm.stages_with_counts with (security_invoker = true) as
  select s.*,
    (select p.number from crm.pipelines p
      where p.workspace_id = s.workspace_id and p.id = s.pipeline_id) as pipeline_number,
    (select coalesce(sum(c.records), 0)::bigint from crm.record_counts c
      where c.workspace_id = s.workspace_id and c.resource = 'leads' and c.field = 'stage_id'
        and c.value = s.id::text) as leads_count
  from crm.stages s;

grant select on crm.stages_with_counts to lumenbase_api;

-- The stages of a pipeline in order; null when there is no such pipeline. Nobody else changes them, or
-- puts a lead there, before the transaction ends.
create function app.lock_stages(p_pipeline uuid) returns uuid[]
language plpgsql volatile
set search_path = ''
as $$
begin
  perform from crm.pipelines p
    where p.workspace_id = app.workspace_id() and p.id = p_pipeline for no key update;
  return case when found then array(
    select s.id from crm.stages s
    where s.workspace_id = app.workspace_id() and s.pipeline_id = p_pipeline order by s.position, s.id) end;
end
$$;

-- Puts stages in this order.
create function app.order_stages(p_stages uuid[]) returns void
language sql volatile
set search_path = ''
as $$
  update crm.stages s set position = place.nth
    from unnest(p_stages) with ordinality as place (id, nth)
    where s.workspace_id = app.workspace_id() and s.id = place.id and s.position <> place.nth
$$;

-- The stages with one of them at this place, or at the end.
create function app.stages_with(p_stages uuid[], p_id uuid, p_position integer) returns uuid[]
language sql immutable
set search_path = ''
as $$
  select others[:p_position - 1] || p_id || others[p_position:]
  from array_remove(p_stages, p_id) others
$$;

-- Makes a stage at its position, else as the last, and answers it; nothing when there is no such pipeline.
-- The first stage of a pipeline takes in the leads that had none.
create function app.create_stage(p_pipeline uuid, p_fields jsonb) returns setof crm.stages_with_counts
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_new crm.stages := jsonb_populate_record(null::crm.stages, p_fields);
  v_stages constant uuid[] := app.lock_stages(p_pipeline);
begin
  if v_stages is null then
    return;
  end if;
  insert into crm.stages (pipeline_id, name, position, outcome, probability, color, max_days_in_stage)
    values (p_pipeline, v_new.name, least(v_new.position, cardinality(v_stages) + 1),
      coalesce(v_new.outcome, 'open'), v_new.probability, v_new.color, v_new.max_days_in_stage)
    returning * into v_new;
  perform app.order_stages(app.stages_with(v_stages, v_new.id, v_new.position));
  if v_stages = '{}' then
    update crm.leads l set stage_id = v_new.id, status = app.status_at(v_new.outcome, l.status, 'new')
      where l.workspace_id = v_workspace and l.pipeline_id = p_pipeline and l.stage_id is null;
  end if;
  return query select * from crm.stages_with_counts s where s.workspace_id = v_workspace and s.id = v_new.id;
end
$$;

-- Changes what is given of a stage of the pipeline (null: of any), and answers it; nothing when there is
-- none. Its deals take its name, its leads and deals the status of another outcome.
create function app.change_stage(p_pipeline uuid, p_id uuid, p_fields jsonb)
returns setof crm.stages_with_counts
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_stages constant uuid[] := app.lock_stages((
    select s.pipeline_id from crm.stages s
    where s.workspace_id = v_workspace and s.id = p_id and s.pipeline_id = coalesce(p_pipeline, s.pipeline_id)));
  v_old crm.stages;
  v_new crm.stages;
begin
  select s.* into v_old from crm.stages s
    where s.workspace_id = v_workspace and s.id = p_id and s.id = any (v_stages);
  if not found then
    return;
  end if;
  v_new := jsonb_populate_record(v_old, p_fields);
  update crm.stages s
    set name = v_new.name, outcome = v_new.outcome, probability = v_new.probability, color = v_new.color,
      max_days_in_stage = v_new.max_days_in_stage
    where s.workspace_id = v_workspace and s.id = p_id
      and (s.name, s.outcome, s.probability, s.color, s.max_days_in_stage)
        is distinct from (v_new.name, v_new.outcome, v_new.probability, v_new.color, v_new.max_days_in_stage);
  perform app.order_stages(app.stages_with(v_stages, p_id, v_new.position));
  if v_new.name <> v_old.name then
    update crm.deals d set stage = v_new.name where d.workspace_id = v_workspace and d.stage_id = p_id;
  end if;
  if v_new.outcome <> v_old.outcome then
    update crm.leads l set status = app.status_at(v_new.outcome, l.status, 'new')
      where l.workspace_id = v_workspace and l.stage_id = p_id
        and l.status <> app.status_at(v_new.outcome, l.status, 'new');
    update crm.deals d set status = app.status_at(v_new.outcome, d.status, 'open')
      where d.workspace_id = v_workspace and d.stage_id = p_id
        and d.status <> app.status_at(v_new.outcome, d.status, 'open');
  end if;
  return query select * from crm.stages_with_counts s where s.workspace_id = v_workspace and s.id = p_id;
end
$$;

-- Raises LB007, whose message tells how many are there and whose detail is {"leads", "deals"}, unless both
-- are none.
create function app.require_empty(p_leads bigint, p_deals bigint) returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if p_leads + p_deals > 0 then
    raise exception '% lead% and % deal%', p_leads, case p_leads when 1 then '' else 's' end,
      p_deals, case p_deals when 1 then '' else 's' end
      using errcode = 'LB007', detail = jsonb_build_object('leads', p_leads, 'deals', p_deals);
  end if;
end
$$;

-- Deletes a stage of the pipeline (null: of any), after its leads and deals went to another of that
-- pipeline; answers whether there was one. Raises LB007 when it has some and none is named to move to,
-- LB008 when that one is itself or not of the pipeline.
create function app.delete_stage(p_pipeline uuid, p_id uuid, p_move_to uuid default null) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_stages constant uuid[] := app.lock_stages((
    select s.pipeline_id from crm.stages s
    where s.workspace_id = v_workspace and s.id = p_id and s.pipeline_id = coalesce(p_pipeline, s.pipeline_id)));
  v_target crm.stages;
begin
  -- Who has just put a deal there has committed it now, and nobody can any more.
  perform from crm.stages s
    where s.workspace_id = v_workspace and s.id = p_id and s.id = any (v_stages) for update;
  if not found then
    return false;
  end if;
  if p_move_to is null then
    perform app.require_empty(
      (select count(*) from crm.leads l where l.workspace_id = v_workspace and l.stage_id = p_id),
      (select count(*) from crm.deals d where d.workspace_id = v_workspace and d.stage_id = p_id));
  elsif p_move_to = p_id or p_move_to <> all (v_stages) then
    raise exception 'no other stage of the pipeline' using errcode = 'LB008';
  else
    select s.* into v_target from crm.stages s where s.workspace_id = v_workspace and s.id = p_move_to;
    update crm.leads l set stage_id = p_move_to, status = app.status_at(v_target.outcome, l.status, 'new')
      where l.workspace_id = v_workspace and l.stage_id = p_id;
    update crm.deals d set stage = v_target.name where d.workspace_id = v_workspace and d.stage_id = p_id;
  end if;
  delete from crm.stages s where s.workspace_id = v_workspace and s.id = p_id;
  perform app.order_stages(array_remove(v_stages, p_id));
  return true;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.lock_stages(uuid), app.order_stages(uuid[]),
  app.stages_with(uuid[], uuid, integer), app.create_stage(uuid, jsonb), app.change_stage(uuid, uuid, jsonb),
  app.require_empty(bigint, bigint), app.delete_stage(uuid, uuid, uuid) to lumenbase_api;
