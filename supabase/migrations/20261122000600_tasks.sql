-- Tasks (spec: Tasks).

create table crm.tasks (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  title text collate "und-x-icu" not null,
  description text,
  status text not null default 'open',
  priority text not null default 'medium' check (priority in ('low', 'medium', 'high', 'urgent')),
  due_date date,
  -- When on that day, if that was told.
  due_at timestamptz,
  assigned_to uuid,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  lead_id uuid,
  -- The user who made it, if a user did.
  user_id uuid default app.acting_user(),
  is_done boolean not null generated always as (
    lower(status) in ('completed', 'done', 'cancelled', 'canceled')) stored,
  -- When it is due, while it is to be done; null of others, and of one without a date.
  open_due_date date generated always as (
    case when lower(status) not in ('completed', 'done', 'cancelled', 'canceled') then due_date end) stored,
  priority_rank smallint not null generated always as (
    case priority when 'low' then 1 when 'medium' then 2 when 'high' then 3 else 4 end) stored,
  due_date_key date not null generated always as (coalesce(due_date, 'infinity')) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(title)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint tasks_assigned_to_fkey foreign key (workspace_id, assigned_to)
    references crm.users (workspace_id, id) on delete set null (assigned_to),
  constraint tasks_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint tasks_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete set null (company_id),
  constraint tasks_deal_id_fkey foreign key (workspace_id, deal_id)
    references crm.deals (workspace_id, id) on delete set null (deal_id),
  constraint tasks_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete set null (lead_id),
  constraint tasks_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id)
);

create index tasks_created_at_idx on crm.tasks (workspace_id, created_at, id);
create index tasks_updated_at_idx on crm.tasks (workspace_id, updated_at, id);
create index tasks_title_idx on crm.tasks (workspace_id, title, id);
create index tasks_due_date_idx on crm.tasks (workspace_id, due_date_key, id);
create index tasks_open_idx on crm.tasks (workspace_id, is_done, due_date_key, id);
create index tasks_priority_rank_idx on crm.tasks (workspace_id, priority_rank, id);
create index tasks_status_idx on crm.tasks (workspace_id, status, created_at, id);
create index tasks_priority_idx on crm.tasks (workspace_id, priority, created_at, id);
create index tasks_priority_sort_idx on crm.tasks (workspace_id, priority, priority_rank, id);
create index tasks_assigned_to_idx on crm.tasks (workspace_id, assigned_to, created_at, id);
create index tasks_contact_id_idx on crm.tasks (workspace_id, contact_id, created_at, id);
create index tasks_company_id_idx on crm.tasks (workspace_id, company_id, created_at, id);
create index tasks_lead_id_idx on crm.tasks (workspace_id, lead_id, created_at, id);
create index tasks_user_id_idx on crm.tasks (workspace_id, user_id);
create index tasks_deal_id_idx on crm.tasks (workspace_id, deal_id, created_at, id);
call app.make_tenant_table('tasks');
call app.count_by('tasks', '{status, priority, is_done, open_due_date, deal_id}');
call app.make_searchable('tasks');
