-- Accounts with other services that were connected: apps, one a provider of the organisation or of a user, and
-- users' mail accounts.

create table crm.connected_accounts (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  provider text collate "C" not null
    check (provider in ('slack', 'hubspot', 'google', 'microsoft', 'gmail', 'outlook', 'smtp')),
  is_mail boolean not null generated always as (provider in ('gmail', 'outlook', 'smtp')) stored,
  -- Null: the organisation's.
  user_id uuid,
  -- What is no secret, such as a host.
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  -- Encrypted by the functions, which alone have the key.
  secrets text not null,
  -- Counts the secrets: who renews an access says which one was refused.
  version integer not null default 1,
  -- Until when somebody renews the access, unless they have gone.
  renewing_until timestamptz,
  status text collate "C" not null default 'connected' check (status in ('connected', 'error')),
  last_error text,
  from_address text,
  from_name text,
  is_active boolean not null default true,
  is_default boolean not null default false,
  connected_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  check (not is_mail or user_id is not null and from_address is not null and from_name is not null),
  check (is_mail or not is_default),
  constraint connected_accounts_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete cascade
);

create unique index connected_accounts_app_key on crm.connected_accounts (workspace_id, provider, user_id)
  nulls not distinct where provider in ('slack', 'hubspot', 'google', 'microsoft');
create unique index connected_accounts_mail_key
  on crm.connected_accounts (workspace_id, user_id, provider, from_address) where is_mail;
create unique index connected_accounts_default_key on crm.connected_accounts (workspace_id, user_id) where is_default;
create index connected_accounts_created_at_idx on crm.connected_accounts (workspace_id, created_at, id);
create index connected_accounts_user_id_idx on crm.connected_accounts (workspace_id, user_id, created_at, id);
call app.make_tenant_table('connected_accounts');

-- Connects an account: {"provider", "user_id", "settings", "secrets", "from_address", "from_name"}. An app replaces
-- the one that its provider had for the same user or the organisation, a mail account the user's one of that address. A
-- user's first mail account is their default.
create function app.connect_account(p_account jsonb) returns crm.connected_accounts
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given constant crm.connected_accounts := jsonb_populate_record(null::crm.connected_accounts, p_account);
  v_account crm.connected_accounts;
begin
  if v_given.provider in ('gmail', 'outlook', 'smtp') then
    -- So that of two first ones one is the default.
    perform from crm.users u where u.workspace_id = app.workspace_id() and u.id = v_given.user_id for update;
    insert into crm.connected_accounts as former (provider, user_id, settings, secrets, from_address, from_name,
        is_default)
      values (v_given.provider, v_given.user_id, coalesce(v_given.settings, '{}'), v_given.secrets,
        v_given.from_address, v_given.from_name, not exists (
          select from crm.connected_accounts a
          where a.workspace_id = app.workspace_id() and a.user_id = v_given.user_id and a.is_default))
      on conflict (workspace_id, user_id, provider, from_address) where is_mail
      do update set settings = excluded.settings, secrets = excluded.secrets, version = former.version + 1,
        from_name = excluded.from_name, renewing_until = null, status = 'connected', last_error = null,
        is_active = true, connected_at = now()
      returning * into v_account;
    return v_account;
  end if;
  insert into crm.connected_accounts as former (provider, user_id, settings, secrets)
    values (v_given.provider, v_given.user_id, coalesce(v_given.settings, '{}'), v_given.secrets)
    on conflict (workspace_id, provider, user_id) where provider in ('slack', 'hubspot', 'google', 'microsoft')
    do update set settings = excluded.settings, secrets = excluded.secrets, version = former.version + 1,
      renewing_until = null, status = 'connected', last_error = null, connected_at = now()
    returning * into v_account;
  return v_account;
end
$$;

-- Begins to renew the access of an account that was refused: 'begun' when the caller is to do so, within so many
-- seconds; 'others' while somebody else does; 'done' when it was renewed since.
create function app.begin_renewal(p_id uuid, p_version integer, p_seconds integer) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  v_account crm.connected_accounts;
begin
  select a.* into v_account from crm.connected_accounts a
    where a.workspace_id = app.workspace_id() and a.id = p_id for no key update;
  if not found or v_account.version <> p_version then
    return 'done';
  elsif v_account.renewing_until > clock_timestamp() then
    return 'others';
  end if;
  update crm.connected_accounts a set renewing_until = clock_timestamp() + make_interval(secs => p_seconds)
    where a.workspace_id = v_account.workspace_id and a.id = p_id;
  return 'begun';
end
$$;

-- Ends it: with the new secrets, or with null and why they could not be had. False, and nothing done, when the
-- account has other secrets by now, or is gone.
create function app.end_renewal(p_id uuid, p_version integer, p_secrets text, p_error text) returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  update crm.connected_accounts a
    set secrets = coalesce(p_secrets, a.secrets), renewing_until = null,
      version = a.version + (p_secrets is not null)::integer,
      status = case when p_error is null then 'connected' else 'error' end, last_error = p_error
    where a.workspace_id = app.workspace_id() and a.id = p_id and a.version = p_version;
  return found;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.connect_account(jsonb), app.begin_renewal(uuid, integer, integer),
  app.end_renewal(uuid, integer, text, text) to lumenbase_api;
