-- What deals are forecast by: their stages, and how deals at those ended. shared/crm/forecast has the same
-- formulas, each with its source; forecast-formulas.test.ts compares the two.

-- How many deals were closed on a day, by the stages of their pipeline that they were in. Spread over slots, as
-- crm.record_counts is.
create table crm.stage_outcomes (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  pipeline_id uuid not null,
  stage uuid not null,
  closed_on date not null,
  outcome text collate "C" not null,
  slot smallint not null,
  deals bigint not null,
  primary key (workspace_id, pipeline_id, stage, closed_on, outcome, slot)
) with (fillfactor = 50);

alter table crm.stage_outcomes enable row level security, force row level security;
create policy tenant on crm.stage_outcomes for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.stage_outcomes to current_user using (true) with check (true);
grant select on crm.stage_outcomes to lumenbase_api;

do $make$
declare
  v_columns constant text := 'workspace_id, pipeline_id, visited, closed_at, outcome';
  v_upsert constant text := $sql$
      with changes as (
        select workspace_id, pipeline_id, visit.stage, (closed_at at time zone 'UTC')::date as closed_on, outcome,
          sum(sign) as deals
        from (%s) deal, unnest(visited) visit (stage)
        -- A deal at no stage has visited null.
        where outcome <> 'open' and closed_at is not null and pipeline_id is not null and visit.stage is not null
        group by 1, 2, 3, 4, 5 having sum(sign) <> 0
      ), slots as materialized (
        -- A workspace that is itself being deleted is not there any more.
        select w.id, app.take_count_slot(w.id) as slot from crm.workspaces w
        where w.id in (select workspace_id from changes)
      )
      insert into crm.stage_outcomes as kept (workspace_id, pipeline_id, stage, closed_on, outcome, slot, deals)
        select slots.id, pipeline_id, stage, closed_on, outcome, slot, deals
        from changes join slots on slots.id = workspace_id
      on conflict (workspace_id, pipeline_id, stage, closed_on, outcome, slot) do update
        set deals = kept.deals + excluded.deals;$sql$;
  v_added constant text := format('select %s, 1 as sign from added', v_columns);
  v_gone constant text := format('select %s, -1 as sign from gone', v_columns);
begin
  -- By its name it runs before what takes snapshots, which tells of a deal by them.
  call app.follow_changes('deals', 'count_outcomes', 'outcome', format(v_upsert, v_added),
    format(v_upsert, v_gone), format(v_upsert, v_added || ' union all ' || v_gone));
end
$make$;

-- The probability of the deals of a stage that have none of their own, from 0 to 1: of the k-th of n open ones
-- that has none, k/(n+1).
create function app.stage_probability(
  p_workspace uuid, p_pipeline uuid, p_position integer, p_outcome text, p_percent double precision
) returns numeric
language plpgsql stable
set search_path = ''
as $$
begin
  if p_outcome <> 'open' then
    return case p_outcome when 'won' then 1 else 0 end;
  elsif p_percent is not null then
    return trim_scale(p_percent::numeric / 100);
  end if;
  return (
    select trim_scale(round(count(*) filter (where s.position <= p_position)::numeric / (count(*) + 1), 4))
    from crm.stages s
    where s.workspace_id = p_workspace and s.pipeline_id = p_pipeline and s.outcome = 'open');
end
$$;

-- What a workspace's stages, or one of them, tell of the deals at them: won and lost are those that were there at
-- some time and were closed in the last 365 days.
create function app.stage_facts(p_workspace uuid, p_stage uuid default null)
returns table (stage_id uuid, base numeric, max_days integer, won bigint, lost bigint)
language sql stable
set search_path = ''
rows 20
as $$
  select s.id, app.stage_probability(s.workspace_id, s.pipeline_id, s.position, s.outcome, s.probability),
    s.max_days_in_stage, closed.won, closed.lost
  from crm.stages s, lateral (
    select coalesce(sum(o.deals) filter (where o.outcome = 'won'), 0)::bigint as won,
      coalesce(sum(o.deals) filter (where o.outcome = 'lost'), 0)::bigint as lost
    from crm.stage_outcomes o
    where o.workspace_id = s.workspace_id and o.pipeline_id = s.pipeline_id and o.stage = s.id
      and o.closed_on >= (now() at time zone 'UTC')::date - 365) closed
  where s.workspace_id = p_workspace and (p_stage is null or s.id = p_stage)
$$;

-- Whole days since a time, and since a day of UTC.
create function app.days_since(p_time timestamptz) returns integer
language plpgsql stable
set search_path = ''
as $$ begin return floor(extract(epoch from now() - p_time) / 86400); end $$;

create function app.days_after(p_day date) returns integer
language plpgsql stable
set search_path = ''
as $$ begin return (now() at time zone 'UTC')::date - p_day; end $$;

-- A deal's probability: history × age × overdue, divided once so that a half of the last digit is one. p_own is in
-- percent; p_base, p_won and p_lost are those of its stage, null without one.
create function app.forecast_probability(
  p_outcome text, p_own double precision, p_base numeric, p_won bigint, p_lost bigint, p_days_in_stage integer,
  p_max_days integer, p_days_overdue integer
) returns numeric
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return case p_outcome when 'won' then 1 when 'lost' then 0 else trim_scale(round(
    case when p_own is null then coalesce(p_won, 0) + 10 * coalesce(p_base, 0) else p_own::numeric end
      * greatest(0.5, 1 - 0.02 * greatest(0, p_days_in_stage - coalesce(p_max_days, 30)))
      * greatest(0.5, 1 - 0.01 * greatest(0, coalesce(p_days_overdue, 0)))
      / case when p_own is null then coalesce(p_won, 0) + coalesce(p_lost, 0) + 10 else 100 end, 4)) end;
end
$$;

-- The probability of one deal.
create function app.probability_of_deal(p_id uuid) returns numeric
language sql stable
set search_path = ''
as $$
  select app.forecast_probability(d.outcome, d.probability, f.base, f.won, f.lost, app.days_since(d.stage_changed_at),
    f.max_days, app.days_after(d.expected_close_date))
  from crm.deals d left join lateral app.stage_facts(d.workspace_id, d.stage_id) f on f.stage_id = d.stage_id
  where d.workspace_id = app.workspace_id() and d.id = p_id
$$;

-- What a deal is worth by its probability; one without a value, nothing.
create function app.weighted_value(p_value numeric, p_probability numeric) returns numeric
language plpgsql immutable parallel safe
set search_path = ''
as $$ begin return trim_scale(round(coalesce(p_value, 0) * p_probability, 2)); end $$;

revoke execute on all routines in schema app from public;
grant execute on function app.stage_probability(uuid, uuid, integer, text, double precision),
  app.stage_facts(uuid, uuid), app.days_since(timestamptz), app.days_after(date),
  app.forecast_probability(text, double precision, numeric, bigint, bigint, integer, integer, integer),
  app.probability_of_deal(uuid), app.weighted_value(numeric, numeric) to lumenbase_api;
