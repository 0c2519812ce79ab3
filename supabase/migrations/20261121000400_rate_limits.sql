-- Requests of each workspace and connector in the current minute, for the PostgreSQL rate limiter.

-- Unlogged: counting costs no write-ahead log, and a crash forgets one minute of counts at most.
create unlogged table crm.rate_windows (
  subject uuid constraint rate_windows_subject_pkey primary key,
  window_start timestamptz not null,
  requests integer not null
) with (fillfactor = 50);

alter table crm.rate_windows enable row level security, force row level security;
create policy owner on crm.rate_windows to current_user using (true) with check (true);
revoke all on crm.rate_windows from public, lumenbase_api;

create function app.count_request(
  p_subject uuid, p_limit integer, out used integer, out reset_at bigint
)
language plpgsql volatile strict security definer
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  this_minute constant timestamptz := date_trunc('minute', clock_timestamp(), 'UTC');
  -- Another caller may have opened the next minute already. A window further ahead than that was
  -- left by a clock that has since been set back, and is replaced.
  next_minute constant timestamptz := this_minute + interval '1 minute';
  counted_in timestamptz;
begin
  loop
    -- A plain read first: whoever is over the limit takes no lock and writes nothing.
    select w.window_start, p_limit + 1 into counted_in, used
      from crm.rate_windows w
      where w.subject = p_subject and w.requests >= p_limit
        and w.window_start between this_minute and next_minute;
    exit when found;

    -- Checks the limit again under the row's lock. Nothing comes back when others have used up the
    -- limit since the read above; the next read then sees that.
    insert into crm.rate_windows as w (subject, window_start, requests)
      values (p_subject, this_minute, 1)
      on conflict (subject) do update set
        window_start = case when w.window_start between this_minute and next_minute
          then w.window_start else this_minute end,
        requests = case when w.window_start between this_minute and next_minute
          then w.requests + 1 else 1 end
        where w.requests < p_limit or w.window_start not between this_minute and next_minute
      returning w.window_start, w.requests into counted_in, used;
    exit when found;
  end loop;
  reset_at := extract(epoch from counted_in)::bigint + 60;
end
$$;

comment on function app.count_request(uuid, integer) is
  'Counts a request of a workspace or a connector in the current UTC minute: how many are used, this one included, and when the minute ends. A request over the limit is not counted, and used is then the limit plus one.';

-- Counts several requests of a workspace or connector at once, so that a busy process need not ask for
-- each.
create function app.count_requests(
  p_subject uuid, p_limit integer, p_amount integer,
  out used integer, out reset_at bigint, out ends_in integer
)
language plpgsql volatile strict security definer
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  this_minute constant timestamptz := date_trunc('minute', clock_timestamp(), 'UTC');
  -- Another caller may have opened the next minute already. A window further ahead than that was
  -- left by a clock that has since been set back, and is replaced.
  next_minute constant timestamptz := this_minute + interval '1 minute';
  amount constant integer := greatest(p_amount, 1);
  counted_in timestamptz;
begin
  loop
    -- A plain read first: whoever is over the limit takes no lock and writes nothing.
    select w.window_start, p_limit + 1 into counted_in, used
      from crm.rate_windows w
      where w.subject = p_subject and w.requests > p_limit - amount
        and w.window_start between this_minute and next_minute;
    exit when found;

    -- Checks the limit again under the row's lock. Nothing comes back when others have used up the
    -- limit since the read above; the next read then sees that.
    insert into crm.rate_windows as w (subject, window_start, requests)
      values (p_subject, this_minute, amount)
      on conflict (subject) do update set
        window_start = case when w.window_start between this_minute and next_minute
          then w.window_start else this_minute end,
        requests = case when w.window_start between this_minute and next_minute
          then w.requests + amount else amount end
        where w.requests <= p_limit - amount
          or w.window_start not between this_minute and next_minute
      returning w.window_start, w.requests into counted_in, used;
    exit when found;
  end loop;
  reset_at := extract(epoch from counted_in)::bigint + 60;
  ends_in := extract(epoch from counted_in + interval '1 minute' - clock_timestamp()) * 1000;
end
$$;

comment on function app.count_requests(uuid, integer, integer) is
  'Counts requests of a workspace or connector in the current UTC minute, all or none: how many are used, these included, when the minute ends, and in how many milliseconds. Requests over the limit are not counted, and used is then the limit plus one.';

create function app.forget_rate_windows() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  delete from crm.rate_windows where subject in (select id from gone);
  return null;
end
$$;

create trigger forget_rate_windows after delete on crm.workspaces
  referencing old table as gone for each statement execute function app.forget_rate_windows();

revoke execute on all routines in schema app from public;
grant execute on function app.count_request(uuid, integer), app.count_requests(uuid, integer, integer)
  to lumenbase_api;
