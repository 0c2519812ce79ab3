-- Counts several requests of a workspace or connector at once, so that a busy process need not ask for
-- each. app.count_request stays for processes of the version before, until they are gone.
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

revoke all on function app.count_requests(uuid, integer, integer) from public;
grant execute on function app.count_requests(uuid, integer, integer) to lumenbase_api;
