-- Users, whom records are assigned to.

create table crm.users (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  name text collate "und-x-icu" not null,
  email text collate "C" not null check (email = lower(email)),
  role text not null default 'member' check (role in ('admin', 'member', 'viewer')),
  status text not null default 'invited' check (status in ('active', 'invited', 'inactive')),
  last_sign_in_at timestamptz,
  name_key text collate "und-x-icu" not null generated always as (lower(name)) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(name || ' ' || email)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint users_email_key unique (workspace_id, email)
);

create index users_created_at_idx on crm.users (workspace_id, created_at, id);
create index users_updated_at_idx on crm.users (workspace_id, updated_at, id);
create index users_name_idx on crm.users (workspace_id, name_key, id);
create index users_role_idx on crm.users (workspace_id, role, created_at, id);
create index users_status_idx on crm.users (workspace_id, status, created_at, id);
call app.make_tenant_table('users');
call app.count_by('users', '{role, status}');
call app.make_searchable('users');

-- The user that a transaction acts for; null when it is another kind of actor, or a user who is gone.
create function app.acting_user() returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_actor constant jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb -> 'actor';
begin
  if v_actor ->> 'kind' is distinct from 'user' then
    return null;
  end if;
  return (
    select u.id from crm.users u
    where u.workspace_id = app.workspace_id() and u.id = (v_actor ->> 'id')::uuid);
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.acting_user() to lumenbase_api;
