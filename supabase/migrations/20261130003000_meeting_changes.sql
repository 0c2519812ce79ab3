-- Meetings as they are made, changed, booked and deleted, with the invitations that those who attend get by mail.
-- p_mail is whom these are from that go through the server of the system, {"from_email", "from_name"}; null where there
-- is none (app.invite).

-- What is given of a meeting as it is stored: lead_id, contact_id and company_id are numbers. Raises LB080 with all
-- that is wrong.
create function app.stored_meeting(p_given jsonb, p_old crm.meetings) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_given jsonb := p_given;
  v_mistakes jsonb := '[]';
  v_new crm.meetings;
  v_link record;
  v_id uuid;
begin
  for v_link in
    select * from (values ('lead_id', 'lead', 'leads'), ('contact_id', 'contact', 'contacts'),
      ('company_id', 'company', 'companies')) link (field, record, others)
    where p_given ->> link.field is not null
  loop
    execute format('select id from crm.%I where workspace_id = $1 and number = $2', v_link.others)
      into v_id using app.workspace_id(), (p_given ->> v_link.field)::bigint;
    if v_id is null then
      v_mistakes := v_mistakes || app.mistake(v_link.field, format('No %s with this id.', v_link.record));
    end if;
    v_given := v_given || jsonb_build_object(v_link.field, v_id);
  end loop;
  v_given := v_given || jsonb_build_object(
    'attendees', coalesce(nullif(v_given -> 'attendees', 'null'), case
      when v_given ? 'attendees' or p_old.id is null then '[]' else p_old.attendees end),
    'meeting_tool', coalesce(v_given ->> 'meeting_tool', case
      when v_given ? 'meeting_tool' or p_old.id is null then 'none' else p_old.meeting_tool end),
    'timezone', coalesce(v_given ->> 'timezone', case when not v_given ? 'timezone' then p_old.timezone end, (
      select u.timezone from crm.users u
      where u.workspace_id = app.workspace_id() and u.id = coalesce(p_old.user_id, app.acting_user())), 'UTC'));
  v_new := jsonb_populate_record(p_old, v_given);
  if v_new.end_time <= v_new.start_time then
    v_mistakes := v_mistakes || app.mistake('end_time', 'Must be after start_time.');
  elsif v_new.end_time > v_new.start_time + interval '24 hours' then
    v_mistakes := v_mistakes || app.mistake('end_time', 'Must be at most 24 hours after start_time.');
  end if;
  if v_new.meeting_tool = 'custom' and v_new.meeting_url is null then
    v_mistakes := v_mistakes || app.mistake('meeting_url', 'Is required with the meeting tool custom.');
  end if;
  -- A Rep keeps sight of it.
  if p_given -> 'lead_id' = 'null' and p_old.user_id is distinct from app.claimed_actor() and p_old.id is not null
      and not app.sees_all() then
    v_mistakes := v_mistakes || app.mistake('lead_id', 'Must not be null, as the meeting is somebody else''s.');
  end if;
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  return v_given;
end
$$;

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

-- Writes a meeting, of which the workspace, id, number and times of writing are made here, and invites to it; answers
-- its id. Raises LB100 for one that is exclusive and overlaps what else its user has.
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
  -- Of those that are made at once, all but one find the constraint in the way.
  insert into crm.meetings (user_id, lead_id, contact_id, company_id, title, description, location, start_time,
      end_time, timezone, attendees, meeting_tool, meeting_url, status, booking, buffer_before, buffer_after,
      is_exclusive, organizer)
    values (p_new.user_id, p_new.lead_id, p_new.contact_id, p_new.company_id, p_new.title, p_new.description,
      p_new.location, p_new.start_time, p_new.end_time, coalesce(p_new.timezone, 'UTC'),
      coalesce(p_new.attendees, '[]'), coalesce(p_new.meeting_tool, 'none'), p_new.meeting_url,
      coalesce(p_new.status, 1), p_new.booking, v_before, v_after, coalesce(p_new.is_exclusive, false),
      case when coalesce(p_new.status, 1) in (1, 2) and coalesce(p_new.attendees, '[]') <> '[]'
        then app.organizer_of(p_new.user_id, p_mail) end)
    on conflict on constraint meetings_exclusive_key do nothing
    returning * into v_meeting;
  if v_meeting.id is null then
    raise exception 'the user is busy at this time' using errcode = 'LB100';
  end if;
  update crm.leads l set last_activity_at = greatest(l.last_activity_at, now())
    where l.workspace_id = v_meeting.workspace_id and l.id = v_meeting.lead_id;
  if v_meeting.status in (1, 2) then
    perform app.invite(v_meeting, 'REQUEST', 'Invitation', v_meeting.attendees, p_mail);
  end if;
  return v_meeting.id;
end
$$;

