-- Writes that must not happen twice: idempotency keys.

create table crm.idempotency_keys (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  key text collate "C" not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  -- Null while it is under way.
  status smallint,
  body text,
  -- Of a write that asks another service: until when its request has the key, and what it has stored for it.
  held_until timestamptz,
  reference text,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key)
);

create index idempotency_keys_expiry_idx on crm.idempotency_keys (created_at);

alter table crm.idempotency_keys enable row level security, force row level security;
create policy tenant on crm.idempotency_keys
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()));
create policy owner on crm.idempotency_keys to current_user using (true) with check (true);
grant select, insert, update, delete on crm.idempotency_keys to lumenbase_api;

-- Inserts the key, or waits for the request that holds it. Raises LB001 when that request was
-- answered within 24 hours, which ends this transaction before it writes anything.
create function app.claim_idempotency_key(p_key text, p_request_hash bytea) returns void
language plpgsql volatile security invoker
set search_path = ''
as $$
begin
  insert into crm.idempotency_keys as held (key, request_hash) values (p_key, p_request_hash)
    on conflict (workspace_id, key) do update
      set request_hash = excluded.request_hash, status = null, body = null, held_until = null,
        reference = null, created_at = now()
      where held.created_at < now() - interval '24 hours';
  if not found then
    raise exception 'idempotency key already used' using errcode = 'LB001';
  end if;
end
$$;

-- Claims a key for a write that asks another service meanwhile, for so many seconds, beyond this transaction. Answers
-- what the request that had it before stored for it, if that ended in between. Raises LB001 while another request has
-- it, or when that was answered within 24 hours.
create function app.hold_idempotency_key(p_key text, p_request_hash bytea, p_seconds integer) returns text
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  v_reference text;
begin
  insert into crm.idempotency_keys as held (key, request_hash, held_until)
    values (p_key, p_request_hash, clock_timestamp() + make_interval(secs => p_seconds))
    on conflict (workspace_id, key) do update
      set held_until = excluded.held_until, request_hash = excluded.request_hash, status = null, body = null,
        reference = case when held.created_at < now() - interval '24 hours' then null else held.reference end,
        created_at = case when held.created_at < now() - interval '24 hours' then now() else held.created_at end
      where held.created_at < now() - interval '24 hours' or held.status is null
        and held.held_until < clock_timestamp() and held.request_hash = excluded.request_hash
    returning reference into v_reference;
  if not found then
    raise exception 'idempotency key already used' using errcode = 'LB001';
  end if;
  return v_reference;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.claim_idempotency_key(text, bytea), app.hold_idempotency_key(text, bytea, integer)
  to lumenbase_api;
