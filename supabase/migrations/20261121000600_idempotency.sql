-- Writes that must not happen twice: idempotency keys.

create table crm.idempotency_keys (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  key text collate "C" not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  status smallint,
  body text,
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
      set request_hash = excluded.request_hash, status = null, body = null, created_at = now()
      where held.created_at < now() - interval '24 hours';
  if not found then
    raise exception 'idempotency key already used' using errcode = 'LB001';
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.claim_idempotency_key(text, bytea) to lumenbase_api;
