-- Work that is done after the request that asked for it. A job is written in the transaction of what it
-- follows from and deleted when it has succeeded: what it did is kept by what it did it to.

create table crm.jobs (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  kind text collate "C" not null check (length(kind) between 1 and 64),
  payload jsonb not null default '{}' check (jsonb_typeof(payload) = 'object'),
  -- Higher ones come first.
  priority smallint not null default 0,
  status text collate "C" not null default 'waiting' check (status in ('waiting', 'running', 'dead')),
  run_at timestamptz not null default now(),
  -- How often it was begun.
  attempts integer not null default 0,
  -- Whoever runs it holds this, until then.
  lease uuid,
  lease_until timestamptz,
  last_error text check (length(last_error) <= 1000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check ((status = 'running') = (lease is not null) and (lease is null) = (lease_until is null))
);

-- Which workspaces have jobs that are due: a few entries are read of each minute, however many jobs wait.
create index jobs_due_idx on crm.jobs (date_trunc('minute', run_at at time zone 'UTC'), workspace_id)
  where status = 'waiting';
create index jobs_next_idx on crm.jobs (workspace_id, priority desc, run_at, id) where status = 'waiting';
create index jobs_running_idx on crm.jobs (workspace_id) where status = 'running';
create index jobs_lease_idx on crm.jobs (lease_until) where status = 'running';
create index jobs_dead_idx on crm.jobs (workspace_id, kind, id) where status = 'dead';
create index jobs_expiry_idx on crm.jobs (updated_at) where status = 'dead';
-- Each job comes, is updated and goes, so what it leaves behind is removed long before it is a fifth.
alter table crm.jobs set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

alter table crm.jobs enable row level security, force row level security;
create policy tenant on crm.jobs using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()));
create policy owner on crm.jobs to current_user using (true) with check (true);
grant select, insert, update, delete on crm.jobs to lumenbase_api;
create trigger touch_updated_at before update on crm.jobs
  for each row execute function app.touch_updated_at();

comment on table crm.jobs is
  'Jobs that wait, run or are dead (given up). kind names the work, payload is what it needs; one that succeeded is deleted.';

-- Writes a job in the caller's transaction; answers its id. A trigger that runs as the owner gives the
-- workspace.
create function app.enqueue_job(
  p_kind text, p_payload jsonb default '{}', p_run_at timestamptz default now(),
  p_priority integer default 0, p_workspace uuid default app.workspace_id()
) returns uuid
language sql volatile
set search_path = ''
as $$
  insert into crm.jobs (workspace_id, kind, payload, run_at, priority)
    values (p_workspace, p_kind, p_payload, p_run_at, p_priority)
    returning id
$$;

-- Up to so many due jobs of a workspace, begun: the highest priority first, then the longest due. Priorities
-- are looked at one by one, as jobs of one that are not due yet would be read before those of the next.
create function app.begin_jobs(p_workspace uuid, p_most integer, p_seconds integer) returns setof crm.jobs
language plpgsql volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
as $$
declare
  v_priority smallint;
  v_begun integer;
begin
  while p_most > 0 loop
    v_priority := (
      select j.priority from crm.jobs j
      where j.workspace_id = p_workspace and j.status = 'waiting'
        and j.priority < coalesce(v_priority, 32768)
      order by j.priority desc limit 1);
    exit when v_priority is null;
    return query
      with due as materialized (
        select j.id from crm.jobs j
        where j.workspace_id = p_workspace and j.status = 'waiting' and j.priority = v_priority
          and j.run_at <= now()
        order by j.run_at, j.id limit p_most for update skip locked
      )
      update crm.jobs j
        set status = 'running', attempts = j.attempts + 1, lease = gen_random_uuid(),
          lease_until = now() + make_interval(secs => p_seconds)
        from due where j.workspace_id = p_workspace and j.id = due.id
        returning j.*;
    get diagnostics v_begun = row_count;
    p_most := p_most - v_begun;
  end loop;
end
$$;

-- The workspaces that have jobs to run now or within this minute, in any order.
create function app.workspaces_with_due_jobs() returns setof uuid
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
as $$
declare
  v_minute timestamp := '-infinity';
  v_workspace uuid := '00000000-0000-0000-0000-000000000000';
