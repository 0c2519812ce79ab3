-- Activities and tasks as the CRM HTTP API logs them: one on a lead is on its contact and company too.

-- The fields with the contact and the company of the deal that they name, where they name none. A deal that
-- does not exist is left to the foreign key. Until the transaction ends the deal keeps its links: who deletes
-- one of them waits, or is waited for.
create function app.with_links_of_deal(p_fields jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_links jsonb;
begin
  select jsonb_build_object('contact_id', d.contact_id, 'company_id', d.company_id) into v_links
    from crm.deals d
    where d.workspace_id = app.workspace_id() and d.id = (p_fields ->> 'deal_id')::uuid for share;
  return coalesce(v_links, '{}') || jsonb_strip_nulls(p_fields);
end
$$;

-- Makes an activity and answers its id. Raises LB002 when the day's quota is used up.
create function app.log_activity(p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new constant crm.activities :=
    jsonb_populate_record(null::crm.activities, app.with_links_of_deal(p_fields));
  v_id constant uuid := app.uuid_v7();
begin
  insert into crm.activities
      (id, type, title, description, timestamp, deal_id, contact_id, company_id)
    values (v_id, v_new.type, v_new.title, v_new.description, coalesce(v_new.timestamp, now()),
      v_new.deal_id, v_new.contact_id, v_new.company_id);
  perform app.take_daily_quota(0, 1);
  return v_id;
end
$$;

-- Makes a task and answers its id.
create function app.log_task(p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new constant crm.tasks :=
    jsonb_populate_record(null::crm.tasks, app.with_links_of_deal(p_fields));
  v_id constant uuid := app.uuid_v7();
begin
  insert into crm.tasks
      (id, title, description, priority, due_date, assigned_to, deal_id, contact_id, company_id)
    values (v_id, v_new.title, v_new.description, coalesce(v_new.priority, 'medium'), v_new.due_date,
      v_new.assigned_to, v_new.deal_id, v_new.contact_id, v_new.company_id);
  return v_id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.with_links_of_deal(jsonb), app.log_activity(jsonb), app.log_task(jsonb)
  to lumenbase_api;
