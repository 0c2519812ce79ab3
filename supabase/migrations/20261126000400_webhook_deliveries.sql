-- What webhooks are told, and each attempt at it. A delivery is written with the event, tried by a job, and
-- kept with what became of it.

create table crm.webhook_deliveries (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  integration_id uuid not null,
  -- What each attempt and replay is known by to who receives it.
  webhook_id text collate "C" not null,
  -- What it is told for: a second delivery for the same is none.
  cause text collate "C" not null,
  event_type text collate "C" not null,
  body text not null,
  status text collate "C" not null default 'pending' check (status in ('pending', 'succeeded', 'failed')),
  -- [{"at", "status_code", "error", "duration_ms"}], the oldest first.
  attempts jsonb not null default '[]',
  -- Attempts since it was made or last replayed, and when that was.
  tries smallint not null default 0,
  since timestamptz not null default now(),
  next_attempt_at timestamptz default now(),
  -- The job that tries it next; another one leaves it alone. Null while the webhook is not active.
  job_id uuid,
  succeeded_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint webhook_deliveries_cause_key unique (workspace_id, integration_id, cause),
  constraint webhook_deliveries_integration_id_fkey foreign key (workspace_id, integration_id)
    references crm.integrations (workspace_id, id) on delete cascade
);

create index webhook_deliveries_integration_id_idx
  on crm.webhook_deliveries (workspace_id, integration_id, created_at, id);
create index webhook_deliveries_succeeded_at_idx
  on crm.webhook_deliveries (workspace_id, integration_id, succeeded_at) where succeeded_at is not null;
create index webhook_deliveries_held_idx
  on crm.webhook_deliveries (workspace_id, integration_id, id) where status = 'pending' and job_id is null;
create index webhook_deliveries_expiry_idx on crm.webhook_deliveries (created_at);
call app.make_tenant_table('webhook_deliveries');
call app.count_by('webhook_deliveries', '{integration_id}');

-- Keeps a delivery and has a job try it, after the workspace's other jobs when the last one failed; answers its
-- id, or nothing when it is there already or the webhook is not.
create function app.store_webhook_delivery(
  p_integration uuid, p_cause text, p_event_type text, p_body text
) returns uuid
language sql volatile
set search_path = ''
as $$
  insert into crm.webhook_deliveries
      (id, integration_id, webhook_id, cause, event_type, body, job_id)
    select made.id, i.id, 'msg_' || replace(made.id::text, '-', ''), p_cause, p_event_type, p_body,
      app.enqueue_job('webhooks.deliver', jsonb_build_object('delivery_id', made.id), now(),
        case when i.last_error is null then 0 else -1 end)
    from (select app.uuid_v7() as id offset 0) made, crm.integrations i
    where i.workspace_id = app.workspace_id() and i.id = p_integration and i.type = 'webhook'
      and not exists (
        select from crm.webhook_deliveries d
        where d.workspace_id = i.workspace_id and d.integration_id = i.id and d.cause = p_cause)
    on conflict (workspace_id, integration_id, cause) do nothing
    returning id
$$;

