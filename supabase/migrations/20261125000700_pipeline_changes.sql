-- Pipelines made, changed and deleted; of a workspace's pipelines one is the default. The fields given:
-- {column of crm.pipelines: value, "stages"?: [fields of a stage]}, normalised.

-- How many leads are in the pipeline, from the counts.
create view crm.pipelines_with_counts with (security_invoker = true) as
  select p.*, (
    select coalesce(sum(c.records), 0)::bigint from crm.record_counts c
    where c.workspace_id = p.workspace_id and c.resource = 'leads' and c.field = 'pipeline_id'
      and c.value = p.id::text) as leads_count
  from crm.pipelines p;

grant select on crm.pipelines_with_counts to lumenbase_api;

-- Keeps others from making another pipeline the default, or deleting one, until the transaction ends.
create function app.lock_pipelines() returns void
language sql volatile
set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtextextended('crm.pipelines ' || app.workspace_id(), 0))
$$;

-- Makes a pipeline with its stages in order, and answers it.
create function app.create_pipeline(p_fields jsonb) returns setof crm.pipelines_with_counts
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_new crm.pipelines := jsonb_populate_record(null::crm.pipelines, p_fields);
begin
  v_new.id := app.uuid_v7();
  if v_new.is_default then
    perform app.lock_pipelines();
    update crm.pipelines p set is_default = false where p.workspace_id = v_workspace and p.is_default;
  end if;
  insert into crm.pipelines (id, name, is_default, description, region, max_deal_limit, is_active)
    values (v_new.id, v_new.name, coalesce(v_new.is_default, false), v_new.description, v_new.region,
      v_new.max_deal_limit, coalesce(v_new.is_active, true));
  insert into crm.stages (pipeline_id, name, position, outcome, probability, color, max_days_in_stage)
    select v_new.id, stage.name, given.place, coalesce(stage.outcome, 'open'), stage.probability, stage.color,
      stage.max_days_in_stage
    from jsonb_array_elements(nullif(p_fields -> 'stages', 'null')) with ordinality as given (fields, place),
      jsonb_populate_record(null::crm.stages, given.fields) stage
    order by given.place;
  return query select * from crm.pipelines_with_counts p where p.workspace_id = v_workspace and p.id = v_new.id;
end
$$;

-- Changes what is given of a pipeline, and answers it; nothing when there is none. Made the default, it
-- takes that from the other. Raises LB009 when it is to stop being the default.
create function app.change_pipeline(p_id uuid, p_fields jsonb) returns setof crm.pipelines_with_counts
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_old crm.pipelines;
  v_new crm.pipelines;
begin
  if p_fields ? 'is_default' then
    perform app.lock_pipelines();
  end if;
  select p.* into v_old from crm.pipelines p
    where p.workspace_id = v_workspace and p.id = p_id for no key update;
  if not found then
    return;
  end if;
  v_new := jsonb_populate_record(v_old, p_fields);
  if v_old.is_default and not v_new.is_default then
    raise exception 'the default pipeline stays one' using errcode = 'LB009';
  elsif v_new.is_default and not v_old.is_default then
    update crm.pipelines p set is_default = false where p.workspace_id = v_workspace and p.is_default;
  end if;
  update crm.pipelines p set (name, is_default, description, region, max_deal_limit, is_active) = row (v_new.name,
      v_new.is_default, v_new.description, v_new.region, v_new.max_deal_limit, v_new.is_active)
    where p.workspace_id = v_workspace and p.id = p_id and v_new is distinct from v_old;
  return query select * from crm.pipelines_with_counts p where p.workspace_id = v_workspace and p.id = p_id;
end
$$;

-- Deletes a pipeline with its stages, after its leads and deals went to another: to the stage of the same
-- name, else the first; answers whether there was one. Raises LB007 when it has some and none is named to
-- move to, LB008 when that one is itself or none of the workspace's, LB016 for the default pipeline.
create function app.delete_pipeline(p_id uuid, p_move_to uuid default null) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_default boolean;
begin
  perform app.lock_pipelines();
  perform from crm.pipelines p where p.workspace_id = v_workspace and p.id in (p_id, p_move_to)
    order by p.id for update;
  select p.is_default into v_default from crm.pipelines p where p.workspace_id = v_workspace and p.id = p_id;
  if not found then
    return false;
  elsif v_default then
    raise exception 'the default pipeline stays' using errcode = 'LB016';
  elsif p_move_to is null then
    perform app.require_empty(
      (select count(*) from crm.leads l where l.workspace_id = v_workspace and l.pipeline_id = p_id),
      (select count(*) from crm.deals d where d.workspace_id = v_workspace and d.pipeline_id = p_id));
  elsif p_move_to = p_id or not exists (
      select from crm.pipelines p where p.workspace_id = v_workspace and p.id = p_move_to) then
    raise exception 'no other pipeline' using errcode = 'LB008';
  else
    perform app.move_leads(p_id, p_move_to);
    update crm.deals d set pipeline_id = p_move_to
      where d.workspace_id = v_workspace and d.pipeline_id = p_id;
  end if;
  delete from crm.pipelines p where p.workspace_id = v_workspace and p.id = p_id;
  return true;
end
$$;

-- Moves a pipeline's leads to another: to the stage of the same name, else the first, if there is one.
create function app.move_leads(p_from uuid, p_to uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
begin
  with targets as materialized (
    select s.id, s.name_key, s.outcome, s.position from crm.stages s
    where s.workspace_id = v_workspace and s.pipeline_id = p_to
  ), moves as materialized (
    select s.id as from_id, target.id, target.outcome
    from (
      select s.id, s.name_key from crm.stages s
        where s.workspace_id = v_workspace and s.pipeline_id = p_from
      union all select null, null) s
    left join lateral (
      select t.id, t.outcome from targets t
      order by t.name_key is not distinct from s.name_key desc, t.position, t.id limit 1) target on true
  )
  update crm.leads l
    set pipeline_id = p_to, stage_id = moves.id, status = app.status_at(moves.outcome, l.status, 'new')
    from moves
    where l.workspace_id = v_workspace and l.pipeline_id = p_from and l.stage_id is not distinct from moves.from_id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.lock_pipelines(), app.create_pipeline(jsonb), app.change_pipeline(uuid, jsonb),
  app.delete_pipeline(uuid, uuid), app.move_leads(uuid, uuid) to lumenbase_api;
