-- Requests of each workspace in the current minute, for the PostgreSQL rate limiter.

-- Unlogged: counting costs no write-ahead log, and a crash forgets one minute of counts at most.
create unlogged table crm.rate_windows (
  workspace_id uuid primary key references crm.workspaces (id) on delete cascade,
  window_start timestamptz not null,
  requests integer not null
) with (fillfactor = 50);

alter table crm.rate_windows enable row level security, force row level security;
create policy owner on crm.rate_windows to current_user using (true) with check (true);
revoke all on crm.rate_windows from public, lumenbase_api;

create function app.count_request(
  p_workspace uuid, p_limit integer, out used integer, out reset_at bigint
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
      where w.workspace_id = p_workspace and w.requests >= p_limit
        and w.window_start between this_minute and next_minute;
    exit when found;

    -- Checks the limit again under the row's lock. Nothing comes back when others have used up the
    -- limit since the read above; the next read then sees that.
    insert into crm.rate_windows as w (workspace_id, window_start, requests)
      values (p_workspace, this_minute, 1)
      on conflict (workspace_id) do update set
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
  'Counts a request of a workspace in the current UTC minute: how many are used, this one included, and when the minute ends. A request over the limit is not counted, and used is then the limit plus one.';

revoke all on function app.count_request(uuid, integer) from public;
grant execute on function app.count_request(uuid, integer) to lumenbase_api;