-- Keeps what became of an attempt by a job, unless a replay came meanwhile: then only that it was made. Without
-- another attempt the delivery has failed, and the webhook is paused if nothing got through to it since the first
-- one; at once when it is gone.
create function app.note_webhook_attempt(
  p_id uuid, p_job uuid, p_attempt jsonb, p_succeeded boolean, p_gone boolean, p_retry_in integer
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_again constant boolean := not p_succeeded and not p_gone and p_retry_in is not null;
  v_error constant text := p_attempt ->> 'error';
  v_before crm.webhook_deliveries;
  v_pause boolean;
begin
  select * into v_before from crm.webhook_deliveries d
    where d.workspace_id = v_workspace and d.id = p_id for update;
  if not found then
    return;
  end if;
  update crm.webhook_deliveries d
    set attempts = case when jsonb_array_length(d.attempts) < 100 then d.attempts else d.attempts - 0 end
        || jsonb_build_array(p_attempt),
      succeeded_at = case when p_succeeded then now() else d.succeeded_at end
    where d.workspace_id = v_workspace and d.id = p_id;
  if v_before.job_id is distinct from p_job then
    return;
  end if;
  update crm.webhook_deliveries d
    set tries = d.tries + 1,
      status = case when p_succeeded then 'succeeded' when v_again then 'pending' else 'failed' end,
      next_attempt_at = case when v_again then now() + make_interval(secs => p_retry_in) end,
      job_id = case when v_again then app.enqueue_job('webhooks.deliver',
        jsonb_build_object('delivery_id', d.id), now() + make_interval(secs => p_retry_in), -1) end
    where d.workspace_id = v_workspace and d.id = p_id;
  v_pause := p_gone or not p_succeeded and not v_again and not exists (
    select from crm.webhook_deliveries d
    where d.workspace_id = v_workspace and d.integration_id = v_before.integration_id
      and d.succeeded_at >= v_before.since);
  update crm.integrations i
    set last_error = v_error, paused_at = case when v_pause then coalesce(i.paused_at, now()) else i.paused_at end
    where i.workspace_id = v_workspace and i.id = v_before.integration_id
      and (i.last_error is distinct from v_error or v_pause);
end
$$;

-- Lets a delivery wait until its webhook is active. One that has just become so is tried by another job.
create function app.hold_webhook_delivery(p_id uuid, p_job uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_active boolean;
begin
  select i.status = 'active' into v_active
    from crm.webhook_deliveries d
    join crm.integrations i on i.workspace_id = d.workspace_id and i.id = d.integration_id
    where d.workspace_id = v_workspace and d.id = p_id for share of i;
  update crm.webhook_deliveries d
    set next_attempt_at = case when v_active then now() end,
      job_id = case when v_active
        then app.enqueue_job('webhooks.deliver', jsonb_build_object('delivery_id', d.id)) end
    where d.workspace_id = v_workspace and d.id = p_id and d.job_id = p_job;
end
$$;

-- Has deliveries tried again from the start, those made within a time, and after those that are new; answers
-- how many. What goes beyond a thousand is left to a job, which goes on after the last of them.
create function app.replay_webhook_deliveries(
  p_integration uuid, p_from timestamptz, p_to timestamptz, p_status text default null,
  p_after uuid default null
) returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_most constant integer := 1000;
  v_workspace constant uuid := app.workspace_id();
  v_to constant timestamptz := least(p_to, now());
  v_after constant uuid := coalesce(p_after, '00000000-0000-0000-0000-000000000000');
  v_ids uuid[];
  v_last crm.webhook_deliveries;
  v_count bigint;
begin
  v_ids := array(
    select d.id from crm.webhook_deliveries d
    where d.workspace_id = v_workspace and d.integration_id = p_integration
      and (d.created_at, d.id) > (p_from, v_after) and d.created_at <= v_to
      and (p_status is null or d.status = p_status)
    order by d.created_at, d.id limit v_most for update);
  v_count := cardinality(v_ids);
  if v_count = v_most then
    select * into v_last from crm.webhook_deliveries d
      where d.workspace_id = v_workspace and d.id = v_ids[v_most];
    v_count := v_count + (
      select count(*) from crm.webhook_deliveries d
      where d.workspace_id = v_workspace and d.integration_id = p_integration
        and (d.created_at, d.id) > (v_last.created_at, v_last.id) and d.created_at <= v_to
        and (p_status is null or d.status = p_status));
    perform app.enqueue_job('webhooks.replay', jsonb_build_object('integration_id', p_integration,
      'from', v_last.created_at, 'to', v_to, 'status', p_status, 'after', v_last.id), now(), -1);
  end if;
  update crm.webhook_deliveries d
    set status = 'pending', tries = 0, since = now(), next_attempt_at = now(),
      job_id = app.enqueue_job('webhooks.deliver', jsonb_build_object('delivery_id', d.id), now(), -1)
    where d.workspace_id = v_workspace and d.id = any (v_ids);
  return v_count;
end
$$;

-- Has what waits for a webhook to be active tried, if it now is; a job goes on with what is beyond a thousand.
create function app.resume_webhook_deliveries(p_integration uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_most constant integer := 1000;
  v_workspace constant uuid := app.workspace_id();
  v_ids uuid[];
begin
  v_ids := array(
    select d.id from crm.webhook_deliveries d
    where d.workspace_id = v_workspace and d.integration_id = p_integration
      and d.status = 'pending' and d.job_id is null and exists (
        select from crm.integrations i
        where i.workspace_id = v_workspace and i.id = p_integration and i.status = 'active')
    order by d.id limit v_most for update);
  update crm.webhook_deliveries d
    set next_attempt_at = now(), since = now(),
      job_id = app.enqueue_job('webhooks.deliver', jsonb_build_object('delivery_id', d.id))
    where d.workspace_id = v_workspace and d.id = any (v_ids);
  if cardinality(v_ids) = v_most then
    perform app.enqueue_job('webhooks.resume', jsonb_build_object('integration_id', p_integration));
  end if;
end
$$;

-- Removes deliveries older than 30 days, of every workspace, at most so many, oldest first; answers how
-- many. Passes over rows that are held.
create function app.prune_webhook_deliveries(p_most integer) returns integer
language plpgsql volatile strict security definer
set search_path = ''
as $$
declare
  v_removed integer;
begin
  delete from crm.webhook_deliveries where (workspace_id, id) in (
    select d.workspace_id, d.id from crm.webhook_deliveries d
    where d.created_at < now() - interval '30 days'
    order by d.created_at limit p_most for update skip locked);
  get diagnostics v_removed = row_count;
  return v_removed;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.store_webhook_delivery(uuid, text, text, text),
  app.note_webhook_attempt(uuid, uuid, jsonb, boolean, boolean, integer),
  app.hold_webhook_delivery(uuid, uuid),
  app.replay_webhook_deliveries(uuid, timestamptz, timestamptz, text, uuid),
  app.resume_webhook_deliveries(uuid) to lumenbase_api;
