-- Writes that must not happen twice, or too often: idempotency keys and daily caps.

create table crm.idempotency_keys (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  key text collate "C" not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  status smallint,
  body text,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key)
);

create index idempotency_keys_created_at_idx on crm.idempotency_keys (workspace_id, created_at);

alter table crm.idempotency_keys enable row level security, force row level security;
create policy tenant on crm.idempotency_keys
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()));
grant select, insert, update, delete on crm.idempotency_keys to lumenbase_api;

-- Inserts the key, or waits for the request that holds it. Raises LB001 when that request was
-- answered within 24 hours, which ends this transaction before it writes anything.
create function app.claim_idempotency_key(p_key text, p_request_hash bytea) returns void
language plpgsql volatile security invoker
set search_path = ''
as $$
begin
  delete from crm.idempotency_keys where key in (
    select key from crm.idempotency_keys
    where created_at < now() - interval '24 hours' and key <> p_key
    limit 20 for update skip locked);
  insert into crm.idempotency_keys as held (key, request_hash) values (p_key, p_request_hash)
    on conflict (workspace_id, key) do update
      set request_hash = excluded.request_hash, status = null, body = null, created_at = now()
      where held.created_at < now() - interval '24 hours';
  if not found then
    raise exception 'idempotency key already used' using errcode = 'LB001';
  end if;
end
$$;

create table crm.daily_usage (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  day date not null,
  contacts integer not null default 0,
  activities integer not null default 0,
  primary key (workspace_id, day)
);

alter table crm.daily_usage enable row level security, force row level security;
create policy owner on crm.daily_usage to current_user using (true) with check (true);

create function app.utc_today() returns date
language sql stable
set search_path = ''
as $$ select (now() at time zone 'UTC')::date $$;

create function app.daily_room(p_lock boolean, out contacts integer, out activities integer)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
begin
  if p_lock then
    insert into crm.daily_usage (workspace_id, day) values (v_workspace, app.utc_today())
      on conflict (workspace_id, day) do nothing;
    perform from crm.daily_usage u
      where u.workspace_id = v_workspace and u.day = app.utc_today() for update;
  end if;
  select greatest(w.contacts_per_day - coalesce(u.contacts, 0), 0),
      greatest(w.activities_per_day - coalesce(u.activities, 0), 0)
    into contacts, activities
    from crm.workspaces w
    left join crm.daily_usage u on u.workspace_id = w.id and u.day = app.utc_today()
    where w.id = v_workspace;
end
$$;

comment on function app.daily_room(boolean) is
  'How many contacts and activities the workspace may still create this UTC day. Exact until the transaction ends when p_lock is true.';

-- The last write of a transaction, so that its row lock is held only while committing. Another
-- request may have taken the room since it was looked at: 40001 asks the caller to start over.
create function app.use_daily_room(p_contacts integer, p_activities integer) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_over boolean;
begin
  if p_contacts = 0 and p_activities = 0 then
    return;
  end if;
  insert into crm.daily_usage as used (workspace_id, day, contacts, activities)
    values (app.workspace_id(), app.utc_today(), p_contacts, p_activities)
    on conflict (workspace_id, day) do update set
      contacts = used.contacts + excluded.contacts,
      activities = used.activities + excluded.activities
    returning (
      select (p_contacts > 0 and used.contacts > w.contacts_per_day)
        or (p_activities > 0 and used.activities > w.activities_per_day)
      from crm.workspaces w where w.id = used.workspace_id
    ) into v_over;
  if v_over then
    raise exception 'the daily room was taken meanwhile' using errcode = '40001';
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.claim_idempotency_key(text, bytea), app.utc_today(),
  app.daily_room(boolean), app.use_daily_room(integer, integer) to lumenbase_api;
