-- Meetings that visitors book.

-- Lets nobody else book the user, nor make a lead of the email, before the transaction ends. Emails come first, as
-- with leads.
create function app.hold_booking(p_user uuid, p_email text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform app.hold_identity(p_email, null);
  perform from crm.booking_profiles p
    where p.workspace_id = app.workspace_id() and p.user_id = p_user for no key update;
end
$$;

-- The oldest lead with the email; made of the fields of app.create_lead, and company_domain, when there is none. One that
-- is there stays as it is, and a contact keeps what it has: whoever knows an email changes neither.
create function app.lead_of_visitor(p_given jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given constant jsonb := jsonb_strip_nulls(p_given);
  v_lead uuid := app.other_lead(v_given ->> 'email', null, null);
begin
  if v_lead is null then
    perform app.make_company_with_domain(v_given ->> 'company', v_given ->> 'company_domain');
    v_lead := (select made.id from app.create_lead(v_given - 'company_domain', true) made);
  end if;
  return v_lead;
end
$$;

-- Books a user for a visitor: a meeting of jsonb_populate_record, for the visitor's lead (app.lead_of_visitor). Answers
-- its id and number, and whether both are invited. p_mail is as app.insert_meeting takes it, which raises LB100 where the
-- user is busy.
create function app.book_meeting(
  p_meeting jsonb, p_lead jsonb, p_mail jsonb, out id uuid, out number bigint, out is_invited boolean
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new crm.meetings := jsonb_populate_record(null::crm.meetings, p_meeting);
  v_made crm.meetings;
  v_when text;
begin
  v_new.lead_id := app.lead_of_visitor(p_lead);
  v_new.is_exclusive := true;
  id := app.insert_meeting(v_new, p_mail);
  is_invited := p_mail is not null or app.inviting_account(v_new.user_id, p_mail) is not null;
  select m.* into v_made from crm.meetings m
    where m.workspace_id = app.workspace_id() and m.id = book_meeting.id;
  number := v_made.number;
  begin
    v_when := to_char(v_made.start_time at time zone v_made.timezone, 'YYYY-MM-DD HH24:MI')
      || ' (' || v_made.timezone || ')';
  exception when invalid_parameter_value then
    -- A zone that only runtimes know.
    v_when := to_char(v_made.start_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' (UTC)';
  end;
  insert into crm.notifications (user_id, type, title, body, subject_type, subject_id)
    values (v_made.user_id, 'booking', (v_made.booking ->> 'name') || ' booked ' || v_made.title,
      v_when, 'meeting', v_made.number);
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.hold_booking(uuid, text), app.lead_of_visitor(jsonb),
  app.book_meeting(jsonb, jsonb, jsonb) to lumenbase_api;
