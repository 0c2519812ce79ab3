-- How users sign in, and what holds of a workspace's users together.

-- A person signs in by email, once for all workspaces that have a user of it. set_in is the workspace that
-- gave the password: another that had such a user before does not know who chose it.
create table crm.accounts (
  email text collate "C" primary key check (email = lower(email)),
  password_hash text not null,
  set_in uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

alter table crm.accounts enable row level security, force row level security;
create policy owner on crm.accounts to current_user using (true) with check (true);
create trigger touch_updated_at before update on crm.accounts
  for each row execute function app.touch_updated_at();

create index users_email_idx on crm.users (email);

-- Gives a user of the workspace a password; answers whether there is such a user. Raises LB011 when another
-- workspace has a user of the email who signs in already, or whom a first password would let in there, now or again.
create function app.set_password(p_user uuid, p_hash text) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_email constant text collate "C" := (
    select u.email from crm.users u where u.workspace_id = v_workspace and u.id = p_user);
begin
  if v_email is null then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('crm.accounts ' || v_email, 0));
  if exists (
    select from crm.users u
    where u.email = v_email and u.workspace_id <> v_workspace
      and (u.status <> 'invited' or exists (select from crm.accounts a where a.email = v_email))
  ) then
    raise exception 'the email signs in elsewhere already' using errcode = 'LB011';
  end if;
  insert into crm.accounts (email, password_hash, set_in) values (v_email, p_hash, v_workspace)
    on conflict (email) do update set password_hash = excluded.password_hash, set_in = excluded.set_in;
  return true;
end
$$;

-- Likewise, but an email that signs in elsewhere keeps its password; answers whether it has this one.
create function app.offer_password(p_user uuid, p_hash text) returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  return app.set_password(p_user, p_hash);
exception when sqlstate 'LB011' then
  return false;
end
$$;

-- When a user has another email or is gone: the account of an email that no user has is deleted. It goes
-- along to the new email, unless that one is known elsewhere.
create function app.follow_user() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if exists (select from crm.users u where u.email = old.email) then
    return null;
  end if;
  if tg_op = 'UPDATE' then
    insert into crm.accounts (email, password_hash, set_in, created_at)
      select new.email, a.password_hash, a.set_in, a.created_at from crm.accounts a
      where a.email = old.email and not exists (
        select from crm.users u where u.email = new.email and u.workspace_id <> new.workspace_id)
      on conflict (email) do nothing;
  end if;
  if tg_op = 'UPDATE' then
    -- A session that names the user rather than the email goes along.
    update crm.sessions s set email = new.email
      where s.email = old.email and s.expires_at is not null
        and exists (select from crm.accounts a where a.email = new.email);
  end if;
  delete from crm.accounts a where a.email = old.email;
  return null;
end
$$;

create trigger follow_changed after update of email on crm.users
  for each row when (new.email <> old.email) execute function app.follow_user();
create trigger follow_deleted after delete on crm.users
  for each row execute function app.follow_user();

-- Raises LB010 when the workspace would have no admin any more who is not inactive. Of two that would each
-- take the other's last one, the second waits for the first and finds none.
create function app.keep_an_admin() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('crm.users ' || old.workspace_id, 0));
  if not exists (
    select from crm.users u
    where u.workspace_id = old.workspace_id and u.role = 'admin' and u.status <> 'inactive'
      and u.id <> old.id
  ) and exists (select from crm.workspaces w where w.id = old.workspace_id) then
    raise exception 'the last admin stays one' using errcode = 'LB010';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end
$$;

-- Of no columns: a role of the workspace's own sets the role in a trigger.
create trigger keep_an_admin_changed before update on crm.users
  for each row when (old.role = 'admin' and old.status <> 'inactive'
    and (new.role <> 'admin' or new.status = 'inactive'))
  execute function app.keep_an_admin();
create trigger keep_an_admin_deleted before delete on crm.users
  for each row when (old.role = 'admin' and old.status <> 'inactive')
  execute function app.keep_an_admin();

-- Raises LB014: who was active or inactive is not invited again.
create function app.refuse_invitation() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception 'only a new user is invited' using errcode = 'LB014';
end
$$;

create trigger refuse_invitation before update of status on crm.users
  for each row when (new.status = 'invited' and old.status <> 'invited')
  execute function app.refuse_invitation();

revoke execute on all routines in schema app from public;
grant execute on function app.set_password(uuid, text), app.offer_password(uuid, text) to lumenbase_api;
