-- Drafts of emails to leads, which AI writes: one at a time, or for many leads by jobs of the kind drafts.write, lead
-- by lead. People approve and send them; the message that one is sent as tells what became of it.

create table crm.email_drafts (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  lead_id uuid not null,
  persona text not null,
  subject text not null check (length(subject) <= 998),
  body text not null,
  created_by uuid default app.acting_user(),
  approved_by uuid,
  approved_at timestamptz,
  -- The message that it was last sent as.
  sent_as uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint email_drafts_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete cascade,
  constraint email_drafts_created_by_fkey foreign key (workspace_id, created_by)
    references crm.users (workspace_id, id) on delete set null (created_by),
  constraint email_drafts_approved_by_fkey foreign key (workspace_id, approved_by)
    references crm.users (workspace_id, id) on delete set null (approved_by),
  constraint email_drafts_sent_as_fkey foreign key (workspace_id, sent_as)
    references crm.messages (workspace_id, id) on delete set null (sent_as)
);

create index email_drafts_lead_id_idx on crm.email_drafts (workspace_id, lead_id, number);
create index email_drafts_created_at_idx on crm.email_drafts (workspace_id, created_at, id);
create index email_drafts_created_by_idx on crm.email_drafts (workspace_id, created_by);
create index email_drafts_approved_by_idx on crm.email_drafts (workspace_id, approved_by);
create index email_drafts_sent_as_idx on crm.email_drafts (workspace_id, sent_as);
call app.make_tenant_table('email_drafts');
call app.show_by_lead('email_drafts');

-- Drafts with what became of each.
create view crm.email_drafts_with_status with (security_invoker = true) as
  select d.*, m.message_id, m.sent_at,
    case when m.state in ('sent', 'failed') then m.state when m.state is not null then 'sending'
      when d.approved_at is null then 'draft' else 'approved' end as status
  from crm.email_drafts d
  left join crm.messages m on m.workspace_id = d.workspace_id and m.id = d.sent_as;

grant select on crm.email_drafts_with_status to lumenbase_api;

-- The draft with a number, which nobody else approves or sends before the transaction ends; nothing when there is
-- none. Raises LB095, under the name draft_sent, when it was sent or is being sent.
create function app.hold_draft(p_number bigint) returns setof crm.email_drafts
language plpgsql volatile
set search_path = ''
as $$
declare
  v_draft crm.email_drafts;
begin
  select d.* into v_draft from crm.email_drafts d
    where d.workspace_id = app.workspace_id() and d.number = p_number for update;
  if not found then
    return;
  end if;
  perform from crm.messages m
    where m.workspace_id = v_draft.workspace_id and m.id = v_draft.sent_as and m.state <> 'failed';
  if found then
    raise exception 'the draft was sent' using errcode = 'LB095', constraint = 'draft_sent';
  end if;
  return next v_draft;
end
$$;

-- Approves the draft with a number, with another subject or body where they are given, and answers its id; nothing
-- when there is none. Whoever approved the text as it is stays who did. Raises LB095 as app.hold_draft does.
create function app.approve_draft(p_number bigint, p_subject text, p_body text) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_draft crm.email_drafts;
  v_subject text;
  v_body text;
  v_again boolean;
begin
  select * into v_draft from app.hold_draft(p_number);
  if not found then
    return;
  end if;
  v_subject := coalesce(p_subject, v_draft.subject);
  v_body := coalesce(p_body, v_draft.body);
  v_again := v_draft.approved_at is not null and v_subject = v_draft.subject and v_body = v_draft.body;
  update crm.email_drafts d
    set subject = v_subject, body = v_body, sent_as = null,
      approved_by = case when v_again then d.approved_by else app.acting_user() end,
      approved_at = case when v_again then d.approved_at else now() end
    where d.workspace_id = v_draft.workspace_id and d.id = v_draft.id;
  return next v_draft.id;
end
$$;

-- What is to be sent of the approved draft with a number: its id, text, lead and that one's email; nothing when there
-- is none. Raises LB095 as app.hold_draft does, and under the names draft_unapproved and lead_without_email.
create function app.draft_to_send(p_number bigint)
returns table (id uuid, lead_id uuid, email text, subject text, body text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_draft crm.email_drafts;
  v_email text;
begin
  select * into v_draft from app.hold_draft(p_number);
  if not found then
    return;
  end if;
  select l.email into v_email from crm.leads l
    where l.workspace_id = v_draft.workspace_id and l.id = v_draft.lead_id;
  if v_draft.approved_at is null then
    raise exception 'nobody approved the draft' using errcode = 'LB095', constraint = 'draft_unapproved';
  elsif v_email is null then
    raise exception 'the lead has no email' using errcode = 'LB095', constraint = 'lead_without_email';
  end if;
  return query select v_draft.id, v_draft.lead_id, v_email, v_draft.subject, v_draft.body;
end
$$;

-- What an email to a lead is written by: who it is, its newest notes and what it did of late; null when there is none.
create function app.draft_context(p_lead uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'name', nullif(concat_ws(' ', l.first_name, l.last_name), ''),
    'job_title', l.job_title,
    'company', (
      select c.name from crm.companies c where c.workspace_id = l.workspace_id and c.id = l.company_id),
    'industry', l.industry,
    'city', l.city,
    'country', l.country,
    'about', left(l.notes, 2000),
    'notes', (
      select coalesce(jsonb_agg(jsonb_build_object('title', left(n.title, 255), 'text', left(n.description, 2000),
        'at', n.created_at) order by n.created_at desc, n.id desc), '[]')
      from (
        select a.* from crm.activities a
        where a.workspace_id = l.workspace_id and a.lead_id = l.id and a.type = 'note'
        order by a.created_at desc, a.id desc limit 5) n),
    'signals', (
      select coalesce(jsonb_agg(jsonb_build_object('type', s.signal_type, 'at', s.occurred_at)
        order by s.occurred_at desc, s.id desc), '[]')
      from (
        select i.* from crm.intent_signals i
        where i.workspace_id = l.workspace_id and i.lead_id = l.id
        order by i.occurred_at desc, i.id desc limit 10) s))
  from crm.leads l where l.workspace_id = app.workspace_id() and l.id = p_lead
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.hold_draft(bigint), app.approve_draft(bigint, text, text), app.draft_to_send(bigint),
  app.draft_context(uuid) to lumenbase_api;
