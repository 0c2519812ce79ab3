-- Sessions of people who sign in by email.

create table crm.sessions (
  email text collate "C" not null,
  id uuid not null default app.uuid_v7(),
  created_at timestamptz not null default now(),
  -- Of a session without refresh tokens, whose one token is good until then.
  expires_at timestamptz,
  ended_at timestamptz,
  primary key (email, id),
  constraint sessions_email_fkey foreign key (email) references crm.accounts (email) on delete cascade
);

-- Each works once, for the next one of its session.
create table crm.refresh_tokens (
  email text collate "C" not null,
  public_id text collate "C" not null unique,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  session_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '30 days',
  used_at timestamptz,
  primary key (email, public_id),
  constraint refresh_tokens_session_id_fkey foreign key (email, session_id)
    references crm.sessions (email, id) on delete cascade
);

create index refresh_tokens_session_id_idx on crm.refresh_tokens (email, session_id);
create index refresh_tokens_expiry_idx on crm.refresh_tokens (expires_at);

create index sessions_expiry_idx on crm.sessions (expires_at);

do $$
declare
  v_table text;
begin
  foreach v_table in array array['sessions', 'refresh_tokens'] loop
    execute format('alter table crm.%I enable row level security, force row level security', v_table);
    execute format('create policy owner on crm.%I to current_user using (true) with check (true)', v_table);
  end loop;
end
$$;

-- The workspaces that let an email in: those where its user is active. A user that a workspace has only
-- invited is let in where that workspace itself gave the password.
create function app.entities_of(p_email text)
returns table (id uuid, slug text, name text, role text, user_id uuid, user_name text)
language sql stable security definer
set search_path = ''
as $$
  select w.id, w.slug, w.name, u.role, u.id, u.name
  from crm.users u join crm.workspaces w on w.id = u.workspace_id
  where u.email = p_email collate "C" and (u.status = 'active' or u.status = 'invited' and exists (
    select from crm.accounts a where a.email = u.email and a.set_in = u.workspace_id))
  order by u.created_at, u.id
$$;

-- Starts a session of the email whose password was found to be that of a hash, with its first refresh token;
-- null when the account has another one by now. What was wrong before is forgotten. Rows are locked in the
-- order in which a user that is changed or deleted locks them.
create function app.start_session(
  p_email text, p_attempt uuid, p_hash text, p_public_id text, p_token_hash bytea
)
returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_email constant text collate "C" := p_email;
  v_session uuid;
begin
  perform from crm.users u where u.email = v_email order by u.workspace_id, u.id for no key update;
  perform from crm.accounts a where a.email = v_email and a.password_hash = p_hash for share;
  if not found then
    return null;
  end if;
  perform app.forget_attempts(v_email, p_attempt);
  insert into crm.sessions (email) values (v_email) returning id into v_session;
  insert into crm.refresh_tokens (email, public_id, token_hash, session_id)
    values (v_email, p_public_id, p_token_hash, v_session);
  update crm.users u set last_sign_in_at = now(), status = 'active'
    where u.email = v_email and u.id in (select entity.user_id from app.entities_of(v_email) entity);
  return v_session;
end
$$;

create function app.find_refresh_token(p_public_id text)
returns table (email text, session_id uuid, token_hash bytea)
language sql stable security definer
set search_path = ''
as $$
  select r.email, r.session_id, r.token_hash from crm.refresh_tokens r where r.public_id = p_public_id
$$;

-- Replaces a refresh token by the next one of its session; whether that was possible. A token that was used
-- before is in two hands, so it ends the session (RFC 9700, section 4.14.2).
create function app.rotate_refresh_token(p_public_id text, p_next_id text, p_next_hash bytea)
returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_token crm.refresh_tokens;
begin
  -- The session first, as whoever deletes it does: one after another, each sees what the one before did.
  perform from crm.sessions s
    where (s.email, s.id) = (
      select r.email, r.session_id from crm.refresh_tokens r where r.public_id = p_public_id)
      and s.ended_at is null
    for no key update;
  if not found then
    return false;
  end if;
  select r.* into v_token from crm.refresh_tokens r where r.public_id = p_public_id;
  if v_token.used_at is not null then
    perform app.end_session(v_token.email, v_token.session_id);
    return false;
  elsif v_token.expires_at <= now() then
    return false;
  end if;
  update crm.refresh_tokens r set used_at = now() where r.public_id = p_public_id;
  insert into crm.refresh_tokens (email, public_id, token_hash, session_id)
    values (v_token.email, p_next_id, p_next_hash, v_token.session_id);
  return true;
end
$$;

-- Ends a session; whether it was on.
create function app.end_session(p_email text, p_session uuid) returns boolean
language sql volatile security definer
set search_path = ''
as $$
  with ended as (
    update crm.sessions s set ended_at = now()
      where s.email = p_email collate "C" and s.id = p_session and s.ended_at is null
      returning s.id
  )
  select exists (select from ended)
$$;

-- Whether a session (null: one of another issuer) is still on, and the user whom a workspace lets in by its
-- email.
create function app.find_session(
  p_email text, p_session uuid, p_workspace uuid, out is_on boolean, out user_id uuid, out role text
)
language plpgsql stable security definer
set search_path = ''
as $$
begin
  is_on := p_session is null or exists (
    select from crm.sessions s
    where s.email = p_email collate "C" and s.id = p_session and s.ended_at is null);
  select entity.user_id, case when u.is_rep then 'rep' else u.role end into user_id, role
    from app.entities_of(p_email) entity
    join crm.users u on u.workspace_id = entity.id and u.id = entity.user_id
    where entity.id = p_workspace;
end
$$;

-- Gives an account another password in place of the one that was just given, in one of its sessions, which
-- goes on; whether both still hold.
create function app.change_password(
  p_email text, p_session uuid, p_attempt uuid, p_former_hash text, p_hash text
)
returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_email constant text collate "C" := p_email;
begin
  perform from crm.accounts a where a.email = v_email and a.password_hash = p_former_hash for update;
  if not found or not exists (
    select from crm.sessions s where s.email = v_email and s.id = p_session and s.ended_at is null
  ) then
    return false;
  end if;
  perform app.forget_attempts(v_email, p_attempt);
  perform set_config('lumenbase.kept_session', p_session::text, true);
  update crm.accounts a set password_hash = p_hash where a.email = v_email;
  perform set_config('lumenbase.kept_session', '', true);
  return true;
end
$$;

-- Another password ends the sessions that the one before began.
create function app.end_sessions() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update crm.sessions s set ended_at = now()
    where s.email = new.email and s.ended_at is null
      and s.id::text is distinct from current_setting('lumenbase.kept_session', true);
  return null;
end
$$;

create trigger end_sessions after update of password_hash on crm.accounts
  for each row when (new.password_hash <> old.password_hash) execute function app.end_sessions();

revoke execute on all routines in schema app from public;
grant execute on function app.entities_of(text), app.start_session(text, uuid, text, text, bytea),
  app.find_refresh_token(text),
  app.rotate_refresh_token(text, text, bytea), app.end_session(text, uuid),
  app.find_session(text, uuid, uuid), app.change_password(text, uuid, uuid, text, text) to lumenbase_api;
