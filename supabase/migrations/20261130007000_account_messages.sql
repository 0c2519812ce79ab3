-- Mail through users' mail accounts, and what its recipients do with it.

-- What a message of the channel account has beside the message itself.
create table crm.account_messages (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  message_id uuid not null,
  number bigint not null generated always as identity,
  account_id uuid,
  -- The job that sends it first.
  job_id uuid not null,
  -- The provider's id of the message that it answers.
  answers text,
  -- The Message-IDs of its thread before it, the oldest first.
  reference_ids text[] not null default '{}',
  -- The provider's id of its thread; where it has none, the Message-ID that the thread began with.
  thread_id text,
  -- The provider's id of the message, where it told one as it sent it.
  provider_id text,
  is_tracked boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (workspace_id, message_id),
  unique (workspace_id, number),
  constraint account_messages_message_id_fkey foreign key (workspace_id, message_id)
    references crm.messages (workspace_id, id) on delete cascade,
  constraint account_messages_account_id_fkey foreign key (workspace_id, account_id)
    references crm.connected_accounts (workspace_id, id) on delete set null (account_id)
);

create index account_messages_thread_idx on crm.account_messages (workspace_id, account_id, thread_id);
call app.make_tenant_table('account_messages');

-- Writes a message of a user's mail account, {"account_id", "to_emails", "subject", …}, from that account and about the
-- lead, or else the contact, of its first recipient, unless it says about whom. An invitation is about none of them: the
-- meeting is with them already. The job that sends it waits for send_in seconds. Raises LB097 when there is no such
-- account, or it is not active.
create function app.store_account_message(p_message jsonb) returns crm.account_messages
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given constant crm.messages := jsonb_populate_record(null::crm.messages, p_message);
  v_own constant crm.account_messages := jsonb_populate_record(null::crm.account_messages, p_message);
  v_account crm.connected_accounts;
  v_lead uuid := v_given.lead_id;
  v_contact uuid := v_given.contact_id;
  v_email constant text collate "C" := app.present_email(lower(v_given.to_emails[1]));
  v_stored record;
  v_made crm.account_messages;
begin
  select a.* into v_account from crm.connected_accounts a
    where a.workspace_id = app.workspace_id() and a.id = v_own.account_id and a.is_mail and a.is_active for key share;
  if not found then
    raise exception 'no such mail account' using errcode = 'LB097';
  end if;
  if v_lead is null and v_contact is null and v_given.invitation is null then
    v_lead := (
      select l.id from crm.leads l
      where l.workspace_id = v_account.workspace_id and l.email_key = v_email
      order by l.id limit 1);
  end if;
  if v_lead is null and v_contact is null and v_given.invitation is null then
    v_contact := (
      select c.id from crm.contacts c
      where c.workspace_id = v_account.workspace_id and c.email = v_email);
  end if;
  select stored.* into v_stored from app.store_message(p_message || jsonb_build_object(
    'channel', 'account', 'lead_id', v_lead, 'contact_id', v_contact,
    'from_email', v_account.from_address, 'from_name', v_account.from_name)) stored;
  insert into crm.account_messages (message_id, account_id, job_id, answers, reference_ids, thread_id, is_tracked)
    values (v_stored.id, v_account.id, v_stored.job, v_own.answers, coalesce(v_own.reference_ids, '{}'),
      coalesce(v_own.thread_id, case when v_account.provider = 'smtp' then
        coalesce(v_own.reference_ids[1], v_stored.message_id) end), coalesce(v_own.is_tracked, false))
    returning * into v_made;
  return v_made;
end
$$;

-- Takes the job that sends a message, for so many seconds, unless somebody has it: null when there is none to take.
-- After that it is due.
create function app.take_message(p_id uuid, p_seconds integer, out job uuid, out lease uuid)
language plpgsql volatile
set search_path = ''
as $$
begin
  update crm.jobs j
    set status = 'running', attempts = j.attempts + 1, run_at = now(), lease = gen_random_uuid(),
      lease_until = clock_timestamp() + make_interval(secs => p_seconds)
    from crm.account_messages m
    where m.workspace_id = app.workspace_id() and m.message_id = p_id
      and j.workspace_id = m.workspace_id and j.id = m.job_id
      and (j.status = 'waiting' or j.status = 'running' and j.lease_until <= clock_timestamp())
    returning j.id, j.lease into job, lease;
end
$$;

-- Notes that a message was opened: a signal of its lead each time, and another one the third time.
create function app.note_open(p_message uuid, p_points numeric, p_points_of_third numeric) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_message crm.messages;
  v_detail jsonb;
begin
  update crm.messages m set opens = m.opens + 1, first_opened_at = coalesce(m.first_opened_at, now())
    where m.workspace_id = app.workspace_id() and m.id = p_message
    returning m.* into v_message;
  if v_message.lead_id is null then
    return;
  end if;
  v_detail := jsonb_build_object('message_id', v_message.message_id, 'subject', v_message.subject);
  perform app.log_signal(v_message.lead_id, 'email_opened', p_points, null, v_detail, 'email');
  if v_message.opens = 3 then
    perform app.log_signal(v_message.lead_id, 'email_opened_3x', p_points_of_third, null, v_detail, 'email');
  end if;
end
$$;

-- Notes that a link of a message was followed, which is a signal of its lead, and answers where it leads; null when
-- there is none.
create function app.note_click(p_message uuid, p_link integer, p_points numeric) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_message crm.messages;
begin
  update crm.messages m set clicks = m.clicks + 1, first_clicked_at = coalesce(m.first_clicked_at, now())
    where m.workspace_id = app.workspace_id() and m.id = p_message and m.links[p_link] is not null
    returning m.* into v_message;
  if v_message.lead_id is not null then
    perform app.log_signal(v_message.lead_id, 'link_clicked', p_points, null, jsonb_build_object(
      'message_id', v_message.message_id, 'subject', v_message.subject, 'url', v_message.links[p_link]), 'email');
  end if;
  return v_message.links[p_link];
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.store_account_message(jsonb), app.take_message(uuid, integer),
  app.note_open(uuid, numeric, numeric), app.note_click(uuid, integer, numeric) to lumenbase_api;
