-- Events of users' own calendars as they are made.

-- Makes an event of the acting user and answers its id. "start" and "end" are times, or with "all_day" dates, of which
-- the last is not part of it unless it is the first one. Raises LB080.
create function app.create_calendar_event(p_given jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_zone constant text := coalesce(p_given ->> 'timezone', (
    select u.timezone from crm.users u where u.workspace_id = app.workspace_id() and u.id = app.acting_user()), 'UTC');
  v_is_whole constant boolean := coalesce((p_given ->> 'all_day')::boolean, false);
  v_mistakes constant jsonb := (
    select coalesce(jsonb_agg(app.mistake(field, 'Must be a time with its offset, unless all_day is true.')), '[]')
    from unnest(array['start', 'end']) field where not v_is_whole and length(p_given ->> field) = 10);
  v_start timestamptz;
  v_end timestamptz;
  v_id constant uuid := app.uuid_v7();
begin
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  begin
    select case when v_is_whole then app.day_in_zone(p_given ->> 'start', v_zone, false)
          else (p_given ->> 'start')::timestamptz end,
        case when v_is_whole then app.day_in_zone(p_given ->> 'end', v_zone,
          length(p_given ->> 'end') > 10 or p_given ->> 'end' = p_given ->> 'start')
          else (p_given ->> 'end')::timestamptz end
      into v_start, v_end;
  exception when invalid_parameter_value then
    raise exception using errcode = 'LB080',
      message = jsonb_build_array(app.mistake('timezone', 'Must be a time zone of IANA, such as Europe/Berlin.'));
  end;
  if v_end <= v_start then
    raise exception using errcode = 'LB080', message = jsonb_build_array(app.mistake('end', 'Must be after start.'));
  elsif v_end > v_start + interval '367 days' then
    raise exception using errcode = 'LB080',
      message = jsonb_build_array(app.mistake('end', 'Must be at most 366 days after start.'));
  elsif v_start < '0001-01-03Z' or v_end > '9999-12-30Z' then
    raise exception using errcode = 'LB080',
      message = jsonb_build_array(app.mistake('start', 'Must be from 0001-01-03 to 9999-12-29.'));
  end if;
  insert into crm.calendar_events (id, title, description, location, start_time, end_time, all_day, timezone,
      attendees, busy)
    values (v_id, p_given ->> 'title', p_given ->> 'description', p_given ->> 'location', v_start, v_end, v_is_whole,
      v_zone, coalesce(nullif(p_given -> 'attendees', 'null'), '[]'), coalesce((p_given ->> 'busy')::boolean, true));
  return v_id;
end
$$;

-- When the day of a time zone begins that a date is, or that a time is in; with p_is_end, the first one that begins
-- after the date, or not before the time.
create function app.day_in_zone(p_text text, p_zone text, p_is_end boolean) returns timestamptz
language plpgsql stable
set search_path = ''
as $$
declare
  v_local constant timestamp := case when length(p_text) = 10 then p_text::timestamp
    else p_text::timestamptz at time zone p_zone end;
begin
  return (date_trunc('day', v_local) + case when p_is_end and (length(p_text) = 10
    or v_local > date_trunc('day', v_local)) then interval '1 day' else '0' end) at time zone p_zone;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.create_calendar_event(jsonb), app.day_in_zone(text, text, boolean) to lumenbase_api;
