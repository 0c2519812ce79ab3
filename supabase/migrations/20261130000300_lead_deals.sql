-- Deals as LIO makes and changes them: of a lead, in a pipeline that takes them.

-- What is given of a deal as it is stored: lead_id, pipeline_id, stage_id and assigned_to are numbers. Raises LB080
-- with all that is wrong.
create function app.stored_deal(p_given jsonb, p_old crm.deals) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_given jsonb := p_given;
  v_mistakes jsonb := app.missing_of_deal(p_given, p_old);
  v_lead crm.leads;
  v_pipeline crm.pipelines;
  v_stage crm.stages;
  v_id uuid;
  v_value numeric;
begin
  if p_given ->> 'lead_id' is not null then
    select l.* into v_lead from crm.leads l
      where l.workspace_id = v_workspace and l.number = (p_given ->> 'lead_id')::bigint;
    if v_lead.id is null then
      v_mistakes := v_mistakes || app.mistake('lead_id', 'No lead with this id.');
    elsif v_lead.id is distinct from p_old.lead_id then
      v_given := v_given || jsonb_build_object('contact_id', v_lead.contact_id, 'company_id', v_lead.company_id);
    end if;
    v_given := v_given || jsonb_build_object('lead_id', v_lead.id);
  elsif app.hides_lead(p_old) then
    v_given := v_given - 'lead_id';
  end if;
  select p.* into v_pipeline from crm.pipelines p
    where p.workspace_id = v_workspace and case when p_given ->> 'pipeline_id' is null then p.id = p_old.pipeline_id
      else p.number = (p_given ->> 'pipeline_id')::bigint end;
  if p_given ->> 'pipeline_id' is not null then
    v_given := v_given || jsonb_build_object('pipeline_id', v_pipeline.id);
    if v_pipeline.id is null then
      v_mistakes := v_mistakes || app.mistake('pipeline_id', 'No pipeline with this id.');
    elsif not v_pipeline.is_active and v_pipeline.id is distinct from p_old.pipeline_id then
      v_mistakes := v_mistakes || app.mistake('pipeline_id', 'The pipeline is inactive and takes no new deals.');
    end if;
  end if;
  if p_given ->> 'stage_id' is not null then
    select s.* into v_stage from crm.stages s
      where s.workspace_id = v_workspace and s.number = (p_given ->> 'stage_id')::bigint;
    v_given := v_given || jsonb_build_object('stage_id', v_stage.id);
    if v_stage.id is null then
      v_mistakes := v_mistakes || app.mistake('stage_id', 'No stage with this id.');
    elsif v_stage.pipeline_id <> v_pipeline.id then
      v_mistakes := v_mistakes || app.mistake('stage_id', 'Must be a stage of the pipeline.');
    end if;
  elsif v_pipeline.id is distinct from p_old.pipeline_id and p_given ->> 'pipeline_id' is not null
      and p_old.id is not null then
    v_mistakes := v_mistakes || app.mistake('stage_id', 'Must be given with another pipeline: a stage of that.');
  end if;
  v_value := coalesce((p_given ->> 'value')::numeric, p_old.value);
  if v_value > v_pipeline.max_deal_limit
      and (v_value, v_pipeline.id) is distinct from (p_old.value, p_old.pipeline_id) then
    v_mistakes := v_mistakes || app.mistake('value', format('Must be at most %s, the limit of the pipeline.',
      trim_scale(v_pipeline.max_deal_limit)));
  end if;
  if p_given ->> 'assigned_to' is not null then
    select u.id into v_id from crm.users u
      where u.workspace_id = v_workspace and u.number = (p_given ->> 'assigned_to')::bigint
        and (u.status <> 'inactive' or u.id = p_old.assigned_to);
    v_given := v_given || jsonb_build_object('assigned_to', v_id);
    if v_id is null then
      v_mistakes := v_mistakes || app.mistake('assigned_to', 'No active user with this id.');
    end if;
  elsif p_old.id is null then
    v_given := v_given || jsonb_build_object('assigned_to', coalesce(v_lead.assigned_to, app.acting_user()));
  end if;
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  return v_given;
end
$$;

-- Whether a deal has a lead that the actor does not see, so that they are answered null for it.
create function app.hides_lead(p_deal crm.deals) returns boolean
language sql stable
set search_path = ''
as $$
  select p_deal.lead_id is not null and not exists (
    select from crm.leads l where l.workspace_id = p_deal.workspace_id and l.id = p_deal.lead_id)
$$;

-- What is null of a deal that has to be something: null is what one is answered with that another API made so, and
-- for a lead that one does not see.
create function app.missing_of_deal(p_given jsonb, p_old crm.deals) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(app.mistake(field, 'Must not be null.')), '[]')
  from unnest(array['lead_id', 'pipeline_id', 'stage_id', 'value', 'expected_close_date']) field
  where p_given -> field = 'null' and to_jsonb(p_old) ->> field is not null
    and not (field = 'lead_id' and app.hides_lead(p_old))
$$;

-- Makes a deal of what app.stored_deal takes, and answers its id. Raises LB080.
create function app.create_lead_deal(p_given jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new constant crm.deals := jsonb_populate_record(null::crm.deals, app.stored_deal(p_given, null));
  v_id constant uuid := app.uuid_v7();
begin
  insert into crm.deals (id, title, value, currency, pipeline_id, stage_id, expected_close_date, priority,
      description, assigned_to, lead_id, company_id, contact_id)
    values (v_id, v_new.title, v_new.value, coalesce(v_new.currency, 'USD'), v_new.pipeline_id, v_new.stage_id,
      v_new.expected_close_date, coalesce(v_new.priority, 2), v_new.description, v_new.assigned_to, v_new.lead_id,
      v_new.company_id, v_new.contact_id);
  return v_id;
end
$$;

-- Changes what is given (app.stored_deal) of the deal with a number, and answers its id; nothing when there is none.
-- Raises LB080.
create function app.change_lead_deal(p_number bigint, p_given jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old crm.deals;
  v_new crm.deals;
begin
  select d.* into v_old from crm.deals d
    where d.workspace_id = app.workspace_id() and d.number = p_number for no key update;
  if not found then
    return;
  end if;
  v_new := jsonb_populate_record(v_old, app.stored_deal(p_given, v_old));
  update crm.deals d set (title, value, currency, pipeline_id, stage_id, expected_close_date, priority, description,
      assigned_to, lead_id, company_id, contact_id) = row (v_new.title, v_new.value, v_new.currency,
      v_new.pipeline_id, v_new.stage_id, v_new.expected_close_date, v_new.priority, v_new.description,
      v_new.assigned_to, v_new.lead_id, v_new.company_id, v_new.contact_id)
    where d.workspace_id = v_old.workspace_id and d.id = v_old.id and v_new is distinct from v_old;
  return next v_old.id;
end
$$;

-- Deletes deals; answers how many.
create function app.delete_deals(p_deals uuid[]) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_deleted integer;
begin
  delete from crm.deals d where d.workspace_id = app.workspace_id() and d.id = any (p_deals);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.stored_deal(jsonb, crm.deals), app.hides_lead(crm.deals),
  app.missing_of_deal(jsonb, crm.deals), app.create_lead_deal(jsonb), app.change_lead_deal(bigint, jsonb),
  app.delete_deals(uuid[]) to lumenbase_api;
