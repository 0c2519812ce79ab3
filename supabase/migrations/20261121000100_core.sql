-- Schemas, the API's role, workspaces, and the helpers that every table uses.

create schema if not exists extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists btree_gin with schema extensions;

create schema crm;
create schema app;

-- Roles belong to the cluster, so a second database finds the role in place. Its password is set
-- where it is deployed.
do $$
begin
  if not exists (select from pg_roles where rolname = 'lumenbase_api') then
    create role lumenbase_api login;
  end if;
end
$$;

grant usage on schema crm, app to lumenbase_api;

-- Every policy calls this, every insert app.uuid_v7. In plpgsql they are planned once a session; in SQL,
-- once in every statement, which took longer than all the rest of finding a record by its key.
create function app.workspace_id() returns uuid
language plpgsql stable parallel safe
set search_path = ''
as $$
begin
  return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'workspace_id')::uuid;
end
$$;

comment on function app.workspace_id() is
  'The workspace of the current transaction''s claims; null without claims, which matches no row.';

-- Whether the actor sees the records of every owner. In policies within (select …), so that it is asked once.
create function app.sees_all() returns boolean
language plpgsql stable parallel safe
set search_path = ''
as $$
begin
  return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'user_role')
    is distinct from 'rep';
end
$$;

-- UUID version 7 (RFC 9562): 48 bits of milliseconds, 12 bits of the fraction of a millisecond,
-- the rest random, so ids made one after another also sort that way.
create function app.uuid_v7() returns uuid
language plpgsql volatile parallel safe
set search_path = ''
as $$
declare
  v_micros constant bigint := (extract(epoch from clock_timestamp()) * 1000000)::bigint;
begin
  return encode(
    substring(int8send(v_micros / 1000) from 3)
      || int2send((28672 + (v_micros % 1000) * 4096 / 1000)::int2)
      || substring(uuid_send(gen_random_uuid()) from 9),
    'hex')::uuid;
end
$$;

create function app.utc_today() returns date
language sql stable
set search_path = ''
as $$ select (now() at time zone 'UTC')::date $$;

create function app.touch_updated_at() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end
$$;

create table crm.workspaces (
  id uuid primary key default app.uuid_v7(),
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name text not null,
  -- Where phone numbers without a country code are dialled; ISO 3166-1 alpha-2.
  default_country text check (default_country ~ '^[A-Z]{2}$'),
  requests_per_minute integer not null default 100 check (requests_per_minute > 0),
  contacts_per_day integer not null default 10000 check (contacts_per_day >= 0),
  activities_per_day integer not null default 50000 check (activities_per_day >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create trigger touch_updated_at before update on crm.workspaces
  for each row execute function app.touch_updated_at();

-- The owner may lack bypassrls, and security definer functions run as the owner.
alter table crm.workspaces enable row level security, force row level security;
create policy tenant on crm.workspaces for select using (id = (select app.workspace_id()));
create policy owner on crm.workspaces to current_user using (true) with check (true);
grant select on crm.workspaces to lumenbase_api;

revoke execute on all routines in schema app from public;
grant execute on function app.workspace_id(), app.sees_all(), app.uuid_v7(), app.utc_today() to lumenbase_api;
