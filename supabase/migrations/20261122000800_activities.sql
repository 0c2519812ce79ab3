-- Activities (spec: Activities).

create table crm.activities (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  type text not null check (type ~ '^[a-z][a-z0-9_]{0,63}$'),
  title text,
  description text,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  lead_id uuid,
  -- The user who wrote it, if a user did.
  user_id uuid default app.acting_user(),
  data jsonb not null default '{}',
  -- The deal whose timeline has the message that it tells of, and so has no place for it.
  message_deal_id uuid,
  timeline_deal_id uuid generated always as (nullif(deal_id, message_deal_id)) stored,
  timestamp timestamptz not null default now(),
  title_key text collate "und-x-icu" not null generated always as (coalesce(title, '')) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(coalesce(title, ''))) stored,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint activities_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint activities_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete set null (company_id),
  constraint activities_deal_id_fkey foreign key (workspace_id, deal_id)
    references crm.deals (workspace_id, id) on delete set null (deal_id),
  constraint activities_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete set null (lead_id),
  constraint activities_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id)
);

create index activities_created_at_idx on crm.activities (workspace_id, created_at, id);
create index activities_lead_id_idx on crm.activities (workspace_id, lead_id, created_at, id);
create index activities_contact_id_idx on crm.activities (workspace_id, contact_id, created_at, id);
create index activities_company_id_idx on crm.activities (workspace_id, company_id, created_at, id);
create index activities_timestamp_idx on crm.activities (workspace_id, timestamp, id);
create index activities_timeline_idx on crm.activities (workspace_id, timeline_deal_id, timestamp, id)
  where timeline_deal_id is not null;
create index activities_user_id_idx on crm.activities (workspace_id, user_id);
create index activities_title_idx on crm.activities (workspace_id, title_key, id);
create index activities_type_idx on crm.activities (workspace_id, type, created_at, id);
create index activities_type_sort_idx on crm.activities (workspace_id, type, id);
create index activities_deal_id_idx on crm.activities (workspace_id, deal_id, created_at, id);
call app.make_tenant_table('activities');
call app.count_by('activities', '{type, deal_id, timeline_deal_id}');
call app.make_searchable('activities');
