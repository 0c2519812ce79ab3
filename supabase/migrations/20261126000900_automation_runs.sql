-- Runs: what an automation did, or is to do, because of one event.

create table crm.automation_runs (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  automation_id uuid not null,
  -- Null once the lead is gone; its number stays.
  lead_id uuid,
  lead_number bigint not null,
  -- Of crm.events; lead.inactive has none, but the time since when the lead is quiet.
  event_sequence bigint,
  quiet_since timestamptz,
  event_type text collate "C" not null,
  -- {"type", "at", "data"}; null when skipped.
  event jsonb,
  -- The automations that led to it, the oldest first, and its own.
  chain uuid[] not null,
  status text collate "C" not null
    check (status in ('queued', 'running', 'waiting', 'succeeded', 'failed', 'skipped')),
  reason text,
  -- [{"action", "status", "error", "attempts", "finished_at"}], and the place of the next one, from 0.
  steps jsonb not null,
  place smallint not null default 0,
  -- What the step at hand waits for: a time, or what becomes of a message.
  resume_at timestamptz,
  message_id uuid,
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint automation_runs_event_key unique (workspace_id, automation_id, event_sequence),
  constraint automation_runs_quiet_key unique (workspace_id, automation_id, lead_id, quiet_since),
  constraint automation_runs_automation_id_fkey foreign key (workspace_id, automation_id)
    references crm.automations (workspace_id, id) on delete cascade,
  constraint automation_runs_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete set null (lead_id)
);

create index automation_runs_automation_id_idx on crm.automation_runs (workspace_id, automation_id, number);
create index automation_runs_lead_id_idx on crm.automation_runs (workspace_id, lead_id);
call app.make_tenant_table('automation_runs');
call app.count_by('automation_runs', '{automation_id}');

create index automation_runs_expiry_idx on crm.automation_runs (finished_at)
  where finished_at is not null and event_sequence is not null;

-- Of the runs that are no longer kept: how many there were, and when the last of them began.
create table crm.forgotten_runs (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  automation_id uuid not null,
  runs bigint not null,
  last_run_at timestamptz not null,
  primary key (workspace_id, automation_id),
  constraint forgotten_runs_automation_id_fkey foreign key (workspace_id, automation_id)
    references crm.automations (workspace_id, id) on delete cascade
);

call app.make_tenant_table('forgotten_runs', 'select');

create view crm.automations_with_runs with (security_invoker = true) as
  select a.*,
    (select coalesce(sum(c.records), 0)::bigint from crm.record_counts c
      where c.workspace_id = a.workspace_id and c.resource = 'automation_runs'
        and c.field = 'automation_id' and c.value = a.id::text) + coalesce(f.runs, 0) as runs_count,
    coalesce((select r.created_at from crm.automation_runs r
      where r.workspace_id = a.workspace_id and r.automation_id = a.id
      order by r.number desc limit 1), f.last_run_at) as last_run_at
  from crm.automations a
  left join crm.forgotten_runs f on f.workspace_id = a.workspace_id and f.automation_id = a.id;

grant select on crm.automations_with_runs to lumenbase_api;

