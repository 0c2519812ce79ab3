-- Reads a key as before, but changes nothing unless there is a use to record, which most lookups had
-- within the minute: planning and running that change took longer than the lookup itself.
create or replace function app.find_api_key(p_public_id text, p_key_hash bytea)
returns table (
  workspace_id uuid, key_id uuid, key_hash bytea, scopes text[], allowed_ips text[],
  expires_at timestamptz, revoked_at timestamptz, requests_per_minute integer
)
language plpgsql volatile security definer
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  unrecorded boolean;
begin
  for workspace_id, key_id, key_hash, scopes, allowed_ips, expires_at, revoked_at,
      requests_per_minute, unrecorded in
    select k.workspace_id, k.id, k.key_hash, k.scopes, k.allowed_ips::text[], k.expires_at,
      k.revoked_at, w.requests_per_minute,
      k.key_hash = p_key_hash
        and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > now())
        and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute')
    from crm.api_keys k join crm.workspaces w on w.id = k.workspace_id
    where k.public_id = p_public_id
  loop
    if unrecorded then
      -- Whoever holds the row records the use as well; nobody waits for it.
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