begin
  -- From one pair of a minute and a workspace to the next. Their number is bounded for the sake of the
  -- others that wait for a turn: it is reached by workspaces that are days behind.
  for v_pair in 1 .. 10000 loop
    select date_trunc('minute', j.run_at at time zone 'UTC'), j.workspace_id into v_minute, v_workspace
      from crm.jobs j
      where j.status = 'waiting' and date_trunc('minute', j.run_at at time zone 'UTC')
          <= date_trunc('minute', now() at time zone 'UTC')
        and (date_trunc('minute', j.run_at at time zone 'UTC'), j.workspace_id) > (v_minute, v_workspace)
      order by date_trunc('minute', j.run_at at time zone 'UTC'), j.workspace_id limit 1;
    exit when not found;
    return next v_workspace;
  end loop;
end
$$;

-- Begins jobs that are due, of all workspaces: each gets its share of them, and has at most so many running
-- at once. Whoever gets one has it alone for so many seconds; after that it is due again.
create function app.take_jobs(p_most integer, p_each integer, p_seconds integer)
returns table (workspace_id uuid, id uuid, kind text, payload jsonb, attempt integer, lease uuid)
language plpgsql volatile strict security definer
set search_path = ''
as $$
declare
  v_workspaces uuid[];
  v_with_more uuid[] := '{}';
  v_each integer;
  v_left integer := p_most;
  v_before integer;
begin
  -- Whoever had these has gone.
  update crm.jobs j set status = 'waiting', lease = null, lease_until = null
    where (j.workspace_id, j.id) in (
      select lost.workspace_id, lost.id from crm.jobs lost
      where lost.status = 'running' and lost.lease_until <= now()
      order by lost.lease_until limit 1000 for update skip locked);
  v_workspaces := array(
    select due.one from (select distinct app.workspaces_with_due_jobs() as one) due
    order by random());
  v_each := greatest(1, p_most / greatest(1, cardinality(v_workspaces)));
  -- A share for each first, then what is left over for those that have more.
  for v_round in 1 .. 2 loop
    foreach workspace_id in array v_workspaces loop
      exit when v_left <= 0;
      -- One at a time counts and begins the jobs of a workspace, so that they never are too many.
      continue when not pg_try_advisory_xact_lock(hashtextextended('crm.jobs ' || workspace_id, 0));
      v_before := v_left;
      for id, kind, payload, attempt, lease in
        select begun.id, begun.kind, begun.payload, begun.attempts, begun.lease
        from app.begin_jobs(workspace_id, least(v_left, v_each, p_each - (
          select count(*) from crm.jobs j
          where j.workspace_id = take_jobs.workspace_id and j.status = 'running')::integer), p_seconds) begun
      loop
        v_left := v_left - 1;
        return next;
      end loop;
      if v_before - v_left = v_each then
        v_with_more := v_with_more || workspace_id;
      end if;
    end loop;
    v_workspaces := v_with_more;
    v_each := p_each;
  end loop;
end
$$;

-- Ends a job that succeeded, in the transaction of its effects. Raises LB030 when whoever asks has it no
-- longer, so that its effects are those of one run.
create function app.finish_job(p_id uuid, p_lease uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  delete from crm.jobs j
    where j.workspace_id = app.workspace_id() and j.id = p_id and j.lease = p_lease;
  if not found then
    raise exception 'another run has the job' using errcode = 'LB030';
  end if;
end
$$;

-- Ends a run that failed: the job is due again after so many seconds, or dead without them. Raises LB030
-- when whoever asks has it no longer.
create function app.fail_job(p_id uuid, p_lease uuid, p_error text, p_retry_in integer default null)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update crm.jobs j
    set status = case when p_retry_in is null then 'dead' else 'waiting' end,
      run_at = case when p_retry_in is null then j.run_at
        else clock_timestamp() + make_interval(secs => p_retry_in) end,
      lease = null, lease_until = null, last_error = left(p_error, 1000)
    where j.workspace_id = app.workspace_id() and j.id = p_id and j.lease = p_lease;
  if not found then
    raise exception 'another run has the job' using errcode = 'LB030';
  end if;
end
$$;

-- Gives a dead job all its attempts again, now; answers whether there is such a job in the workspace.
create function app.retry_job(p_id uuid, p_workspace uuid default app.workspace_id()) returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  update crm.jobs j set status = 'waiting', attempts = 0, run_at = now()
    where j.workspace_id = p_workspace and j.id = p_id and j.status = 'dead';
  return found;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.enqueue_job(text, jsonb, timestamptz, integer, uuid),
  app.take_jobs(integer, integer, integer), app.finish_job(uuid, uuid),
  app.fail_job(uuid, uuid, text, integer), app.retry_job(uuid, uuid) to lumenbase_api;
