-- Calls by telephone, with leads, contacts and companies, and what is said in those that an AI agent makes.

create table crm.calls (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  -- Whose it is; null of one that came in for several, or nobody.
  user_id uuid,
  lead_id uuid,
  contact_id uuid,
  company_id uuid,
  direction text collate "C" not null check (direction in ('inbound', 'outbound')),
  from_number text not null,
  to_number text not null,
  status text collate "C" not null default 'queued' check (status in ('queued', 'ringing', 'in_progress',
    'completed', 'busy', 'no_answer', 'failed', 'canceled')),
  -- What the telephone service calls it, once that is known.
  sid text collate "C",
  started_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  duration_sec integer check (duration_sec >= 0),
  -- What the telephone service asks for it, and how much of that the wallet had; null until it is told.
  price numeric check (price >= 0),
  charged numeric check (charged between 0 and price),
  currency text collate "C" not null default 'USD',
  recording_sid text collate "C",
  recording_sec integer check (recording_sec >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint calls_sid_key unique (workspace_id, sid),
  constraint calls_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id),
  constraint calls_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete set null (lead_id),
  constraint calls_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint calls_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete set null (company_id)
);

create index calls_created_at_idx on crm.calls (workspace_id, created_at, id);
create index calls_status_idx on crm.calls (workspace_id, status, created_at, id);
create index calls_user_id_idx on crm.calls (workspace_id, user_id);
create index calls_lead_id_idx on crm.calls (workspace_id, lead_id, created_at, id);
create index calls_contact_id_idx on crm.calls (workspace_id, contact_id, created_at, id);
create index calls_company_id_idx on crm.calls (workspace_id, company_id, created_at, id);
call app.make_tenant_table('calls');
call app.count_by('calls', '{status}');
-- A Rep sees the own ones, those of leads that they see, and those of neither a user nor a lead.
call app.show_where('calls', $$user_id = (select app.claimed_actor()) or user_id is null and lead_id is null
    or lead_id is not null and exists (
      select from crm.leads l where l.workspace_id = calls.workspace_id and l.id = calls.lead_id)$$);
call app.record_events('calls');
create policy visible_calls on crm.events as restrictive to lumenbase_api
  using ((select app.sees_all()) or resource <> 'calls' or exists (
    select from crm.calls c where c.workspace_id = events.workspace_id and c.id = events.record_id));

-- How an AI agent is to talk in a call, apart from it as its events tell all of its columns.
create table crm.call_agents (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  call_id uuid not null,
  system_prompt text not null,
  first_message text,
  voice_id text,
  language text not null default 'en-US',
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint call_agents_call_id_key unique (workspace_id, call_id),
  constraint call_agents_call_id_fkey foreign key (workspace_id, call_id)
    references crm.calls (workspace_id, id) on delete cascade
);

call app.make_tenant_table('call_agents');
call app.show_where('call_agents', $$exists (
    select from crm.calls c where c.workspace_id = call_agents.workspace_id and c.id = call_agents.call_id)$$);

-- What was said in a call, in the order of places: of a turn n the customer's is at 2n - 1 and the agent's at 2n, what
-- the agent says first at 0.
create table crm.call_turns (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  call_id uuid not null,
  place integer not null check (place >= 0),
  speaker text collate "C" not null check (speaker in ('agent', 'customer')),
  said text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id),
  constraint call_turns_place_key unique (workspace_id, call_id, place),
  constraint call_turns_call_id_fkey foreign key (workspace_id, call_id)
    references crm.calls (workspace_id, id) on delete cascade
);

call app.make_tenant_table('call_turns');
call app.show_where('call_turns', $$exists (
    select from crm.calls c where c.workspace_id = call_turns.workspace_id and c.id = call_turns.call_id)$$);
