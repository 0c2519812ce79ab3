-- What keeps others from guessing passwords: attempts to sign in are counted.

-- What was tried of late, by each subject that it counts for: a hash of the email or of the client's address.
-- One whose check is not over yet has not failed yet.
create table crm.sign_in_attempts (
  subject text collate "C" not null,
  id uuid not null,
  at timestamptz not null default clock_timestamp(),
  failed boolean not null default false,
  primary key (subject, id)
);

create index sign_in_attempts_id_idx on crm.sign_in_attempts (id);
create index sign_in_attempts_at_idx on crm.sign_in_attempts (at);

alter table crm.sign_in_attempts enable row level security, force row level security;
create policy owner on crm.sign_in_attempts to current_user using (true) with check (true);

-- What attempts are counted by: of a kind (email, address) the value, which cannot be read there.
create function app.sign_in_subject(p_kind text, p_value text) returns text
language sql immutable
set search_path = ''
as $$ select encode(sha256(convert_to(p_kind || ' ' || p_value, 'UTF8')), 'hex') $$;

-- Begins an attempt of a subject, of which so many may fail in 15 minutes. It has not begun when there is
-- retry_after: so many attempts of the last 15 minutes failed or are still being checked (pending), and
-- after these seconds the oldest is forgotten, or where they are held all of them, 15 minutes after the last.
create function app.begin_attempt(
  p_subject text, p_attempt uuid, p_most integer, p_held boolean, out pending integer, out retry_after integer
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_subject constant text collate "C" := p_subject;
  v_attempts integer;
  v_last timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('crm.sign_in_attempts ' || v_subject, 0));
  delete from crm.sign_in_attempts a
    where a.subject = v_subject and a.at < clock_timestamp() - interval '15 minutes' and not (
      p_held and (
        select count(*) >= p_most and max(held.at) >= clock_timestamp() - interval '15 minutes'
        from crm.sign_in_attempts held where held.subject = v_subject));
  -- Whose check has not ended after a while died with its process, and counts as failed.
  select count(*), count(*) filter (where not a.failed and a.at > clock_timestamp() - interval '20 seconds'),
      case when p_held then max(a.at) else min(a.at) end
    into v_attempts, pending, v_last
    from crm.sign_in_attempts a where a.subject = v_subject;
  if v_attempts >= p_most then
    retry_after := greatest(1, ceil(extract(epoch from
      v_last + interval '15 minutes' - clock_timestamp())));
    return;
  end if;
  insert into crm.sign_in_attempts (subject, id) values (v_subject, p_attempt);
end
$$;

-- Begins to check a password of an email, known or not, that came from an address, if that is known: the
-- attempt's id and the hash that the password must have, null for an unknown one. A null email is one that nobody
-- has, which counts for the address alone. Of an email 5 may be wrong
-- in 15 minutes, from an address 100; no id when so many are (refused_by, and what app.begin_attempt tells).
create function app.begin_sign_in(
  p_email text, p_address text,
  out attempt uuid, out password_hash text, out refused_by text, out pending integer, out retry_after integer
)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_email constant text collate "C" := p_email;
  v_attempt constant uuid := app.uuid_v7();
begin
  -- Emails are locked before addresses, so nobody waits in a circle.
  if v_email is not null then
    select begun.pending, begun.retry_after into pending, retry_after
      from app.begin_attempt(app.sign_in_subject('email', v_email), v_attempt, 5, true) begun;
  end if;
  if retry_after is not null then
    refused_by := 'email';
    return;
  elsif p_address is not null then
    select begun.pending, begun.retry_after into pending, retry_after
      from app.begin_attempt(app.sign_in_subject('address', p_address), v_attempt, 100, false) begun;
    if retry_after is not null then
      refused_by := 'address';
      delete from crm.sign_in_attempts a where a.id = v_attempt;
      return;
    end if;
  end if;
  attempt := v_attempt;
  select a.password_hash into password_hash from crm.accounts a where a.email = v_email;
end
$$;

create function app.fail_sign_in(p_attempt uuid) returns void
language sql volatile security definer
set search_path = ''
as $$ update crm.sign_in_attempts a set failed = true where a.id = p_attempt $$;

-- Forgets what was wrong of an email whose password was right in an attempt, but not what is still being
-- checked; what else came from the same address stays.
create function app.forget_attempts(p_email text, p_attempt uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  delete from crm.sign_in_attempts a
    where a.subject = app.sign_in_subject('email', p_email) collate "C"
      and (a.failed or a.at <= clock_timestamp() - interval '20 seconds');
  delete from crm.sign_in_attempts a where a.id = p_attempt;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.begin_sign_in(text, text), app.fail_sign_in(uuid) to lumenbase_api;
