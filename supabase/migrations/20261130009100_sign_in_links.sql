-- Links that sign a user in to their workspace once, without a password. They are made by who runs the database.

create table crm.sign_in_links (
  workspace_id uuid not null,
  id uuid not null default app.uuid_v7(),
  user_id uuid not null,
  public_id text collate "C" not null unique,
  -- Of the whole token, which is shown once.
  token_hash bytea not null check (octet_length(token_hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, id),
  constraint sign_in_links_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete cascade
);

create index sign_in_links_user_id_idx on crm.sign_in_links (workspace_id, user_id);
create index sign_in_links_expiry_idx on crm.sign_in_links (expires_at);

alter table crm.sign_in_links enable row level security, force row level security;
create policy owner on crm.sign_in_links to current_user using (true) with check (true);

-- Whose link has a token, used or not.
create function app.find_sign_in_link(p_public_id text, p_hash bytea)
returns table (workspace_id uuid, user_id uuid)
language sql stable security definer
set search_path = ''
as $$
  select l.workspace_id, l.user_id from crm.sign_in_links l
  where l.public_id = p_public_id and l.token_hash = p_hash
$$;

-- Starts a session of the user whose link has a token, which is then used up. Answers the user, else why there is no
-- session: `unknown`, `used`, `expired` or `inactive`. Who has no password yet gets a hash that is of none.
create function app.use_sign_in_link(
  p_public_id text, p_hash bytea, p_no_password text, p_expires_at timestamptz,
  out refused text, out session uuid, out workspace_id uuid, out number bigint
)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_user crm.users;
  v_link crm.sign_in_links;
begin
  -- The user first, as whoever deletes one does: of two who use the link, the second finds it used.
  select u.* into v_user from app.find_sign_in_link(p_public_id, p_hash) link
    join crm.users u on u.workspace_id = link.workspace_id and u.id = link.user_id for no key update of u;
  if found then
    select l.* into v_link from crm.sign_in_links l where l.public_id = p_public_id for update;
  end if;
  refused := case when v_link.id is null then 'unknown' when v_link.used_at is not null then 'used'
    when v_link.expires_at <= now() then 'expired' when v_user.status = 'inactive' then 'inactive' end;
  if refused is not null then
    return;
  end if;
  update crm.sign_in_links l set used_at = now() where l.public_id = p_public_id;
  -- As whoever sets a password does: of an email that has none, one of the two makes the account.
  perform pg_advisory_xact_lock(hashtextextended('crm.accounts ' || v_user.email, 0));
  insert into crm.accounts (email, password_hash, set_in)
    values (v_user.email, p_no_password, v_user.workspace_id) on conflict (email) do nothing;
  insert into crm.sessions (email, expires_at) values (v_user.email, p_expires_at) returning id into session;
  -- A user who was only invited stays so where another workspace gave the password, which would open this one too.
  update crm.users u set last_sign_in_at = now(), status = case when exists (
      select from crm.accounts a where a.email = v_user.email and a.set_in = v_user.workspace_id)
      then 'active' else u.status end
    where u.workspace_id = v_user.workspace_id and u.id = v_user.id;
  workspace_id := v_user.workspace_id;
  number := v_user.number;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.find_sign_in_link(text, bytea),
  app.use_sign_in_link(text, bytea, text, timestamptz) to lumenbase_api;
