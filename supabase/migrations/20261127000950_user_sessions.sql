-- Sessions of one user in one workspace, whose only token names both.

-- Whether somebody has an email that signs in, with a password or not yet.
create function app.is_known_email(p_email text) returns boolean
language sql stable security definer
set search_path = ''
as $$ select exists (select from crm.users u where u.email = p_email collate "C") $$;

-- Starts a session of the email whose password was found to be that of a hash, in a workspace or, when that is
-- null, the first one that lets it in. Answers the user, else why there is no session: `changed` (the account has
-- another password by now), `inactive` or `foreign`.
create function app.start_user_session(
  p_email text, p_attempt uuid, p_hash text, p_workspace uuid, p_expires_at timestamptz,
  out refused text, out session uuid, out workspace_id uuid, out number bigint, out name text, out role_name text
)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_email constant text collate "C" := p_email;
  v_user uuid;
begin
  perform from crm.users u where u.email = v_email order by u.workspace_id, u.id for no key update;
  perform from crm.accounts a where a.email = v_email and a.password_hash = p_hash for share;
  if not found then
    refused := 'changed';
    return;
  end if;
  perform app.forget_attempts(v_email, p_attempt);
  select entity.user_id, entity.id into v_user, workspace_id
    from app.entities_of(v_email) entity where p_workspace is null or entity.id = p_workspace limit 1;
  if v_user is null then
    refused := case
      when not exists (select from app.entities_of(v_email)) or exists (
        select from crm.users u where u.email = v_email and u.workspace_id = p_workspace) then 'inactive'
      else 'foreign' end;
    return;
  end if;
  insert into crm.sessions (email, expires_at) values (v_email, p_expires_at) returning id into session;
  update crm.users u set last_sign_in_at = now(), status = 'active'
    where u.workspace_id = start_user_session.workspace_id and u.id = v_user
    returning u.number, u.name, app.role_name(u) into number, name, role_name;
end
$$;

-- The user of a workspace behind a session's token: whether the session is still on, and the user active.
create function app.find_user_session(p_workspace uuid, p_number bigint, p_session uuid)
returns table (is_on boolean, is_active boolean, user_id uuid, email text, role text)
language sql stable security definer
set search_path = ''
as $$
  select exists (
      select from crm.sessions s where s.email = u.email and s.id = p_session and s.ended_at is null),
    u.status <> 'inactive', u.id, u.email, case when u.is_rep then 'rep' else u.role end
  from crm.users u where u.workspace_id = p_workspace and u.number = p_number
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.is_known_email(text),
  app.start_user_session(text, uuid, text, uuid, timestamptz),
  app.find_user_session(uuid, bigint, uuid) to lumenbase_api;
