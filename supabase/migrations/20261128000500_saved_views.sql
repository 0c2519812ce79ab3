-- Views that users save of a list: which records, columns and order.

create table crm.saved_views (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  -- Whose it is; nobody's when that user is gone.
  user_id uuid default app.acting_user(),
  module_name text collate "C" not null check (module_name in ('lead', 'contact', 'company', 'deal', 'meeting')),
  view_name text collate "und-x-icu" not null default 'New view',
  visibility text collate "C" not null check (visibility in ('private', 'team', 'public')),
  filters jsonb not null default '{}' check (jsonb_typeof(filters) = 'object'),
  columns jsonb not null default '[]' check (jsonb_typeof(columns) = 'array'),
  sorting jsonb not null default '{}' check (jsonb_typeof(sorting) = 'object'),
  view_name_key text collate "und-x-icu" not null generated always as (lower(view_name)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint saved_views_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id)
);

create index saved_views_user_id_idx on crm.saved_views (workspace_id, user_id);
create index saved_views_module_idx on crm.saved_views (workspace_id, module_name, number);
call app.make_tenant_table('saved_views');

revoke execute on all routines in schema app from public;
