-- Notes and follow-ups of leads: activities and tasks of the lead, and of its contact and company. The newest of
-- either is the lead's last activity.

-- Locks the lead with a number, whose last activity is now, and answers it. Raises LB080 when there is none.
create function app.touch_lead(p_number bigint) returns crm.leads
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lead crm.leads;
begin
  update crm.leads l set last_activity_at = greatest(l.last_activity_at, now())
    where l.workspace_id = app.workspace_id() and l.number = p_number
    returning l.* into v_lead;
  if v_lead.id is null then
    raise exception using errcode = 'LB080',
      message = jsonb_build_array(app.mistake('lead_id', 'No lead with this id.'));
  end if;
  return v_lead;
end
$$;

-- Makes a note {"title", "description"} of a lead, and answers its id. Raises LB080 when there is no such lead,
-- LB002 when the day's quota is used up.
create function app.add_note(p_lead bigint, p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lead constant crm.leads := app.touch_lead(p_lead);
  v_id constant uuid := app.uuid_v7();
begin
  insert into crm.activities (id, type, title, description, lead_id, contact_id, company_id)
    values (v_id, 'note', p_fields ->> 'title', p_fields ->> 'description', v_lead.id, v_lead.contact_id,
      v_lead.company_id);
  perform app.take_daily_quota(0, 1);
  return v_id;
end
$$;

-- Makes a follow-up {"due_at", "description"} of a lead, for whom that is assigned to, else for the user who makes
-- it; answers its id. Raises LB080 when there is no such lead.
create function app.add_follow_up(p_lead bigint, p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lead constant crm.leads := app.touch_lead(p_lead);
  v_due constant timestamptz := p_fields ->> 'due_at';
  v_id constant uuid := app.uuid_v7();
begin
  insert into crm.tasks (id, title, description, due_at, due_date, assigned_to, lead_id, contact_id, company_id)
    values (v_id, 'Follow up', p_fields ->> 'description', v_due, (v_due at time zone 'UTC')::date,
      coalesce(v_lead.assigned_to, app.acting_user()), v_lead.id, v_lead.contact_id, v_lead.company_id);
  return v_id;
end
$$;

-- Tasks as follow-ups: when each is due, and the number of its status, in which one that is open and past is 6.
create view crm.follow_ups with (security_invoker = true) as
  select dated.*,
    case when dated.state in (1, 2) and dated.follow_up_at < now() then 6 else dated.state end as follow_up_status
  from (
    select t.*,
      coalesce(case when (t.due_at at time zone 'UTC')::date = t.due_date then t.due_at
        else t.due_date::timestamp at time zone 'UTC' end, 'infinity') as follow_up_at,
      case when lower(t.status) in ('cancelled', 'canceled') then 4
        when t.is_done then 3
        when lower(t.status) = 'rescheduled' then 2
        when lower(t.status) in ('no_response', 'no response') then 5 else 1 end as state
    from crm.tasks t) dated;

grant select on crm.follow_ups to lumenbase_api;

revoke execute on all routines in schema app from public;
grant execute on function app.touch_lead(bigint), app.add_note(bigint, jsonb), app.add_follow_up(bigint, jsonb)
  to lumenbase_api;