-- Keeps what was said in a meeting; null or nothing: not any more.
create function app.set_transcript(p_meeting uuid, p_entries jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  delete from crm.meeting_transcripts t where t.workspace_id = app.workspace_id() and t.meeting_id = p_meeting;
  if jsonb_array_length(nullif(p_entries, 'null')) > 0 then
    insert into crm.meeting_transcripts (meeting_id, entries) values (p_meeting, p_entries);
  end if;
end
$$;

-- Makes a meeting of the acting user of what app.stored_meeting takes, with its transcript, and answers its id.
-- Raises LB080.
create function app.create_meeting(p_given jsonb, p_mail jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_stored constant jsonb := app.stored_meeting(p_given - 'transcript', null);
  v_id constant uuid := app.insert_meeting(
    jsonb_populate_record(null::crm.meetings, v_stored || jsonb_build_object('user_id', app.acting_user())), p_mail);
begin
  if p_given ? 'transcript' then
    perform app.set_transcript(v_id, p_given -> 'transcript');
  end if;
  return v_id;
end
$$;

-- Tells those who attend a meeting, or did, what is new to their calendars.
create function app.tell_attendees(p_old crm.meetings, p_new crm.meetings, p_mail jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_were constant boolean := p_old.status in (1, 2);
  v_is_moved constant boolean := (p_old.start_time, p_old.end_time) is distinct from (p_new.start_time, p_new.end_time);
  v_both jsonb;
  v_come jsonb;
  v_gone jsonb;
begin
  if p_new.status = 4 and p_old.status <> 4 then
    perform app.invite(p_new, 'CANCEL', 'Cancelled', p_old.attendees, p_mail);
  end if;
  if p_new.status not in (1, 2) then
    return;
  end if;
  select coalesce(jsonb_agg(one.person) filter (where v_were and was.person is not null), '[]'),
      coalesce(jsonb_agg(one.person) filter (where not v_were or was.person is null), '[]')
    into v_both, v_come
    from jsonb_array_elements(p_new.attendees) one (person)
    left join jsonb_array_elements(p_old.attendees) was (person) on was.person -> 'email' = one.person -> 'email';
  select coalesce(jsonb_agg(was.person), '[]') into v_gone
    from jsonb_array_elements(p_old.attendees) was (person)
    where v_were and not exists (
      select from jsonb_array_elements(p_new.attendees) one (person) where one.person -> 'email' = was.person -> 'email');
  perform app.invite(p_new, 'REQUEST', 'Invitation', v_come, p_mail);
  perform app.invite(p_new, 'CANCEL', 'Cancelled', v_gone, p_mail);
  if v_is_moved then
    perform app.invite(p_new, 'REQUEST', 'Updated', v_both, p_mail);
  end if;
end
$$;

-- Changes what is given (app.stored_meeting, and a transcript) of the meeting with a number, and answers its id;
-- nothing when there is none. Raises LB080.
create function app.change_meeting(p_number bigint, p_given jsonb, p_mail jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old crm.meetings;
  v_new crm.meetings;
  v_is_moved boolean;
begin
  select m.* into v_old from crm.meetings m
    where m.workspace_id = app.workspace_id() and m.number = p_number for no key update;
  if not found then
    return;
  end if;
  v_new := jsonb_populate_record(v_old, app.stored_meeting(p_given - 'transcript', v_old));
  v_is_moved := (v_new.start_time, v_new.end_time) is distinct from (v_old.start_time, v_old.end_time);
  if v_is_moved and not p_given ? 'status' then
    v_new.status := 2;
  end if;
  v_new.is_exclusive := v_old.is_exclusive and not v_is_moved and v_new.status = v_old.status;
  v_new.organizer := coalesce(v_old.organizer, case when v_new.status in (1, 2) and v_new.attendees <> '[]'
    then app.organizer_of(v_old.user_id, p_mail) end);
  v_new.sequence := v_old.sequence + (v_is_moved or v_new.attendees <> v_old.attendees
    or (v_new.status in (1, 2)) <> (v_old.status in (1, 2)) or (v_new.status = 4) <> (v_old.status = 4))::int;
  update crm.meetings m set (lead_id, contact_id, company_id, title, description, location, start_time, end_time,
      timezone, attendees, meeting_tool, meeting_url, status, is_exclusive, organizer, sequence) = row (v_new.lead_id,
      v_new.contact_id, v_new.company_id, v_new.title, v_new.description, v_new.location, v_new.start_time,
      v_new.end_time, v_new.timezone, v_new.attendees, v_new.meeting_tool, v_new.meeting_url, v_new.status,
      v_new.is_exclusive, v_new.organizer, v_new.sequence)
    where m.workspace_id = v_old.workspace_id and m.id = v_old.id and v_new is distinct from v_old;
  if p_given ? 'transcript' then
    perform app.set_transcript(v_old.id, p_given -> 'transcript');
  end if;
  perform app.tell_attendees(v_old, v_new, p_mail);
  return next v_old.id;
end
$$;

-- Deletes the meeting with a number, and answers its id; nothing when there is none.
create function app.delete_meeting(p_number bigint, p_mail jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old crm.meetings;
begin
  delete from crm.meetings m where m.workspace_id = app.workspace_id() and m.number = p_number
    returning m.* into v_old;
  if not found then
    return;
  end if;
  if v_old.status in (1, 2) then
    v_old.sequence := v_old.sequence + 1;
    v_old.status := 4;
    perform app.invite(v_old, 'CANCEL', 'Cancelled', v_old.attendees, p_mail);
  end if;
  return next v_old.id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.stored_meeting(jsonb, crm.meetings), app.busy_times(uuid, timestamptz, timestamptz),
  app.insert_meeting(crm.meetings, jsonb),
  app.set_transcript(uuid, jsonb), app.create_meeting(jsonb, jsonb),
  app.tell_attendees(crm.meetings, crm.meetings, jsonb), app.change_meeting(bigint, jsonb, jsonb),
  app.delete_meeting(bigint, jsonb) to lumenbase_api;
