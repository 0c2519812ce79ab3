-- Deals as they were forecast at moments of the past: written by the statement that makes or changes a deal, in its
-- transaction, and each day.

create table crm.deal_snapshots (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  deal_id uuid not null,
  reason text not null check (reason in ('created', 'value_changed', 'stage_changed', 'close_date_changed', 'daily')),
  -- The stage, which may be gone by now, and what it was called. Without a foreign key, for which whoever changes a
  -- deal would wait for whoever deletes its stage, who waits for the deal.
  stage uuid,
  stage_name text,
  probability numeric not null check (probability between 0 and 1),
  value numeric,
  weighted_value numeric not null,
  expected_close_date date,
  -- When it was written, not when its transaction began: of two changes of a deal the later one has the later time.
  computed_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint deal_snapshots_deal_id_fkey foreign key (workspace_id, deal_id)
    references crm.deals (workspace_id, id) on delete cascade
);

create index deal_snapshots_deal_id_idx on crm.deal_snapshots (workspace_id, deal_id, computed_at, id);
-- One a day.
create unique index deal_snapshots_daily_key
  on crm.deal_snapshots (workspace_id, deal_id, ((computed_at at time zone 'UTC')::date)) where reason = 'daily';

alter table crm.deal_snapshots enable row level security, force row level security;
create policy tenant on crm.deal_snapshots for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.deal_snapshots to current_user using (true) with check (true);
create policy visible on crm.deal_snapshots as restrictive to lumenbase_api
  using ((select app.sees_all()) or exists (
    select from crm.deals d where d.workspace_id = deal_snapshots.workspace_id and d.id = deal_snapshots.deal_id));
grant select on crm.deal_snapshots to lumenbase_api;

do $make$
declare
  -- Of rows of crm.deals with a reason. What a stage tells is asked once a statement, not of each of its deals.
  v_insert constant text := $sql$
      with snapped as materialized (%s), facts as materialized (
        select f.* from (select distinct workspace_id, stage_id from snapped where stage_id is not null) at,
          app.stage_facts(at.workspace_id, at.stage_id) f
      )
      insert into crm.deal_snapshots (workspace_id, deal_id, reason, stage, stage_name, probability, value,
          weighted_value, expected_close_date)
        select d.workspace_id, d.id, d.reason, d.stage_id, d.stage, chance.of, d.value,
          app.weighted_value(d.value, chance.of), d.expected_close_date
        from snapped d
        left join facts f on f.stage_id = d.stage_id
        cross join lateral (
          select app.forecast_probability(d.outcome, d.probability, f.base, f.won, f.lost,
            app.days_since(d.stage_changed_at), f.max_days, app.days_after(d.expected_close_date)) as of
          offset 0) chance;$sql$;
begin
  -- By its name it runs behind what keeps crm.stage_outcomes.
  call app.follow_changes('deals', 'snapshot_deals', 'snapshot',
    format(v_insert, $$select added.*, 'created' as reason from added$$),
    ' null;',
    -- A full join is never a nested loop, which a plan kept from an update of one row would be. A stage that is
    -- renamed is the same one, and a deal whose stage is deleted has entered none.
    format(v_insert, $$
      select added.*, case
          when added.stage_id is distinct from gone.stage_id
            or added.stage_id is null and added.stage is distinct from gone.stage then 'stage_changed'
          when added.value is distinct from gone.value then 'value_changed'
          else 'close_date_changed' end as reason
        from gone full join added using (id)
        where (added.value, added.expected_close_date) is distinct from (gone.value, gone.expected_close_date)
          or added.stage_id is distinct from gone.stage_id and added.stage_id is not null
          or added.stage_id is null and added.stage is distinct from gone.stage$$));
end
$make$;

-- Takes the day's snapshots of the next open deals after one, at most so many; answers the last of them when there may
-- be more.
create function app.snapshot_open_deals(p_after uuid, p_most integer) returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_deals constant uuid[] := array(
    select d.id from crm.deals d
    where d.workspace_id = v_workspace and d.id > p_after and d.outcome = 'open' order by d.id limit p_most);
begin
  insert into crm.deal_snapshots (workspace_id, deal_id, reason, stage, stage_name, probability, value, weighted_value,
      expected_close_date)
    select d.workspace_id, d.id, 'daily', d.stage_id, d.stage, chance.of, d.value,
      app.weighted_value(d.value, chance.of), d.expected_close_date
    from crm.deals d
    left join app.stage_facts(v_workspace) f on f.stage_id = d.stage_id
    cross join lateral (
      select app.forecast_probability(d.outcome, d.probability, f.base, f.won, f.lost,
        app.days_since(d.stage_changed_at), f.max_days, app.days_after(d.expected_close_date)) as of
      offset 0) chance
    where d.workspace_id = v_workspace and d.id = any (v_deals)
    -- A deal that is deleted meanwhile has no snapshot.
    for key share of d
    on conflict do nothing;
  return case when cardinality(v_deals) = p_most then v_deals[p_most] end;
end
$$;

-- Has the day's snapshots of all open deals taken, a piece after the other, in each workspace.
create function app.snapshot_all_deals() returns void
language sql volatile security definer
set search_path = ''
as $$
  select app.enqueue_job('deals.snapshot', p_workspace => w.id) from crm.workspaces w
    where exists (select from crm.deals d where d.workspace_id = w.id and d.outcome = 'open')
$$;

insert into crm.schedules (name, function, seconds, next_at) values
  ('deals.snapshot', 'app.snapshot_all_deals()', 86400, date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'
    + interval '1 day 1 hour');

revoke execute on all routines in schema app from public;
grant execute on function app.snapshot_open_deals(uuid, integer) to lumenbase_api;
