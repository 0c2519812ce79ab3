-- Connectors: how what forms and ad platforms send becomes contacts and activities, the tokens that
-- their senders use, and every delivery they made.

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
  requests_per_minute integer not null default 60 check (requests_per_minute > 0),
  search_text text collate "und-x-icu" not null generated always as (
    lower(name || ' ' || slug collate "und-x-icu")) stored,
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
      -- Whoever holds the row records the use as well; nobody waits for it.
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

-- One row an event: a sender's retry of an event finds the row of the first try.
create table crm.connector_deliveries (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  connector_id uuid,
  event_id text collate "C" check (length(event_id) between 1 and 255),
  status text not null check (status in ('pending', 'accepted', 'failed', 'ignored', 'test')),
  attempts integer not null default 1,
  content_type text not null,
  -- As it was received, or, when it carried several events, this one as JSON (part).
  body bytea not null,
  part boolean not null default false,
  -- What was fetched from the sender to complete the event.
  looked_up jsonb,
  mapped jsonb,
  error jsonb,
  outcome text check (outcome in ('created', 'updated')),
  contact_id uuid,
  activity_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint connector_deliveries_event_id_key unique (workspace_id, connector_id, event_id),
  constraint connector_deliveries_connector_id_fkey foreign key (workspace_id, connector_id)
    references crm.connectors (workspace_id, id) on delete set null (connector_id),
  constraint connector_deliveries_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint connector_deliveries_activity_id_fkey foreign key (workspace_id, activity_id)
    references crm.activities (workspace_id, id) on delete set null (activity_id)
);

create index connector_deliveries_created_at_idx
  on crm.connector_deliveries (workspace_id, created_at, id);
create index connector_deliveries_connector_id_idx
  on crm.connector_deliveries (workspace_id, connector_id, created_at, id);
create index connector_deliveries_status_idx
  on crm.connector_deliveries (workspace_id, status, created_at, id);
create index connector_deliveries_contact_id_idx
  on crm.connector_deliveries (workspace_id, contact_id, created_at, id);
create index connector_deliveries_activity_id_idx
  on crm.connector_deliveries (workspace_id, activity_id, created_at, id);
create index connector_deliveries_expiry_idx on crm.connector_deliveries (created_at);
call app.make_tenant_table('connector_deliveries');

-- Removes deliveries older than 30 days, a few at a time, of every workspace: also of one that
-- receives none any more.
create function app.expire_deliveries() returns void
language sql volatile security definer
set search_path = ''
as $$
  delete from crm.connector_deliveries where (workspace_id, id) in (
    select workspace_id, id from crm.connector_deliveries
    where created_at < now() - interval '30 days'
    order by created_at limit 20 for update skip locked)
$$;

-- Keeps an event as it was received, or finds the row of its first try. Raises LB004, with the row's id
-- as its message, when that one was accepted (or, of a test or an event to be ignored, just kept).
create function app.receive_delivery(
  p_connector uuid, p_event_id text, p_content_type text, p_body bytea, p_part boolean
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform app.expire_deliveries();
  insert into crm.connector_deliveries as kept (connector_id, event_id, status, content_type, body, part)
    values (p_connector, p_event_id, 'pending', p_content_type, p_body, p_part)
    on conflict (workspace_id, connector_id, event_id) do update
      set content_type = excluded.content_type, body = excluded.body, part = excluded.part,
        attempts = kept.attempts + 1
      where kept.status in ('pending', 'failed')
    returning id into v_id;
  if v_id is null then
    raise exception using errcode = 'LB004', message = (
      select d.id::text from crm.connector_deliveries d
      where d.workspace_id = app.workspace_id() and d.connector_id = p_connector
        and d.event_id = p_event_id);
  end if;
  return v_id;
end
$$;

-- The rate limit counts for workspaces and for connectors.
drop function app.count_request(uuid, integer);
alter table crm.rate_windows drop constraint rate_windows_workspace_id_fkey;
alter table crm.rate_windows rename column workspace_id to subject;
alter index crm.rate_windows_pkey rename to rate_windows_subject_pkey;

create function app.count_request(
  p_subject uuid, p_limit integer, out used integer, out reset_at bigint
)
language plpgsql volatile strict security definer
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  this_minute constant timestamptz := date_trunc('minute', clock_timestamp(), 'UTC');
  -- Another caller may have opened the next minute already. A window further ahead than that was
  -- left by a clock that has since been set back, and is replaced.
  next_minute constant timestamptz := this_minute + interval '1 minute';
  counted_in timestamptz;
begin
  loop
    -- A plain read first: whoever is over the limit takes no lock and writes nothing.
    select w.window_start, p_limit + 1 into counted_in, used
      from crm.rate_windows w
      where w.subject = p_subject and w.requests >= p_limit
        and w.window_start between this_minute and next_minute;
    exit when found;

    -- Checks the limit again under the row's lock. Nothing comes back when others have used up the
    -- limit since the read above; the next read then sees that.
    insert into crm.rate_windows as w (subject, window_start, requests)
      values (p_subject, this_minute, 1)
      on conflict (subject) do update set
        window_start = case when w.window_start between this_minute and next_minute
          then w.window_start else this_minute end,
        requests = case when w.window_start between this_minute and next_minute
          then w.requests + 1 else 1 end
        where w.requests < p_limit or w.window_start not between this_minute and next_minute
      returning w.window_start, w.requests into counted_in, used;
    exit when found;
  end loop;
  reset_at := extract(epoch from counted_in)::bigint + 60;
end
$$;

comment on function app.count_request(uuid, integer) is
  'Counts a request of a workspace or a connector in the current UTC minute: how many are used, this one included, and when the minute ends. A request over the limit is not counted, and used is then the limit plus one.';

create function app.forget_rate_windows() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  delete from crm.rate_windows where subject in (select id from gone);
  return null;
end
$$;

create trigger forget_rate_windows after delete on crm.workspaces
  referencing old table as gone for each statement execute function app.forget_rate_windows();
create trigger forget_rate_windows after delete on crm.connectors
  referencing old table as gone for each statement execute function app.forget_rate_windows();

revoke execute on all routines in schema app from public;
grant execute on function app.find_connector_token(text, bytea), app.expire_deliveries(),
  app.receive_delivery(uuid, text, text, bytea, boolean), app.count_request(uuid, integer)
  to lumenbase_api;
