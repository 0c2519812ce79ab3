-- Meetings as they are booked.

-- When a user is busy between two times.
create function app.busy_times(p_user uuid, p_from timestamptz, p_to timestamptz) returns setof tstzrange
language sql stable
set search_path = ''
rows 20
as $$
  -- A meeting lasts a day at most, and its buffers 4 hours each.
  select m.busy from crm.meetings m
    where m.workspace_id = app.workspace_id() and m.user_id = p_user and m.status in (1, 2)
      and m.start_time > p_from - interval '28 hours' and m.start_time < p_to + interval '4 hours'
      and m.busy && tstzrange(p_from, p_to)
  union all
  select tstzrange(e.start_time, e.end_time) from crm.calendar_events e
    where e.workspace_id = app.workspace_id() and e.user_id = p_user and e.busy
      and e.end_time > p_from and e.start_time < p_to
$$;

-- Writes a meeting, of which the workspace, id, number and times of writing are made here; answers its id. Raises LB100
-- for one that is exclusive and overlaps what else its user has.
create function app.insert_meeting(p_new crm.meetings, p_mail jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_before constant integer := coalesce(p_new.buffer_before, 0);
  v_after constant integer := coalesce(p_new.buffer_after, 0);
  v_busy constant tstzrange := app.busy_range(p_new.start_time, p_new.end_time, v_before, v_after);
  v_meeting crm.meetings;
begin
  if p_new.is_exclusive and exists (
    select from app.busy_times(p_new.user_id, lower(v_busy), upper(v_busy)) busy
  ) then
    raise exception 'the user is busy at this time' using errcode = 'LB100';
  end if;
  insert into crm.meetings (user_id, lead_id, contact_id, company_id, title, description, location, start_time,
      end_time, timezone, attendees, meeting_tool, meeting_url, status, booking, buffer_before, buffer_after,
      is_exclusive)
    values (p_new.user_id, p_new.lead_id, p_new.contact_id, p_new.company_id, p_new.title, p_new.description,
      p_new.location, p_new.start_time, p_new.end_time, coalesce(p_new.timezone, 'UTC'),
      coalesce(p_new.attendees, '[]'), coalesce(p_new.meeting_tool, 'none'), p_new.meeting_url,
      coalesce(p_new.status, 1), p_new.booking, v_before, v_after,
      coalesce(p_new.is_exclusive, false))
    on conflict on constraint meetings_exclusive_key do nothing
    returning * into v_meeting;
  if v_meeting.id is null then
    raise exception 'the user is busy at this time' using errcode = 'LB100';
  end if;
  return v_meeting.id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.busy_times(uuid, timestamptz, timestamptz), app.insert_meeting(crm.meetings, jsonb)
  to lumenbase_api;
