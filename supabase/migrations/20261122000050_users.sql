-- Users, whom records are assigned to, and roles of a workspace's own.

-- Each has the rights of a role that every workspace has, and a number after theirs.
create table crm.roles (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity (start with 101),
  name text collate "und-x-icu" not null,
  description text,
  base text not null check (base in ('admin', 'member', 'rep', 'viewer')),
  is_active boolean not null default true,
  name_key text collate "und-x-icu" not null generated always as (lower(name)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint roles_name_key unique (workspace_id, name_key)
);

call app.make_tenant_table('roles');

-- The number by which a role that every workspace has is known.
create function app.role_number(p_role text, p_is_rep boolean) returns bigint
language sql immutable
set search_path = ''
as $$
  select case p_role when 'admin' then 1 when 'viewer' then 4 else case when p_is_rep then 3 else 2 end end
$$;

create table crm.users (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  name text collate "und-x-icu" not null,
  -- The parts of the name, which triggers keep equal to it.
  first_name text collate "und-x-icu" not null,
  last_name text collate "und-x-icu",
  email text collate "C" not null check (email = lower(email)),
  role text not null default 'member' check (role in ('admin', 'member', 'viewer')),
  -- Set of a member who sees the own leads and those of nobody, and not those of others.
  is_rep boolean not null default false check (not is_rep or role = 'member'),
  custom_role bigint,
  phone text,
  language text not null default 'en',
  timezone text not null default 'UTC',
  status text not null default 'invited' check (status in ('active', 'invited', 'inactive')),
  last_sign_in_at timestamptz,
  role_number bigint not null generated always as (
    coalesce(custom_role, app.role_number(role, is_rep))) stored,
  name_key text collate "und-x-icu" not null generated always as (lower(name)) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(name || ' ' || email)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint users_email_key unique (workspace_id, email),
  constraint users_custom_role_fkey foreign key (workspace_id, custom_role)
    references crm.roles (workspace_id, number)
);

create index users_created_at_idx on crm.users (workspace_id, created_at, id);
create index users_updated_at_idx on crm.users (workspace_id, updated_at, id);
create index users_name_idx on crm.users (workspace_id, name_key, id);
create index users_role_idx on crm.users (workspace_id, role, created_at, id);
create index users_custom_role_idx on crm.users (workspace_id, custom_role);
create index users_status_idx on crm.users (workspace_id, status, created_at, id);
call app.make_tenant_table('users');
call app.count_by('users', '{role, status}');
call app.make_searchable('users');

-- The roles that every workspace has, and its own, with how many users have each.
create view crm.all_roles with (security_invoker = true) as
  select role.*, (
    select count(*)::int from crm.users u
    where u.workspace_id = role.workspace_id and u.role_number = role.number) as user_count
  from (
    select w.id as workspace_id, ('00000000-0000-0000-0000-00000000000' || standard.number)::uuid as id,
      standard.number, standard.name, standard.description, standard.base, true as is_active, true as is_system,
      w.created_at, w.created_at as updated_at
    from crm.workspaces w, (values
      (1::bigint, 'Admin' collate "und-x-icu", 'Everything.', 'admin'),
      (2, 'Manager', 'Everything but users and roles.', 'member'),
      (3, 'Rep', 'Leads of their own and of nobody.', 'rep'),
      (4, 'Viewer', 'Reads.', 'viewer')) standard (number, name, description, base)
    union all
    select r.workspace_id, r.id, r.number, r.name, r.description, r.base, r.is_active, false,
      r.created_at, r.updated_at
    from crm.roles r) role;

grant select on crm.all_roles to lumenbase_api;

-- Keeps the name and its parts, and the role and one of the workspace's own, equal to what was given last.
create function app.complete_user() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' and new.first_name is not null
      or tg_op = 'UPDATE' and (new.first_name, new.last_name) is distinct from (old.first_name, old.last_name) then
    new.name := concat_ws(' ', new.first_name, new.last_name);
  elsif tg_op = 'INSERT' or new.name <> old.name then
    new.first_name := split_part(new.name, ' ', 1);
    new.last_name := nullif(btrim(substr(new.name, length(new.first_name) + 2)), '');
  end if;
  if new.custom_role is not null
      and (tg_op = 'INSERT' or new.custom_role is distinct from old.custom_role) then
    select case base when 'rep' then 'member' else base end, base = 'rep' into new.role, new.is_rep
      from crm.roles r where r.workspace_id = new.workspace_id and r.number = new.custom_role
      -- Whoever changes the role meanwhile waits, and then finds this user.
      for share;
    new.role := coalesce(new.role, 'viewer');
    new.is_rep := coalesce(new.is_rep, false);
  elsif tg_op = 'UPDATE' and new.custom_role is not null and exists (
      select from crm.roles r
      where r.workspace_id = new.workspace_id and r.number = new.custom_role
        and (case r.base when 'rep' then 'member' else r.base end, r.base = 'rep') = (new.role, new.is_rep)) then
    -- What the workspace's own role gives: it was given other rights itself.
    null;
  elsif tg_op = 'UPDATE' and new.role <> old.role then
    -- Who is given another role through an API that knows those alone.
    new.is_rep := new.is_rep and new.role = 'member' and new.is_rep is distinct from old.is_rep;
    new.custom_role := null;
  elsif tg_op = 'UPDATE' and new.is_rep <> old.is_rep then
    new.custom_role := null;
  end if;
  return new;
end
$$;

create trigger complete before insert or update on crm.users
  for each row execute function app.complete_user();

-- What the role of a user is called.
create function app.role_name(p_user crm.users) returns text
language sql stable
set search_path = ''
as $$
  select coalesce(
    (select r.name from crm.roles r where r.workspace_id = p_user.workspace_id and r.number = p_user.custom_role),
    (array['Admin', 'Manager', 'Rep', 'Viewer'])[p_user.role_number])
$$;

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
grant execute on function app.acting_user(), app.role_number(text, boolean) to lumenbase_api;
