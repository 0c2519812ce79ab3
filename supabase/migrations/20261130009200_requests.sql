-- The log of requests: who asked for what in a workspace, and what came of it.

create table crm.requests (
  workspace_id uuid not null,
  -- Given by the process, so that what it sends again is written once.
  id uuid not null,
  at timestamptz not null,
  api text not null,
  method text not null,
  -- Without the query, and with its parameters in place of what is no plain id.
  path text not null,
  status smallint not null,
  -- Milliseconds from request to answer.
  ms real not null,
  actor_kind text not null,
  actor_id uuid not null,
  request_id text not null,
  error_code text,
  primary key (workspace_id, id)
);

create index requests_at_idx on crm.requests (workspace_id, at, id);
create index requests_actor_idx on crm.requests (workspace_id, actor_id, at, id);
create index requests_errors_idx on crm.requests (workspace_id, at, id) where status >= 400;
-- For housekeeping.
create index requests_age_idx on crm.requests (at);

alter table crm.requests enable row level security, force row level security;
create policy tenant on crm.requests for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.requests to current_user using (true) with check (true);
grant select on crm.requests to lumenbase_api;

-- How many requests there were in an hour, so that nobody counts them one by one.
create table crm.request_hours (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  at timestamptz not null,
  requests integer not null,
  errors integer not null,
  primary key (workspace_id, at)
) with (fillfactor = 50);

create index request_hours_age_idx on crm.request_hours (at);

alter table crm.request_hours enable row level security, force row level security;
create policy tenant on crm.request_hours for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.request_hours to current_user using (true) with check (true);
grant select on crm.request_hours to lumenbase_api;

-- A foreign key would look its workspace up for each row of the log.
create trigger forget_requests after delete on crm.workspaces
  referencing old table as gone for each statement execute function app.forget_rows('requests', 'workspace_id');

-- Writes requests, each with how many milliseconds ago it came: the clocks of processes differ. Passes over
-- those of a workspace that is gone.
create function app.log_requests(p_requests json) returns void
language plpgsql volatile security definer
set search_path = ''
set lock_timeout = '1s'
as $$
begin
  -- A crash may lose what was logged last; nobody waits for the disk.
  perform set_config('synchronous_commit', 'off', true);
  with logged as (
    insert into crm.requests
        (workspace_id, id, at, api, method, path, status, ms, actor_kind, actor_id, request_id, error_code)
      select r.workspace_id, r.id, clock_timestamp() - make_interval(secs => r.ago / 1000), r.api, r.method, r.path,
        r.status, r.ms, r.actor_kind, r.actor_id, r.request_id, r.error_code
      from json_to_recordset(p_requests) as r (
        workspace_id uuid, id uuid, ago double precision, api text, method text, path text, status smallint, ms real,
        actor_kind text, actor_id uuid, request_id text, error_code text)
      where exists (select from crm.workspaces w where w.id = r.workspace_id)
      on conflict (workspace_id, id) do nothing
      returning workspace_id, at, status
  )
  insert into crm.request_hours as h (workspace_id, at, requests, errors)
    select l.workspace_id, date_trunc('hour', l.at, 'UTC'), count(*), count(*) filter (where l.status >= 400)
    from logged l group by 1, 2 order by 1, 2
    on conflict (workspace_id, at) do update set
      requests = h.requests + excluded.requests, errors = h.errors + excluded.errors;
end
$$;

-- Removes what was logged more than 7 days ago, of every workspace, at most so many rows, and hours of requests a day
-- later, likewise; answers how many.
create function app.prune_requests(p_most integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_removed integer;
  v_hours integer;
begin
  delete from crm.requests where (workspace_id, id) in (
    select r.workspace_id, r.id from crm.requests r
    where r.at < now() - interval '7 days' order by r.at limit p_most for update skip locked);
  get diagnostics v_removed = row_count;
  delete from crm.request_hours where (workspace_id, at) in (
    select h.workspace_id, h.at from crm.request_hours h
    where h.at < now() - interval '8 days' limit p_most for update skip locked);
  get diagnostics v_hours = row_count;
  return v_removed + v_hours;
end
$$;

-- What a workspace may do and how much of it is used: its own limits (of kind `workspace`, by their names), and
-- those of its connectors and of the keys that work; `most` is null where a key has no limit of its own.
create function app.used_limits()
returns table (
  kind text, id uuid, name text, api text, most integer, used integer, seconds integer, resets_at timestamptz
)
language sql stable security definer
set search_path = ''
as $$
  with counted (kind, id, name, api, most) as (
    select 'workspace', w.id, 'requests_per_minute', null, w.requests_per_minute
      from crm.workspaces w where w.id = app.workspace_id()
    union all
    select 'connector', c.id, c.name, null, c.requests_per_minute
      from crm.connectors c where c.workspace_id = app.workspace_id()
    union all
    select 'key', k.id, k.name, k.api, k.rate_limit
      from crm.api_keys k
      where k.workspace_id = app.workspace_id() and k.api <> 'lumenbase' and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > now())
  )
  select l.kind, l.id, l.name, l.api, l.most, coalesce(r.requests, 0), r.seconds, r.ends_at
  from counted l left join lateral (
    select w.requests, w.seconds, w.window_start + make_interval(secs => w.seconds) as ends_at
    from crm.rate_windows w
    where w.subject = l.id and now() < w.window_start + make_interval(secs => w.seconds)) r on true
  union all
  select 'workspace', w.id, daily.name, null, daily.most, (daily.most - daily.free)::integer, 86400,
    date_trunc('day', now(), 'UTC') + interval '1 day'
  from crm.workspaces w join app.quota_today q on q.workspace_id = w.id, lateral (values
    ('contacts_per_day', w.contacts_per_day, q.contacts),
    ('activities_per_day', w.activities_per_day, q.activities)) daily (name, most, free)
  where w.id = app.workspace_id()
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.log_requests(json), app.used_limits() to lumenbase_api;
