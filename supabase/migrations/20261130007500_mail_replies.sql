-- Replies of leads to mail that was sent from here, noticed when a user's mailbox is read.

create table crm.mail_replies (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  -- Its Message-ID; of one without, the mail account and what that calls it.
  reply text collate "C" not null,
  lead_id uuid not null,
  -- What it answers.
  message_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, reply),
  constraint mail_replies_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete cascade,
  constraint mail_replies_message_id_fkey foreign key (workspace_id, message_id)
    references crm.messages (workspace_id, id) on delete cascade
);

create index mail_replies_lead_id_idx on crm.mail_replies (workspace_id, lead_id);
create index mail_replies_message_id_idx on crm.mail_replies (workspace_id, message_id);
call app.make_tenant_table('mail_replies');
call app.show_by_lead('mail_replies');

-- Notes those messages of a user's mailbox that leads wrote in answer to mail from here, each once, whoever sees it
-- first: a signal of the lead, and a notification of its owner, and of the user if they see it. p_seen has of each
-- message {"key", "from", "answers", "thread", "subject", "at"}: it answers mail from here whose Message-ID is among
-- answers, those before it in its thread, or that began its thread in the account. The lead is whom that mail was about, if the
-- address is theirs, else the oldest with the address, whoever sees them, if that mail was sent there: anybody can
-- write as somebody else.
create function app.note_replies(p_user uuid, p_account uuid, p_seen jsonb, p_points numeric, p_alert text)
returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_reply record;
  v_count integer := 0;
begin
  -- All of them first, in one order, so that nobody waits for another who waits.
  for v_reply in
    with seen as (
      select distinct on (s.key) s.* from jsonb_to_recordset(p_seen)
          as s (key text, "from" text, answers text[], thread text, subject text, at timestamptz)
        order by s.key
    ), answering as (
      select seen.key, seen.subject, seen.at, sent.id as message_id, coalesce(sent.lead_id, (
          select l.id from crm.leads l
          where l.workspace_id = v_workspace and l.email_key = app.present_email(seen."from") collate "C"
            and exists (select from unnest(sent.recipients) one where lower(one) = seen."from")
          order by l.number limit 1)) as lead_id
        from seen
        cross join lateral (
          select mail.id, mail.recipients, (
              select l.id from crm.leads l
              where l.workspace_id = v_workspace and l.id = mail.lead_id
                and l.email_key = app.present_email(seen."from") collate "C")
              as lead_id
            from (
              select m.id, m.lead_id, m.created_at, m.to_emails || m.cc_emails || m.bcc_emails as recipients
                from crm.messages m
                where m.workspace_id = v_workspace and m.message_id = any (seen.answers::text[] collate "C")
              union all
              select m.id, m.lead_id, m.created_at, m.to_emails || m.cc_emails || m.bcc_emails
                from crm.account_messages a
                join crm.messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
                where a.workspace_id = v_workspace and a.account_id = p_account and a.thread_id = seen.thread
                  and a.answers is null) mail
            order by mail.created_at desc limit 1) sent
    ), noted as (
      insert into crm.mail_replies (reply, lead_id, message_id)
        select a.key, a.lead_id, a.message_id from answering a where a.lead_id is not null order by a.key
        on conflict do nothing
        returning reply, lead_id
    )
    select a.*, l.number, l.assigned_to, app.name_of_lead(l) as name
      from noted n
      join answering a on a.key = n.reply
      join crm.leads l on l.workspace_id = v_workspace and l.id = n.lead_id
      order by n.lead_id, n.reply
  loop
    perform app.log_signal(v_reply.lead_id, 'reply_received', p_points, p_alert,
      jsonb_strip_nulls(jsonb_build_object('subject', left(v_reply.subject, 500))), 'email',
      least(coalesce(v_reply.at, now()), now()));
    insert into crm.notifications (user_id, type, title, body, subject_type, subject_id)
      select u.id, 'mail_reply', v_reply.name || ' replied', left(v_reply.subject, 500), 'lead', v_reply.number
      from crm.users u
      where u.workspace_id = v_workspace
        and (u.id = v_reply.assigned_to or u.id = p_user and app.sees_lead(v_reply.lead_id))
      order by u.id;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.note_replies(uuid, uuid, jsonb, numeric, text) to lumenbase_api;
