-- Connectors: how what forms and ad platforms send becomes contacts and activities, and the tokens that
-- their senders use.

create table crm.connectors (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  slug text collate "C" not null check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name text collate "und-x-icu" not null,
  preset text,
  target text not null check (target in ('contact', 'activity')),
  field_map jsonb not null,
  matching jsonb not null,
  defaults jsonb not null default '{}',
  items text,
  event_id text,
  skip text,
  test text,
  lookup text check (lookup in ('meta_lead')),
  prepare text,
  verification jsonb not null default '{"type": "none"}',
  -- Encrypted by the functions, which alone have the key; secrets_set names what is in there.
  secrets text,
  secrets_set text[] not null default '{}',
  -- What is sent of a person becomes a lead with this source, not a contact alone.
  lead_source text,
  requests_per_minute integer not null default 60 check (requests_per_minute > 0),
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(name || ' ' || slug)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint connectors_slug_key unique (workspace_id, slug)
);

create index connectors_created_at_idx on crm.connectors (workspace_id, created_at, id);
create index connectors_updated_at_idx on crm.connectors (workspace_id, updated_at, id);
create index connectors_name_idx on crm.connectors (workspace_id, name, id);
call app.make_tenant_table('connectors');
call app.make_searchable('connectors');

create trigger forget_rate_windows after delete on crm.connectors
  referencing old table as gone for each statement execute function app.forget_rows('rate_windows', 'subject');

create table crm.connector_tokens (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  connector_id uuid not null,
  public_id text collate "C" not null unique,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint connector_tokens_connector_id_fkey foreign key (workspace_id, connector_id)
    references crm.connectors (workspace_id, id) on delete cascade
);

create index connector_tokens_connector_id_idx on crm.connector_tokens (workspace_id, connector_id);

alter table crm.connector_tokens enable row level security, force row level security;
create policy tenant on crm.connector_tokens
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()));
create policy owner on crm.connector_tokens to current_user using (true) with check (true);
grant select, insert, update, delete on crm.connector_tokens to lumenbase_api;

create function app.find_connector_token(p_public_id text, p_token_hash bytea)
returns table (
  workspace_id uuid, token_id uuid, token_hash bytea, expires_at timestamptz, connector_id uuid,
  target text, connector_requests_per_minute integer, requests_per_minute integer
)
language plpgsql volatile security definer
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  unrecorded boolean;
begin
  for workspace_id, token_id, token_hash, expires_at, connector_id, target,
      connector_requests_per_minute, requests_per_minute, unrecorded in
    select t.workspace_id, t.id, t.token_hash, t.expires_at, c.id, c.target,
      c.requests_per_minute, w.requests_per_minute,
      t.token_hash = p_token_hash and (t.expires_at is null or t.expires_at > now())
        and (t.last_used_at is null or t.last_used_at < now() - interval '1 minute')
    from crm.connector_tokens t
    join crm.connectors c on c.workspace_id = t.workspace_id and c.id = t.connector_id
    join crm.workspaces w on w.id = t.workspace_id
    where t.public_id = p_public_id
  loop
    if unrecorded then
      -- Whoever holds the row records the use as well; nobody waits for it, nor for the disk.
      perform set_config('synchronous_commit', 'off', true);
      update crm.connector_tokens t set last_used_at = now()
        where (t.workspace_id, t.id) in (
          select held.workspace_id, held.id from crm.connector_tokens held
          where held.public_id = p_public_id for update skip locked)
        and (t.last_used_at is null or t.last_used_at < now() - interval '1 minute');
    end if;
    return next;
  end loop;
end
$$;

comment on function app.find_connector_token(text, bytea) is
  'The one way the API reads a connector token. Records its use, at most once a minute and only when the hash is its own.';

revoke execute on all routines in schema app from public;
grant execute on function app.find_connector_token(text, bytea) to lumenbase_api;
