-- How a message is sent, and what becomes of it.

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
grant execute on function app.record_mail(crm.messages), app.begin_message(uuid, uuid, uuid),
  app.hand_over_message(uuid, uuid, uuid),
  app.end_message(uuid, text, text, boolean, jsonb, integer) to lumenbase_api;
