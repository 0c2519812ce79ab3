-- What deals are worth, summed up by what a dashboard asks for, so that it reads no deals.

-- Spread over slots, as crm.record_counts is. stage is nil, the day infinite where there is none.
create table crm.deal_totals (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  outcome text collate "C" not null,
  stage uuid not null,
  closed_on date not null,
  currency text collate "C" not null,
  slot smallint not null,
  deals bigint not null,
  -- How many of them have a value.
  valued bigint not null,
  value numeric not null,
  -- The sum of value × probability in percent of those that have one of their own, and the values of those
  -- that have their stage's.
  weighted numeric not null,
  unweighted numeric not null,
  primary key (workspace_id, outcome, stage, closed_on, currency, slot)
) with (fillfactor = 50);

create index deal_totals_closed_on_idx on crm.deal_totals (workspace_id, outcome, closed_on);

alter table crm.deal_totals enable row level security, force row level security;
create policy tenant on crm.deal_totals for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.deal_totals to current_user using (true) with check (true);
grant select on crm.deal_totals to lumenbase_api;

do $make$
declare
  v_columns constant text := 'workspace_id, outcome, stage_id, closed_at, currency, value, probability';
  v_upsert constant text := $sql$
      with changes as (
        select workspace_id, outcome,
          coalesce(stage_id, '00000000-0000-0000-0000-000000000000') as stage,
          coalesce((closed_at at time zone 'UTC')::date, 'infinity') as closed_on, currency,
          sum(sign) as deals, coalesce(sum(sign) filter (where value is not null), 0) as valued,
          coalesce(sum(sign * value), 0) as value,
          coalesce(sum(sign * value * probability::numeric), 0) as weighted,
          coalesce(sum(sign * value) filter (where probability is null), 0) as unweighted
        from (%s) deal
        group by 1, 2, 3, 4, 5
      ), slots as materialized (
        -- A workspace that is itself being deleted is not there any more.
        select w.id, app.take_count_slot(w.id) as slot from crm.workspaces w
        where w.id in (select workspace_id from changes)
      )
      insert into crm.deal_totals as kept (workspace_id, outcome, stage, closed_on, currency, slot, deals,
          valued, value, weighted, unweighted)
        select slots.id, outcome, stage, closed_on, currency, slot, deals, valued, value, weighted,
          unweighted
        from changes join slots on slots.id = workspace_id
        where (deals, valued, value, weighted, unweighted) is distinct from (0, 0, 0, 0, 0)
      on conflict (workspace_id, outcome, stage, closed_on, currency, slot) do update
        set deals = kept.deals + excluded.deals, valued = kept.valued + excluded.valued,
          value = kept.value + excluded.value,
          weighted = kept.weighted + excluded.weighted,
          unweighted = kept.unweighted + excluded.unweighted;$sql$;
  v_added constant text := format('select %s, 1 as sign from added', v_columns);
  v_gone constant text := format('select %s, -1 as sign from gone', v_columns);
begin
  call app.follow_changes('deals', 'total_deals', 'total', format(v_upsert, v_added),
    format(v_upsert, v_gone), format(v_upsert, v_added || ' union all ' || v_gone));
end
$make$;

revoke execute on all routines in schema app from public;
