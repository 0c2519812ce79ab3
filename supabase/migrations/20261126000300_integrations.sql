-- Integrations: other services that leads come from, that mail goes through, and that are told of events.

create table crm.integrations (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  type text collate "C" not null
    check (type in ('facebook', 'google_ads', 'smtp', 'mailgun', 'gmail', 'microsoft', 'webhook')),
  name text collate "und-x-icu" not null,
  is_active boolean not null default true,
  -- Since when the system sends nothing through it any more.
  paused_at timestamptz,
  status text collate "C" not null generated always as (
    case when not is_active then 'inactive' when paused_at is not null then 'paused' else 'active' end
  ) stored,
  -- As they are answered: a secret that is set is ********.
  settings jsonb not null,
  -- Encrypted by the functions, which alone have the key.
  secrets text,
  -- Until when what is sent is signed with the former secret as well, which is among the secrets.
  former_secret_until timestamptz,
  last_error text,
  -- What takes its leads in.
  connector_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint integrations_connector_id_fkey foreign key (workspace_id, connector_id)
    references crm.connectors (workspace_id, id) on delete set null (connector_id)
);

create index integrations_created_at_idx on crm.integrations (workspace_id, created_at, id);
create index integrations_updated_at_idx on crm.integrations (workspace_id, updated_at, id);
create index integrations_name_idx on crm.integrations (workspace_id, name, id);
create index integrations_type_idx on crm.integrations (workspace_id, type, created_at, id);
create index integrations_connector_id_idx on crm.integrations (workspace_id, connector_id);
create index integrations_webhooks_idx on crm.integrations (workspace_id)
  where type = 'webhook' and status = 'active';
call app.make_tenant_table('integrations');
call app.count_by('integrations', '{type}');

-- A connector that takes in an integration's leads goes with it.
create function app.drop_integration_connector() returns trigger
language plpgsql volatile
set search_path = ''
as $$
begin
  delete from crm.connectors c
    where (c.workspace_id, c.id) in (select gone.workspace_id, gone.connector_id from gone);
  return null;
end
$$;

create trigger drop_connector after delete on crm.integrations
  referencing old table as gone for each statement execute function app.drop_integration_connector();

revoke execute on all routines in schema app from public;
