-- Schemas, the API's role, workspaces and API keys, and the helpers every tenant table uses.

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

create function app.workspace_id() returns uuid
language sql stable parallel safe
set search_path = ''
as $$
  select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'workspace_id')::uuid
$$;

comment on function app.workspace_id() is
  'The workspace of the current transaction''s claims; null without claims, which matches no row.';

-- UUID version 7 (RFC 9562): 48 bits of milliseconds, 12 bits of the fraction of a millisecond,
-- the rest random, so ids made one after another also sort that way.
create function app.uuid_v7() returns uuid
language sql volatile parallel safe
set search_path = ''
as $$
  select encode(
    substring(int8send((t.micros / 1000)::bigint) from 3)
      || int2send((28672 + (t.micros % 1000) * 4096 / 1000)::int2)
      || substring(uuid_send(gen_random_uuid()) from 9),
    'hex')::uuid
  from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as micros) t
$$;

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
  requests_per_minute integer not null default 100 check (requests_per_minute > 0),
  contacts_per_day integer not null default 10000 check (contacts_per_day >= 0),
  activities_per_day integer not null default 50000 check (activities_per_day >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create trigger touch_updated_at before update on crm.workspaces
  for each row execute function app.touch_updated_at();

create table crm.api_keys (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  name text not null,
  public_id text not null unique,
  key_hash bytea not null check (octet_length(key_hash) = 32),
  scopes text[] not null check (cardinality(scopes) > 0),
  allowed_ips cidr[] check (cardinality(allowed_ips) > 0),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  rotated_to uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, rotated_to) references crm.api_keys (workspace_id, id)
);

create index on crm.api_keys (workspace_id, rotated_to);

-- The owner may lack bypassrls, and security definer functions run as the owner.
alter table crm.workspaces enable row level security, force row level security;
alter table crm.api_keys enable row level security, force row level security;
create policy tenant on crm.workspaces for select using (id = (select app.workspace_id()));
create policy owner on crm.workspaces to current_user using (true) with check (true);
create policy owner on crm.api_keys to current_user using (true) with check (true);

grant select on crm.workspaces to lumenbase_api;

create function app.find_api_key(p_public_id text, p_key_hash bytea)
returns table (
  workspace_id uuid, key_id uuid, key_hash bytea, scopes text[], allowed_ips text[],
  expires_at timestamptz, revoked_at timestamptz, requests_per_minute integer
)
language plpgsql volatile security definer
set search_path = ''
set lock_timeout = '1s'
as $$
begin
  -- Whoever holds the row records the use as well; nobody waits for it.
  update crm.api_keys k set last_used_at = now()
    where (k.workspace_id, k.id) in (
        select held.workspace_id, held.id from crm.api_keys held
        where held.public_id = p_public_id for update skip locked)
      and k.key_hash = p_key_hash
      and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > now())
      and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute');
  return query
    select k.workspace_id, k.id, k.key_hash, k.scopes, k.allowed_ips::text[], k.expires_at,
      k.revoked_at, w.requests_per_minute
    from crm.api_keys k join crm.workspaces w on w.id = k.workspace_id
    where k.public_id = p_public_id;
end
$$;

comment on function app.find_api_key(text, bytea) is
  'The one way the API reads a key. Records its use, at most once a minute and only when the hash is its own.';

revoke execute on all routines in schema app from public;
grant execute on function app.workspace_id(), app.uuid_v7(), app.find_api_key(text, bytea)
  to lumenbase_api;
