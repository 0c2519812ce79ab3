-- Stages as the CRM HTTP API changes them: a pipeline keeps an open one.

-- How many deals are at the stage: of all from the counts, else those that the actor sees.
create view crm.stages_with_deals with (security_invoker = true) as
  select s.*,
    case when (select app.sees_all())
      then (select coalesce(sum(c.records), 0)::bigint from crm.record_counts c
        where c.workspace_id = s.workspace_id and c.resource = 'deals' and c.field = 'stage_id'
          and c.value = s.id::text)
      else (select count(*) from crm.deals d where d.workspace_id = s.workspace_id and d.stage_id = s.id)
    end as deals_count
  from crm.stages s;

grant select on crm.stages_with_deals to lumenbase_api;

-- Raises LB074 when the stage is the last open one of its pipeline, which the caller has locked.
create function app.require_other_open_stage(p_stage uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if exists (
    select from crm.stages s
    where s.workspace_id = app.workspace_id() and s.id = p_stage and s.outcome = 'open'
      and not exists (
        select from crm.stages other
        where other.workspace_id = s.workspace_id and other.pipeline_id = s.pipeline_id
          and other.outcome = 'open' and other.id <> s.id)
  ) then
    raise exception 'the last open stage' using errcode = 'LB074';
  end if;
end
$$;

-- As app.change_stage of any pipeline's stage. Raises LB074 besides.
create function app.change_open_stage(p_id uuid, p_fields jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.lock_stages(s.pipeline_id) from crm.stages s
    where s.workspace_id = app.workspace_id() and s.id = p_id;
  if p_fields ->> 'outcome' <> 'open' then
    perform app.require_other_open_stage(p_id);
  end if;
  return query select changed.id from app.change_stage(null, p_id, p_fields) changed;
end
$$;

-- As app.delete_stage of any pipeline's stage. Raises LB074 besides.
create function app.delete_open_stage(p_id uuid, p_move_to uuid) returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.lock_stages(s.pipeline_id) from crm.stages s
    where s.workspace_id = app.workspace_id() and s.id = p_id;
  perform app.require_other_open_stage(p_id);
  return app.delete_stage(null, p_id, p_move_to);
end
$$;

-- Puts all stages of a pipeline in this order and answers the pipeline. Raises LB075 when they are not all
-- of one pipeline, each once.
create function app.reorder_stages(p_stages uuid[]) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_pipeline constant uuid := (
    select s.pipeline_id from crm.stages s
    where s.workspace_id = app.workspace_id() and s.id = p_stages[1]);
  v_stages constant uuid[] := app.lock_stages(v_pipeline);
begin
  if v_stages is null or cardinality(v_stages) <> cardinality(p_stages)
      or not (v_stages <@ p_stages and p_stages <@ v_stages) then
    raise exception 'not every stage of one pipeline once' using errcode = 'LB075';
  end if;
  perform app.order_stages(p_stages);
  return v_pipeline;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.require_other_open_stage(uuid), app.change_open_stage(uuid, jsonb),
  app.delete_open_stage(uuid, uuid), app.reorder_stages(uuid[]) to lumenbase_api;
