-- Messages: mail that goes through an integration, a user's mail account (channel account), or the server of whoever
-- runs the functions (channel system). Each is written before it is sent, and what became of it after: what is found between the two is in doubt, as whoever was
-- at it has gone.

create table crm.messages (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  integration_id uuid,
  channel text collate "C" not null check (channel in ('smtp', 'mailgun', 'gmail', 'microsoft', 'account', 'system')),
  lead_id uuid,
  contact_id uuid,
  deal_id uuid,
  -- The user who sent it, if a user did.
  user_id uuid default app.acting_user(),
  -- As the integration said when it was last tried.
  from_email text,
  from_name text,
  to_emails text[] not null check (cardinality(to_emails) between 1 and 50),
  cc_emails text[] not null default '{}' check (cardinality(cc_emails) <= 50),
  bcc_emails text[] not null default '{}' check (cardinality(bcc_emails) <= 50),
  reply_to text,
  in_reply_to text,
  unsubscribe_url text,
  subject text not null check (length(subject) <= 998),
  html_body text,
  text_body text,
  -- What calendars are told of a meeting, of which the bodies are made as it is sent: {"method", "uid", "sequence",
  -- "title", "description", "location", "url", "start", "end", "timezone", "attendees", "sent", "organizer"}.
  invitation jsonb check (jsonb_typeof(invitation) = 'object'),
  -- The same in every attempt (RFC 5322, section 3.6.4).
  message_id text collate "C" not null,
  state text collate "C" not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed')),
  error text,
  -- How often it was tried.
  attempts integer not null default 0,
  -- Whether a former attempt may have sent it.
  in_doubt boolean not null default false,
  -- Whether the attempt at hand has begun to hand it over: before that, nothing of it was sent.
  handed_over boolean not null default false,
  -- Recipients that the server would not take: [{"address", "error"}].
  refused jsonb not null default '[]',
  -- The UTC day in whose count it is.
  counted_on date,
  -- Seconds before the second attempt and those after it, where they are others than usual.
  retry_after integer[],
  -- The job that is told of the outcome: {"kind", "payload"}.
  notify jsonb check (jsonb_typeof(notify -> 'kind') = 'string' and jsonb_typeof(notify -> 'payload') = 'object'),
  sent_at timestamptz,
  activity_id uuid,
  -- Where its tracked links lead, in their order.
  links text[] not null default '{}',
  opens integer not null default 0,
  first_opened_at timestamptz,
  clicks integer not null default 0,
  first_clicked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, message_id),
  check (html_body is not null or text_body is not null or invitation is not null),
  constraint messages_integration_id_fkey foreign key (workspace_id, integration_id)
    references crm.integrations (workspace_id, id) on delete set null (integration_id),
  constraint messages_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete set null (lead_id),
  constraint messages_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint messages_deal_id_fkey foreign key (workspace_id, deal_id)
    references crm.deals (workspace_id, id) on delete set null (deal_id),
  constraint messages_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id),
  constraint messages_activity_id_fkey foreign key (workspace_id, activity_id)
    references crm.activities (workspace_id, id) on delete set null (activity_id)
);

create index messages_integration_id_idx on crm.messages (workspace_id, integration_id, created_at, id);
create index messages_lead_id_idx on crm.messages (workspace_id, lead_id, created_at, id);
create index messages_contact_id_idx on crm.messages (workspace_id, contact_id, created_at, id);
create index messages_deal_id_idx on crm.messages (workspace_id, deal_id, created_at, id);
create index messages_user_id_idx on crm.messages (workspace_id, user_id);
create index messages_activity_id_idx on crm.messages (workspace_id, activity_id);
call app.make_tenant_table('messages');
call app.count_by('messages', '{deal_id}');

-- Writes a message and the job that sends it, after so many seconds (send_in) where they are given. Raises LB060 when
-- the integration sends no mail or is none, unless the message needs none by its channel; and, with count_now, LB061
-- when its daily limit is reached; without, the message waits for the next day.
-- Its id is made here unless links in the message have it already.
create function app.store_message(p_message jsonb, out id uuid, out message_id text, out job uuid)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given constant crm.messages := jsonb_populate_record(null::crm.messages, p_message);
  v_integration crm.integrations;
  v_day date;
