-- Dashboards that users make of queries, and who sees them besides.

create table crm.dashboards (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  -- What its maker calls it in addresses. Not digits alone, which are a number.
  dashboard_id text collate "C" not null check (dashboard_id ~ '^[A-Za-z0-9_-]{1,64}$' and dashboard_id !~ '^\d+$'),
  name text collate "und-x-icu" not null,
  scope text collate "C" not null default 'personal' check (scope in ('personal', 'team', 'workspace')),
  definition jsonb not null default '{"widgets": []}' check (jsonb_typeof(definition) = 'object'),
  -- One more with each change.
  revision integer not null default 1,
  -- Whose it is; nobody's when that user is gone.
  user_id uuid default app.acting_user(),
  name_key text collate "und-x-icu" not null generated always as (lower(name)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint dashboards_dashboard_id_key unique (workspace_id, dashboard_id),
  constraint dashboards_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id)
);

create index dashboards_user_id_idx on crm.dashboards (workspace_id, user_id);
call app.make_tenant_table('dashboards');

-- Counts a change. Raises LB132 for one that is to be of another revision than the dashboard has by now, which is
-- the message.
create function app.revise() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.revision <> old.revision then
    raise exception '%', old.revision using errcode = 'LB132';
  end if;
  new.revision := old.revision + 1;
  return new;
end
$$;

create trigger revise before update on crm.dashboards
  for each row execute function app.revise();

revoke execute on all routines in schema app from public;
