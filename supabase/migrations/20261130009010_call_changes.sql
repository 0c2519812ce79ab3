-- Calls as they are made, come in, go on and are paid for.

-- How far a call has come with a status.
create function app.call_rank(p_status text) returns integer
language sql immutable parallel safe
set search_path = ''
as $$
  select case p_status when 'queued' then 0 when 'ringing' then 1 when 'in_progress' then 2 else 3 end
$$;

-- Makes a call of the acting user, which is still to be placed, with how its agent is to talk {"lead_id" or
-- "contact_id", both numbers, "system_prompt", "first_message", "voice_id", "language"}, and answers its id. A job
-- resolves what is left undone. Raises LB080, LB101 without a number to call from, LB102 with an empty wallet.
create function app.begin_agent_call(p_given jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_field constant text := case when p_given ->> 'lead_id' is null then 'contact_id' else 'lead_id' end;
  v_lead crm.leads;
  v_contact crm.contacts;
  v_call crm.calls;
begin
  if v_field = 'lead_id' then
    select l.* into v_lead from crm.leads l
      where l.workspace_id = app.workspace_id() and l.number = (p_given ->> v_field)::bigint;
  else
    select c.* into v_contact from crm.contacts c
      where c.workspace_id = app.workspace_id() and c.number = (p_given ->> v_field)::bigint;
  end if;
  -- Without the extension, which nobody dials.
  v_call.to_number := split_part(coalesce(v_lead.phone, v_contact.phone), ';', 1);
  if v_call.to_number !~ '^\+[1-9][0-9]{4,14}$' is not false then
    raise exception using errcode = 'LB080', message = jsonb_build_array(app.mistake(v_field, case
      when v_lead.id is null and v_contact.id is null
        then format('No %s with this id.', replace(v_field, '_id', ''))
      else 'Has no phone number with its country code.' end));
  end if;
  v_call.from_number := app.number_to_call_from(app.acting_user());
  if v_call.from_number is null then
    raise exception 'no number to call from' using errcode = 'LB101';
  end if;
  if not exists (select from crm.ledgers l
    where l.workspace_id = app.workspace_id() and l.ledger = 'wallet' and l.balance > 0)
  then
    raise exception 'the wallet is empty' using errcode = 'LB102';
  end if;
  insert into crm.calls (user_id, lead_id, contact_id, company_id, direction, from_number, to_number)
    values (app.acting_user(), v_lead.id, v_contact.id, coalesce(v_lead.company_id, v_contact.company_id), 'outbound',
      v_call.from_number, v_call.to_number)
    returning * into v_call;
  insert into crm.call_agents (call_id, system_prompt, first_message, voice_id, language)
    values (v_call.id, p_given ->> 'system_prompt', p_given ->> 'first_message', p_given ->> 'voice_id',
      coalesce(p_given ->> 'language', 'en-US'));
  update crm.leads l set last_activity_at = greatest(l.last_activity_at, now())
    where l.workspace_id = v_call.workspace_id and l.id = v_call.lead_id;
  -- The request that places it has ended by then, whatever became of it.
  perform app.enqueue_job('voice.resolve_call', jsonb_build_object('id', v_call.id), now() + interval '10 minutes');
  return v_call.id;
end
$$;

-- Logs a call that comes in at a number {"sid", "from", "to"}, once however often it is told, with the lead or the
-- contact of that phone, and answers its id; null when there is no such number.
create function app.log_inbound_call(p_number uuid, p_told jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_from constant text := coalesce(nullif(p_told ->> 'from', ''), 'anonymous');
  v_digits constant text collate "C" := app.phone_digits(v_from);
  v_key constant text collate "C" := app.phone_key(v_from);
  v_users uuid[];
  v_lead crm.leads;
  v_contact crm.contacts;
  v_id uuid;
begin
  perform from crm.phone_numbers n
    where n.workspace_id = app.workspace_id() and n.id = p_number and n.hold_id is null;
  if not found then
    return null;
  end if;
  v_users := array(select u.user_id from crm.phone_number_users u
    where u.workspace_id = app.workspace_id() and u.phone_number_id = p_number);
  select l.* into v_lead from crm.leads l
    where l.workspace_id = app.workspace_id() and l.phone_digits = v_digits order by l.id desc limit 1;
  if v_lead.id is null then
    select c.* into v_contact from crm.contacts c
      where c.workspace_id = app.workspace_id() and c.phone_key = v_key and v_key <> '' order by c.id desc limit 1;
  end if;
  insert into crm.calls (user_id, lead_id, contact_id, company_id, direction, from_number, to_number, status, sid,
      started_at)
    values (case when cardinality(v_users) = 1 then v_users[1] end, v_lead.id, v_contact.id,
      coalesce(v_lead.company_id, v_contact.company_id), 'inbound', v_from, p_told ->> 'to', 'ringing',
      p_told ->> 'sid', now())
    on conflict (workspace_id, sid) do nothing returning id into v_id;
  if v_id is null then
    return (select c.id from crm.calls c
      where c.workspace_id = app.workspace_id() and c.sid = p_told ->> 'sid');
  end if;
  update crm.leads l set last_activity_at = greatest(l.last_activity_at, now())
    where l.workspace_id = app.workspace_id() and l.id = v_lead.id;
  perform app.enqueue_job('voice.resolve_call', jsonb_build_object('id', v_id), now() + interval '1 hour');
  return v_id;
end
$$;

-- Notes what the telephone service tells of a call {"sid", "status", "at", "duration", "recording_sid",
-- "recording_sec"}, in whatever order it comes and however often; answers whether there is such a call.
create function app.note_call(p_id uuid, p_told jsonb) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_at constant timestamptz := coalesce((p_told ->> 'at')::timestamptz, now());
  v_status constant text := p_told ->> 'status';
  v_duration constant integer := (p_told ->> 'duration')::integer;
  v_old crm.calls;
  v_new crm.calls;
begin
  select c.* into v_old from crm.calls c
    where c.workspace_id = app.workspace_id() and c.id = p_id for no key update;
  if v_old.id is null or v_old.sid <> p_told ->> 'sid' then
    return false;
  end if;
  v_new := v_old;
  v_new.sid := p_told ->> 'sid';
  -- One that was given up as never placed was placed after all.
  if v_old.sid is null and v_old.status = 'failed' then
    v_new.status := 'queued';
    v_new.ended_at := null;
  end if;
  if app.call_rank(v_status) > app.call_rank(v_new.status) then
    v_new.status := v_status;
  end if;
  v_new.started_at := least(v_old.started_at, v_at - make_interval(secs => coalesce(v_duration, 0)));
  v_new.duration_sec := coalesce(v_duration, v_old.duration_sec);
  if app.call_rank(v_status) = 3 then
    v_new.ended_at := coalesce(v_new.ended_at, v_at);
  end if;
  if v_status = 'in_progress' then
    v_new.answered_at := coalesce(v_old.answered_at, v_at);
  elsif v_new.status = 'completed' and v_new.duration_sec > 0 and v_old.answered_at is null then
    v_new.answered_at := v_new.ended_at - make_interval(secs => v_new.duration_sec);
  end if;
  v_new.recording_sid := coalesce(p_told ->> 'recording_sid', v_old.recording_sid);
  v_new.recording_sec := coalesce((p_told ->> 'recording_sec')::integer, v_old.recording_sec);
  update crm.calls c set (sid, status, started_at, answered_at, ended_at, duration_sec, recording_sid, recording_sec)
      = row (v_new.sid, v_new.status, v_new.started_at, v_new.answered_at, v_new.ended_at, v_new.duration_sec,
        v_new.recording_sid, v_new.recording_sec)
    where c.workspace_id = v_old.workspace_id and c.id = v_old.id and v_new is distinct from v_old;
  if app.call_rank(v_new.status) = 3 and app.call_rank(v_old.status) < 3
    or v_old.sid is null and v_old.status = 'failed'
  then
    perform app.enqueue_job('voice.resolve_call', jsonb_build_object('id', p_id));
  end if;
  return true;
end
$$;

-- Ends a call that was never placed.
create function app.abandon_call(p_id uuid) returns void
language sql volatile
set search_path = ''
as $$
  update crm.calls c set status = 'failed', ended_at = now()
  where c.workspace_id = app.workspace_id() and c.id = p_id and c.sid is null and c.status = 'queued'
$$;

-- Keeps the price of a call, and charges it to the wallet, both once: of a price that is more than is free there, no
-- more than that, and nothing of one that is not in the wallet's USD.
create function app.charge_call(p_id uuid, p_price numeric, p_currency text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_price constant numeric := trim_scale(round(p_price, 4));
  v_sid text;
  v_charged numeric;
begin
  select c.sid into v_sid from crm.calls c
    where c.workspace_id = app.workspace_id() and c.id = p_id and c.price is null for no key update;
  if not found then
    return;
  end if;
  v_charged := case when p_currency = 'USD' then least(v_price, greatest(0, app.free_funds('wallet', null))) else 0 end;
  if v_charged > 0 then
    perform app.enter_funds('wallet', -v_charged, 'call', v_sid, null);
  end if;
  update crm.calls c set price = v_price, charged = v_charged, currency = p_currency
    where c.workspace_id = app.workspace_id() and c.id = p_id;
end
$$;

-- Keeps what was said at a place of a call, and answers what is kept there: that which came first.
create function app.keep_turn(p_call uuid, p_place integer, p_speaker text, p_said text) returns text
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into crm.call_turns (call_id, place, speaker, said) values (p_call, p_place, p_speaker, p_said)
    on conflict (workspace_id, call_id, place) do nothing;
  return (select t.said from crm.call_turns t
    where t.workspace_id = app.workspace_id() and t.call_id = p_call and t.place = p_place);
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.call_rank(text), app.begin_agent_call(jsonb), app.log_inbound_call(uuid, jsonb),
  app.note_call(uuid, jsonb), app.abandon_call(uuid), app.charge_call(uuid, numeric, text),
  app.keep_turn(uuid, integer, text, text) to lumenbase_api;
