-- What the open deals of a workspace are forecast to bring, summed up when it is asked for, and good until a deal or
-- a stage is changed, or time alone changes a deal's probability. Who asks in between reads no deals.

-- How often deals and stages were changed in what a forecast is made of. Spread over slots, as crm.record_counts is:
-- one that a snapshot has as many changes of as another saw the same deals.
create table crm.forecast_changes (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  slot smallint not null,
  changes bigint not null,
  primary key (workspace_id, slot)
) with (fillfactor = 50);

alter table crm.forecast_changes enable row level security, force row level security;
create policy tenant on crm.forecast_changes for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.forecast_changes to current_user using (true) with check (true);
grant select on crm.forecast_changes to lumenbase_api;

-- The sums, by pipeline, currency and the month of the expected close date. Unlogged: after a crash they are made anew.
create unlogged table crm.open_forecasts (
  workspace_id uuid primary key default app.workspace_id() references crm.workspaces (id) on delete cascade,
  changes bigint not null,
  sums jsonb not null,
  -- From when until before when no deal is a day older in a way that counts.
  computed_at timestamptz not null,
  until timestamptz not null
) with (fillfactor = 50);

alter table crm.open_forecasts enable row level security, force row level security;
create policy tenant on crm.open_forecasts using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()));
create policy owner on crm.open_forecasts to current_user using (true) with check (true);
-- Sums of all deals tell what those of others are worth, and a Rep has but some of them.
create policy visible on crm.open_forecasts as restrictive to lumenbase_api
  using ((select app.sees_all())) with check ((select app.sees_all()));
grant select, insert, update on crm.open_forecasts to lumenbase_api;

do $make$
declare
  v_columns constant text := 'workspace_id, id, outcome, value, currency, probability, expected_close_date, pipeline_id,
          stage_id, stage_changed_at, closed_at, visited';
  v_raise constant text := $sql$
      insert into crm.forecast_changes as kept (workspace_id, slot, changes)
        -- A workspace that is itself being deleted is not there any more.
        select w.id, app.take_count_slot(w.id), 1 from crm.workspaces w
        where w.id in (select workspace_id from %s)
      on conflict (workspace_id, slot) do update set changes = kept.changes + 1;$sql$;
  v_added constant text := format(v_raise, 'added');
  v_gone constant text := format(v_raise, 'gone');
begin
  call app.follow_changes('deals', 'count_forecast_changes', 'forecast', v_added, v_gone, format(v_raise,
    format('(select %1$s from added except select %1$s from gone) changed', v_columns)));
  call app.follow_changes('stages', 'count_stage_forecasts', 'forecast', v_added, v_gone, v_added);
end
$make$;

revoke execute on all routines in schema app from public;
