-- Invitations to meetings by mail: through a mail account of whose meeting it is, else through the server of the system.
-- p_mail is whom these are from, {"from_email", "from_name"}; null where there is no such server.

-- The mail account that invitations to a user's meetings go through, which stays until the end: of those that work the
-- default one, or else the oldest. One that has failed is taken where there is no other way, as it may work again.
create function app.inviting_account(p_user uuid, p_mail jsonb) returns uuid
language sql volatile
set search_path = ''
as $$
  select a.id from crm.connected_accounts a
  join crm.users u on u.workspace_id = a.workspace_id and u.id = a.user_id
  where a.workspace_id = app.workspace_id() and a.user_id = p_user and a.is_mail and a.is_active
    and u.status <> 'inactive' and (a.status = 'connected' or p_mail is null)
  order by a.status = 'connected' desc, a.is_default desc, a.created_at, a.id
  limit 1
  for key share of a
$$;

-- Whom those reply to who are invited to a user's meeting, {"email", "name"}; null where nobody is known.
create function app.organizer_of(p_user uuid, p_mail jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_account constant uuid := app.inviting_account(p_user, p_mail);
  v_organizer jsonb;
begin
  select jsonb_build_object('email', a.from_address, 'name', a.from_name) into v_organizer
    from crm.connected_accounts a where a.workspace_id = app.workspace_id() and a.id = v_account;
  if not found then
    select jsonb_build_object('email', u.email, 'name', u.name) into v_organizer
      from crm.users u where u.workspace_id = app.workspace_id() and u.id = p_user;
  end if;
  return coalesce(v_organizer, case when p_mail is not null then
    jsonb_build_object('email', p_mail ->> 'from_email', 'name', p_mail ->> 'from_name') end);
end
$$;

-- Sends some of the attendees of a meeting {"email"} what their calendars are to know of it: by method REQUEST that it
-- is there, or is another, by CANCEL that it is not, or, where it is not cancelled, that it is without them. A CANCEL
-- lists only whom it is for (RFC 5546, section 3.2.5). The one whose it is gets a copy when it was booked.
create function app.invite(p_meeting crm.meetings, p_method text, p_what text, p_to jsonb, p_mail jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_account constant uuid := app.inviting_account(p_meeting.user_id, p_mail);
  v_organizer constant jsonb := coalesce(p_meeting.organizer, app.organizer_of(p_meeting.user_id, p_mail));
  v_copy text;
  v_given jsonb;
  v_message jsonb;
begin
  if v_account is null and p_mail is null then
    return;
  end if;
  v_copy := (
    select u.email from crm.users u
    where u.workspace_id = p_meeting.workspace_id and u.id = p_meeting.user_id and p_meeting.booking is not null);
  v_given := jsonb_build_object('reply_to', v_organizer ->> 'email',
    'subject', p_what || ': ' || regexp_replace(p_meeting.title, '[[:cntrl:]]+', ' ', 'g'),
    -- For 24 hours.
    'retry_after', array[60, 300, 1800, 7200, 14400, 28800, 33840],
    'invitation', jsonb_build_object('method', p_method, 'uid', p_meeting.uid, 'sequence', p_meeting.sequence,
      'title', p_meeting.title, 'description', p_meeting.description, 'location', p_meeting.location,
      'url', p_meeting.meeting_url, 'start', p_meeting.start_time, 'end', p_meeting.end_time,
      'timezone', p_meeting.timezone, 'sent', now(), 'is_cancelled', p_meeting.status = 4,
      'attendees', case when p_method = 'CANCEL' then p_to else p_meeting.attendees end,
      'organizer', v_organizer));
  for v_message in
    select v_given || jsonb_build_object('to_emails', array[one ->> 'email'],
        'cc_emails', array_remove(array[nullif(v_copy, one ->> 'email')], null))
      from jsonb_array_elements(p_to) one
  loop
    if v_account is null then
      perform app.store_message(p_mail || v_message || jsonb_build_object('channel', 'system'));
    else
      perform app.store_account_message(v_message || jsonb_build_object('account_id', v_account));
    end if;
  end loop;
end
$$;

-- Lets an invitation that its mail account certainly did not send go through the server of the system, which the attempt
-- at hand does not count for.
create function app.invite_by_system(p_id uuid, p_from_email text, p_from_name text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update crm.messages m
    set channel = 'system', from_email = p_from_email, from_name = p_from_name, attempts = m.attempts - 1
    where m.workspace_id = app.workspace_id() and m.id = p_id and m.channel = 'account' and m.state = 'sending'
      and m.invitation is not null;
  if found then
    delete from crm.account_messages a where a.workspace_id = app.workspace_id() and a.message_id = p_id;
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.inviting_account(uuid, jsonb), app.organizer_of(uuid, jsonb),
  app.invite(crm.meetings, text, text, jsonb, jsonb), app.invite_by_system(uuid, text, text) to lumenbase_api;