begin
  select i.* into v_integration from crm.integrations i
    where i.workspace_id = app.workspace_id() and i.id = v_given.integration_id
      and i.type in ('smtp', 'mailgun', 'gmail', 'microsoft');
  if not found and coalesce(v_given.channel, '') not in ('account', 'system') then
    raise exception 'no mail goes through this integration' using errcode = 'LB060';
  end if;
  if (p_message ->> 'count_now')::boolean then
    v_day := app.count_mail(v_integration.id);
    if v_day is null then
      raise exception 'the daily limit is reached' using errcode = 'LB061';
    end if;
  end if;
  id := coalesce(v_given.id, app.uuid_v7());
  message_id := format('<%s@%s>', id,
    split_part(coalesce(v_integration.settings ->> 'from_email', v_given.from_email), '@', 2));
  insert into crm.messages (id, integration_id, channel, lead_id, contact_id, deal_id, from_email, from_name,
      to_emails, cc_emails, bcc_emails, reply_to, in_reply_to, unsubscribe_url, subject, html_body, text_body,
      invitation, message_id, links, counted_on, retry_after, notify)
    values (id, v_integration.id, coalesce(v_integration.type, v_given.channel), v_given.lead_id, v_given.contact_id,
      v_given.deal_id, v_given.from_email, v_given.from_name, v_given.to_emails, coalesce(v_given.cc_emails, '{}'),
      coalesce(v_given.bcc_emails, '{}'), v_given.reply_to, v_given.in_reply_to, v_given.unsubscribe_url,
      v_given.subject, v_given.html_body, v_given.text_body, v_given.invitation, message_id,
      coalesce(v_given.links, '{}'), v_day, v_given.retry_after, v_given.notify);
  job := app.enqueue_job('mail.send', jsonb_build_object('message_id', id),
    now() + make_interval(secs => coalesce((p_message ->> 'send_in')::integer, 0)));
end
$$;

-- The activity of a message that was sent, where somebody is known who got it; one from a user's mail account is also
-- the lead's last activity. It takes no part in the workspace's daily cap of activities: the mail has gone, so nothing
-- may keep it from being recorded.
create function app.record_mail(p_message crm.messages) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lead constant uuid := case when p_message.channel = 'account' then p_message.lead_id end;
  v_contact crm.contacts;
  v_id uuid;
begin
  -- Shared, so that neither the contact nor its company is deleted before the activity is there.
  select c.* into v_contact from crm.contacts c
    where c.workspace_id = p_message.workspace_id and c.id = coalesce(p_message.contact_id, (
      select l.contact_id from crm.leads l
      where l.workspace_id = p_message.workspace_id and l.id = p_message.lead_id)) for share;
  update crm.leads l set last_activity_at = greatest(l.last_activity_at, p_message.sent_at)
    where l.workspace_id = p_message.workspace_id and l.id = v_lead;
  if v_contact.id is not null or p_message.deal_id is not null or v_lead is not null then
    insert into crm.activities (type, title, lead_id, contact_id, company_id, deal_id, message_deal_id, user_id, data,
        timestamp)
      values ('email', p_message.subject, p_message.lead_id, v_contact.id, v_contact.company_id, p_message.deal_id,
        p_message.deal_id, p_message.user_id,
        jsonb_build_object('message_id', p_message.id, 'channel', p_message.channel,
          'from', p_message.from_email, 'to', p_message.to_emails), p_message.sent_at)
      returning id into v_id;
  end if;
  return v_id;
end
$$;