-- Ends the step at hand of a run, and goes on to the next: whether there is one.
create function app.finish_step(p_run uuid, p_place integer) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_count integer;
begin
  update crm.automation_runs r
    set steps = jsonb_set(r.steps, array[p_place::text], r.steps -> p_place || jsonb_build_object(
        'status', 'succeeded', 'error', null, 'attempts', (r.steps #>> array[p_place::text, 'attempts'])::int + 1,
        'finished_at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))),
      place = p_place + 1,
      status = case when p_place + 1 < jsonb_array_length(r.steps) then 'running' else 'succeeded' end,
      finished_at = case when p_place + 1 = jsonb_array_length(r.steps) then now() end,
      resume_at = null, message_id = null
    where r.workspace_id = v_workspace and r.id = p_run
    returning jsonb_array_length(r.steps) into v_count;
  if p_place + 1 < v_count then
    perform app.enqueue_job('automations.step', jsonb_build_object('run_id', p_run, 'place', p_place + 1));
  end if;
end
$$;

-- Tells that the step at hand failed: it is tried again in so many seconds, or (null) the run has failed.
create function app.fail_step(p_run uuid, p_place integer, p_error text, p_retry_in integer) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
begin
  update crm.automation_runs r
    set steps = jsonb_set(r.steps, array[p_place::text], r.steps -> p_place || jsonb_build_object(
        'status', case when p_retry_in is null then 'failed' else 'pending' end, 'error', p_error,
        'attempts', (r.steps #>> array[p_place::text, 'attempts'])::int + 1,
        'finished_at', case when p_retry_in is null
          then to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end)),
      status = case when p_retry_in is null then 'failed' else 'running' end,
      reason = case when p_retry_in is null then p_error end,
      started_at = coalesce(r.started_at, now()),
      finished_at = case when p_retry_in is null then now() end,
      resume_at = null, message_id = null
    where r.workspace_id = v_workspace and r.id = p_run and r.place = p_place
      and r.status in ('queued', 'running', 'waiting');
  if found and p_retry_in is not null then
    perform app.enqueue_job('automations.step', jsonb_build_object('run_id', p_run, 'place', p_place),
      now() + make_interval(secs => p_retry_in));
  end if;
end
$$;

-- Takes a failed run up again at the step that failed; answers the run, or nothing when there is no such
-- run of the automation. Raises LB050 when it has not failed.
create function app.retry_run(p_automation bigint, p_run bigint) returns setof crm.automation_runs
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_run crm.automation_runs;
begin
  select r.* into v_run from crm.automation_runs r
    join crm.automations a on a.workspace_id = r.workspace_id and a.id = r.automation_id
    where r.workspace_id = v_workspace and r.number = p_run and a.number = p_automation
    for update of r;
  if not found then
    return;
  elsif v_run.status <> 'failed' then
    raise exception '%', v_run.status using errcode = 'LB050';
  end if;
  perform app.enqueue_job('automations.step', jsonb_build_object('run_id', v_run.id, 'place', v_run.place));
  return query
    update crm.automation_runs r set status = 'queued', reason = null, finished_at = null,
      steps = jsonb_set(r.steps, array[r.place::text], r.steps -> r.place::int || '{"status": "pending",
        "error": null, "attempts": 0, "finished_at": null}')
    where r.workspace_id = v_workspace and r.id = v_run.id
    returning *;
end
$$;

-- Removes runs that ended more than 30 days ago, at most so many, oldest first. Those of lead.inactive stay:
-- they tell that a quiet time had its run.
create function app.forget_runs() returns void
language sql volatile security definer
set search_path = ''
as $$
  with gone as (
    delete from crm.automation_runs where (workspace_id, id) in (
      select r.workspace_id, r.id from crm.automation_runs r
      where r.finished_at < now() - interval '30 days' and r.event_sequence is not null
      order by r.finished_at limit 10000 for update skip locked)
    returning workspace_id, automation_id, created_at
  )
  insert into crm.forgotten_runs as forgotten (workspace_id, automation_id, runs, last_run_at)
    select workspace_id, automation_id, count(*), max(created_at) from gone
    group by workspace_id, automation_id order by workspace_id, automation_id
    on conflict (workspace_id, automation_id) do update set runs = forgotten.runs + excluded.runs,
      last_run_at = greatest(forgotten.last_run_at, excluded.last_run_at)
$$;

insert into crm.schedules (name, function, seconds) values
  ('automations.forget', 'app.forget_runs()', 300);

revoke execute on all routines in schema app from public;
grant execute on function app.finish_step(uuid, integer), app.fail_step(uuid, integer, text, integer),
  app.retry_run(bigint, bigint) to lumenbase_api;
