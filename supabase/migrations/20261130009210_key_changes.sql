-- API keys as their workspace sees, makes and ends them.

-- Without their hashes. A key that is rotating works until it expires.
create view crm.shown_api_keys with (security_invoker = true) as
  select k.workspace_id, k.id, k.name, k.api,
    (case k.api when 'lumenbase' then 'lb_live_' when 'leadhub' then 'lh_' when 'crm' then 'ak_' else 'lio_' end)
      || k.public_id as prefix,
    k.scopes, k.allowed_ips::text[] as allowed_ips, k.allowed_domains, k.rate_limit,
    case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired'
      when k.rotated_to is not null then 'rotating' else 'active' end as state,
    k.created_at, k.expires_at, k.revoked_at, k.last_used_at, k.rotated_to
  from crm.api_keys k;

grant select on crm.shown_api_keys to lumenbase_api;

-- Makes a key of the workspace with what is given of its columns, and answers its id.
create function app.create_api_key(p_given jsonb) returns uuid
language sql volatile security definer
set search_path = ''
as $$
  insert into crm.api_keys (workspace_id, name, api, public_id, key_hash, scopes, allowed_ips, allowed_domains,
      expires_at, rate_limit)
    select app.workspace_id(), g.name, g.api, g.public_id, decode(g.key_hash, 'hex'), g.scopes, g.allowed_ips,
      g.allowed_domains, g.expires_at, g.rate_limit
    from jsonb_to_record(p_given) as g (
      name text, api text, public_id text, key_hash text, scopes text[], allowed_ips cidr[],
      allowed_domains text[], expires_at timestamptz, rate_limit integer)
    returning id
$$;

-- Replaces a key by one that may do the same, of which it is given the public id and the hash, and answers the
-- new one's id; null when there is no such key, or it works no more, or was replaced. The old one works for so
-- many more seconds. One statement, so that a second rotation waits and then finds it done.
create function app.replace_api_key(
  p_workspace uuid, p_id uuid, p_public_id text, p_key_hash bytea, p_overlap double precision
) returns uuid
language sql volatile
set search_path = ''
as $$
  with old as (
    select * from crm.api_keys k
    where k.workspace_id = p_workspace and k.id = p_id and k.revoked_at is null and k.rotated_to is null
      and (k.expires_at is null or k.expires_at > now()) for update
  ), new as (
    insert into crm.api_keys (workspace_id, name, public_id, key_hash, scopes, expires_at, allowed_ips, api,
        rate_limit, allowed_domains)
      select workspace_id, name, p_public_id, p_key_hash, scopes, expires_at, allowed_ips, api, rate_limit,
        allowed_domains
      from old returning *
  )
  update crm.api_keys k
    set rotated_to = new.id, expires_at = least(k.expires_at, now() + make_interval(secs => p_overlap))
    from old, new where (k.workspace_id, k.id) = (old.workspace_id, old.id)
    returning new.id
$$;

-- Likewise one of the workspace.
create function app.rotate_api_key(p_id uuid, p_public_id text, p_key_hash bytea, p_overlap double precision)
returns uuid
language sql volatile security definer
set search_path = ''
as $$ select app.replace_api_key(app.workspace_id(), p_id, p_public_id, p_key_hash, p_overlap) $$;

-- Ends a key of the workspace for good; one that was revoked before keeps its time.
create function app.revoke_api_key(p_id uuid) returns void
language sql volatile security definer
set search_path = ''
as $$
  update crm.api_keys set revoked_at = now()
    where workspace_id = app.workspace_id() and id = p_id and revoked_at is null
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.create_api_key(jsonb), app.rotate_api_key(uuid, text, bytea, double precision),
  app.revoke_api_key(uuid) to lumenbase_api;
