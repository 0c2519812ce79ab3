-- Requests of each workspace, connector and key in its current window, for the PostgreSQL rate limiter.

-- Unlogged: counting costs no write-ahead log, and a crash forgets one window of counts at most.
create unlogged table crm.rate_windows (
  subject uuid constraint rate_windows_subject_pkey primary key,
  window_start timestamptz not null,
  -- The window's length.
  seconds integer not null check (seconds > 0),
  requests integer not null
) with (fillfactor = 50);

alter table crm.rate_windows enable row level security, force row level security;
create policy owner on crm.rate_windows to current_user using (true) with check (true);
revoke all on crm.rate_windows from public, lumenbase_api;

create function app.count_request(
  p_subject uuid, p_limit integer, p_seconds integer default 60, p_amount integer default 1,
  out used integer, out reset_at bigint, out ends_in integer
)
language plpgsql volatile strict security definer
set search_path = ''
set lock_timeout = '1s'
-- A plan that was made while few windows were open reads all of them.
set enable_seqscan = off
as $$
declare
  v_length constant interval := make_interval(secs => p_seconds);
  -- From the Unix epoch on, so that minutes and hours are those of UTC.
  v_this constant timestamptz := date_bin(v_length, clock_timestamp(), to_timestamp(0));
  -- Another caller may have opened the next window already. One further ahead than that was left by a
  -- clock that has since been set back, and is replaced.
  v_next constant timestamptz := v_this + v_length;
  v_amount constant integer := greatest(p_amount, 1);
  v_counted_in timestamptz;
begin
  loop
    -- Whoever is over the limit finds nothing to count in, takes no lock and writes nothing.
    update crm.rate_windows w set requests = w.requests + v_amount
      where w.subject = p_subject and w.requests <= p_limit - v_amount
        and w.seconds = p_seconds and w.window_start between v_this and v_next
      returning w.window_start, w.requests into v_counted_in, used;
    exit when found;

    select w.window_start, p_limit + 1 into v_counted_in, used
      from crm.rate_windows w
      where w.subject = p_subject and w.requests > p_limit - v_amount
        and w.seconds = p_seconds and w.window_start between v_this and v_next;
    exit when found;

    -- Nothing comes back when another caller has opened the window meanwhile: then it counts there.
    insert into crm.rate_windows as w (subject, window_start, seconds, requests)
      values (p_subject, v_this, p_seconds, v_amount)
      on conflict (subject) do update set
        window_start = excluded.window_start, seconds = excluded.seconds, requests = excluded.requests
        where w.seconds <> p_seconds or w.window_start not between v_this and v_next
      returning w.window_start, w.requests into v_counted_in, used;
    exit when found;
  end loop;
  reset_at := extract(epoch from v_counted_in)::bigint + p_seconds;
  ends_in := (reset_at - extract(epoch from clock_timestamp())) * 1000;
end
$$;

comment on function app.count_request(uuid, integer, integer, integer) is
  'Counts requests of a workspace, connector or key in its current window of so many seconds from the Unix epoch, all or none: how many are used, these included, when the window ends (Unix seconds), and in how many milliseconds. Requests over the limit are not counted, and used is then the limit plus one. A window of another length starts anew.';

-- What is sent in front of a transaction, in the same round trip and with the same Sync: counts and commits,
-- so that what is sent behind begins a transaction of its own. A request over the limit raises LB020, with
-- the count as its detail, and PostgreSQL skips all that is sent behind it.
create procedure app.admit_request(
  p_subject uuid, p_limit integer, p_seconds integer, p_amount integer,
  out used integer, out reset_at bigint, out ends_in integer
)
language plpgsql
as $$
begin
  select c.used, c.reset_at, c.ends_in into used, reset_at, ends_in
    from app.count_request(p_subject, p_limit, p_seconds, p_amount) c;
  if used > p_limit then
    raise exception 'the request was not let in' using errcode = 'LB020',
      detail = json_build_object('used', used, 'reset_at', reset_at, 'ends_in', ends_in);
  end if;
  commit;
end
$$;

create trigger forget_rate_windows after delete on crm.workspaces
  referencing old table as gone for each statement execute function app.forget_rows('rate_windows', 'subject');
create trigger forget_rate_windows after delete on crm.api_keys
  referencing old table as gone for each statement execute function app.forget_rows('rate_windows', 'subject');

revoke execute on all routines in schema app from public;
grant execute on function app.count_request(uuid, integer, integer, integer) to lumenbase_api;
grant execute on procedure app.admit_request(uuid, integer, integer, integer) to lumenbase_api;