-- Writes what became of an attempt: sent, failed, or queued again, to be sent after p_retry_in seconds. A
-- message that is not to be sent any more leaves the day's count, unless it may have been sent. Whoever is
-- to be told of the outcome gets their job, with the message's id, state and error.
create function app.end_message(
  p_id uuid, p_state text, p_error text, p_in_doubt boolean, p_refused jsonb, p_retry_in integer
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_message crm.messages;
begin
  update crm.messages m
    set state = p_state, error = p_error, in_doubt = p_in_doubt, refused = p_refused,
      sent_at = case when p_state = 'sent' then now() end
    where m.workspace_id = app.workspace_id() and m.id = p_id and m.state in ('queued', 'sending')
    returning m.* into v_message;
  if not found then
    return;
  elsif p_state = 'queued' then
    perform app.enqueue_job('mail.send', jsonb_build_object('message_id', p_id),
      now() + make_interval(secs => p_retry_in));
    return;
  elsif p_state = 'sent' then
    update crm.messages m set activity_id = app.record_mail(v_message)
      where m.workspace_id = v_message.workspace_id and m.id = p_id;
  elsif v_message.counted_on is not null and not p_in_doubt then
    update crm.messages m set counted_on = null
      where m.workspace_id = v_message.workspace_id and m.id = p_id;
    perform app.uncount_mail(v_message.integration_id, v_message.counted_on);
  end if;
  if v_message.notify is not null then
    perform app.enqueue_job(v_message.notify ->> 'kind', v_message.notify -> 'payload'
      || jsonb_build_object('message_id', p_id, 'state', p_state, 'error', p_error));
  end if;
end
$$;

-- Begins an attempt, for the run that has the job: the message as it is then. Its state is sending; or what
-- it was, when there is nothing to do: sent or failed already, or queued, as the daily limit is reached.
-- What a former run was sending is in doubt if that had begun to hand it over.
-- One that nothing was sent of yet fails when its integration is gone or not active. Null when there is no
-- such message. Raises LB030 when another run has the job.
create function app.begin_message(p_id uuid, p_job uuid, p_lease uuid) returns crm.messages
language plpgsql volatile
set search_path = ''
as $$
declare
  v_message crm.messages;
  v_integration crm.integrations;
begin
  perform from crm.jobs j
    where j.workspace_id = app.workspace_id() and j.id = p_job and j.lease = p_lease for update;
  if not found then
    raise exception 'another run has the job' using errcode = 'LB030';
  end if;
  select m.* into v_message from crm.messages m
    where m.workspace_id = app.workspace_id() and m.id = p_id for update;
  if not found then
    return null;
  elsif v_message.state in ('sent', 'failed') then
    return v_message;
  end if;
  -- Whoever was at it has gone.
  v_message.in_doubt := v_message.in_doubt or v_message.state = 'sending' and v_message.handed_over;
  select i.* into v_integration from crm.integrations i
    where i.workspace_id = v_message.workspace_id and i.id = v_message.integration_id for key share;
  if not v_message.in_doubt and v_message.channel not in ('account', 'system')
      and v_integration.status is distinct from 'active' then
    v_message.state := 'failed';
    perform app.end_message(p_id, 'failed',
      coalesce('The integration is ' || v_integration.status || '.', 'The integration was deleted.'),
      false, '[]', null);
    return v_message;
  end if;
  v_message.counted_on := coalesce(v_message.counted_on, app.count_mail(v_message.integration_id));
  if v_message.counted_on is null and v_message.channel not in ('account', 'system') then
    return v_message;
  end if;
  update crm.messages m
    set state = 'sending', attempts = m.attempts + 1, counted_on = v_message.counted_on,
      in_doubt = v_message.in_doubt, handed_over = false,
      from_email = coalesce(v_integration.settings ->> 'from_email', m.from_email),
      from_name = coalesce(v_integration.settings ->> 'from_name', m.from_name)
    where m.workspace_id = v_message.workspace_id and m.id = v_message.id
    returning m.* into v_message;
  return v_message;
end
$$;

-- Notes that the run that has the job hands a message over from now on. Raises LB030 when another run has it.
create function app.hand_over_message(p_id uuid, p_job uuid, p_lease uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform from crm.jobs j
    where j.workspace_id = app.workspace_id() and j.id = p_job and j.lease = p_lease for update;
  if not found then
    raise exception 'another run has the job' using errcode = 'LB030';
  end if;
  update crm.messages m set handed_over = true
    where m.workspace_id = app.workspace_id() and m.id = p_id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.store_message(jsonb),
  app.begin_message(uuid, uuid, uuid), app.hand_over_message(uuid, uuid, uuid), app.record_mail(crm.messages),
  app.end_message(uuid, text, text, boolean, jsonb, integer) to lumenbase_api;
