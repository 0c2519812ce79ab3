-- What tells of a lead's interest, and the alerts that the stronger signals raise.

create table crm.intent_signals (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  lead_id uuid not null,
  signal_type text collate "C" not null check (signal_type in ('pricing_page_visit', 'demo_requested',
    'form_submitted', 'reply_received', 'email_opened', 'email_opened_3x', 'link_clicked',
    'case_study_download', 'manual')),
  signal_detail jsonb check (jsonb_typeof(signal_detail) = 'object'),
  source text,
  -- What it was worth when it happened.
  points numeric not null check (points between 1 and 50),
  occurred_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint intent_signals_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete cascade
);

create index intent_signals_lead_id_idx on crm.intent_signals (workspace_id, lead_id, occurred_at, id);
create index intent_signals_occurred_at_idx on crm.intent_signals (workspace_id, occurred_at, id);
call app.make_tenant_table('intent_signals');
call app.record_events('intent_signals');

create table crm.intent_alerts (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  lead_id uuid not null,
  signal_id uuid not null,
  message text not null,
  -- The signal's.
  occurred_at timestamptz not null,
  acknowledged_by uuid,
  acknowledged_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint intent_alerts_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete cascade,
  constraint intent_alerts_signal_id_fkey foreign key (workspace_id, signal_id)
    references crm.intent_signals (workspace_id, id) on delete cascade,
  constraint intent_alerts_acknowledged_by_fkey foreign key (workspace_id, acknowledged_by)
    references crm.users (workspace_id, id) on delete set null (acknowledged_by)
);

create index intent_alerts_lead_id_idx on crm.intent_alerts (workspace_id, lead_id, number);
create index intent_alerts_signal_id_idx on crm.intent_alerts (workspace_id, signal_id);
create index intent_alerts_occurred_at_idx on crm.intent_alerts (workspace_id, occurred_at, id);
create index intent_alerts_acknowledged_by_idx on crm.intent_alerts (workspace_id, acknowledged_by);
call app.make_tenant_table('intent_alerts');

call app.show_by_lead('intent_signals');
call app.show_by_lead('intent_alerts');

-- An alert with its signal and its lead.
create view crm.intent_alerts_with_leads with (security_invoker = true) as
  select a.*, app.name_of_lead(l) as lead_name, l.number as lead_number, l.assigned_to,
    s.number as signal_number, s.signal_type, s.signal_detail,
    (select u.number from crm.users u
      where u.workspace_id = l.workspace_id and u.id = l.assigned_to) as assigned_number,
    (select u.number from crm.users u
      where u.workspace_id = a.workspace_id and u.id = a.acknowledged_by) as acknowledged_by_number
  from crm.intent_alerts a
  join crm.leads l on l.workspace_id = a.workspace_id and l.id = a.lead_id
  join crm.intent_signals s on s.workspace_id = a.workspace_id and s.id = a.signal_id;

grant select on crm.intent_alerts_with_leads to lumenbase_api;

-- Logs a signal of a lead, which is an activity of it, and answers it; nothing when there is no such lead. p_alert is what it tells of
-- the lead, after its name, where that is worth an alert: the lead's owner is told of it, too.
create function app.log_signal(
  p_lead uuid, p_type text, p_points numeric, p_alert text default null, p_detail jsonb default null,
  p_source text default null, p_occurred_at timestamptz default now()
) returns setof crm.intent_signals
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_lead crm.leads;
  v_signal crm.intent_signals;
begin
  update crm.leads l set last_activity_at = greatest(l.last_activity_at, least(p_occurred_at, now()))
    where l.workspace_id = v_workspace and l.id = p_lead
    returning l.* into v_lead;
  if not found then
    return;
  end if;
  insert into crm.intent_signals (lead_id, signal_type, signal_detail, source, points, occurred_at)
    values (p_lead, p_type, p_detail, p_source, p_points, p_occurred_at)
    returning * into v_signal;
  if p_alert is not null then
    insert into crm.intent_alerts (lead_id, signal_id, message, occurred_at)
      values (p_lead, v_signal.id, app.name_of_lead(v_lead) || ' ' || p_alert, p_occurred_at);
    insert into crm.notifications (user_id, type, title, subject_type, subject_id)
      select v_lead.assigned_to, 'hot_lead', app.name_of_lead(v_lead) || ' ' || p_alert, 'lead', v_lead.number
      where v_lead.assigned_to is not null;
  end if;
  return next v_signal;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.log_signal(uuid, text, numeric, text, jsonb, text, timestamptz) to lumenbase_api;
