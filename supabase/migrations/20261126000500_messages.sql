-- Messages: mail that goes through an integration, a user's mail account (channel account), or the server of whoever
-- runs the functions (channel system). Each is written before it is sent, and what became of it after: what is found
-- between the two is in doubt, as whoever was at it has gone.

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

revoke execute on all routines in schema app from public;
grant execute on function app.store_message(jsonb) to lumenbase_api;
