-- API keys: who may ask, and for what.

create table crm.api_keys (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  name text not null,
  -- The API that the key is for.
  api text not null default 'lumenbase' check (api in ('lumenbase', 'leadhub', 'crm', 'lio')),
  public_id text not null unique,
  key_hash bytea not null check (octet_length(key_hash) = 32),
  scopes text[] not null check (cardinality(scopes) > 0),
  allowed_ips cidr[] check (cardinality(allowed_ips) > 0),
  -- The hosts whose pages may use it, `*.` before one stands for all below it; null is any, or none.
  allowed_domains text[] check (cardinality(allowed_domains) > 0),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  rotated_to uuid,
  -- Requests a window of its API; null for the API's default, or the workspace's limit (lumenbase).
  rate_limit integer check (rate_limit > 0),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, rotated_to) references crm.api_keys (workspace_id, id)
);

create index on crm.api_keys (workspace_id, rotated_to);
create index api_keys_created_at_idx on crm.api_keys (workspace_id, created_at, id);

alter table crm.api_keys enable row level security, force row level security;
create policy tenant on crm.api_keys for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.api_keys to current_user using (true) with check (true);
grant select on crm.api_keys to lumenbase_api;

-- Changes nothing unless there is a use to record, which most lookups had within the minute: planning
-- and running that change took longer than the lookup itself.
create function app.find_api_key(p_public_id text, p_key_hash bytea)
returns table (
  workspace_id uuid, key_id uuid, key_hash bytea, scopes text[], allowed_ips text[],
  allowed_domains text[], expires_at timestamptz, revoked_at timestamptz, api text, rate_limit integer,
  requests_per_minute integer
)
language plpgsql volatile security definer
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  unrecorded boolean;
begin
  for workspace_id, key_id, key_hash, scopes, allowed_ips, allowed_domains, expires_at, revoked_at,
      api, rate_limit, requests_per_minute, unrecorded in
    select k.workspace_id, k.id, k.key_hash, k.scopes, k.allowed_ips::text[], k.allowed_domains,
      k.expires_at, k.revoked_at, k.api, k.rate_limit, w.requests_per_minute,
      k.key_hash = p_key_hash
        and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > now())
        and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute')
    from crm.api_keys k join crm.workspaces w on w.id = k.workspace_id
    where k.public_id = p_public_id
  loop
    if unrecorded then
      -- Whoever holds the row records the use as well; nobody waits for it, nor for the disk.
      perform set_config('synchronous_commit', 'off', true);
      update crm.api_keys k set last_used_at = now()
        where (k.workspace_id, k.id) in (
          select held.workspace_id, held.id from crm.api_keys held
          where held.public_id = p_public_id for update skip locked)
        and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute');
    end if;
    return next;
  end loop;
end
$$;

comment on function app.find_api_key(text, bytea) is
  'The one way the API reads a key. Records its use, at most once a minute and only when the hash is its own.';

revoke execute on all routines in schema app from public;
grant execute on function app.find_api_key(text, bytea) to lumenbase_api;
