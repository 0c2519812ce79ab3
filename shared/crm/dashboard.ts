import { type Sql, sql, statement } from "../db/sql.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import { rowOf, rowsOf } from "../db/wire/rows.ts";
import { funnelOf, type FunnelStage, type Visited } from "./funnel.ts";

/** Days, both included, in UTC. */
export interface Period {
  from: string;
  to: string;
}

/** What deals of one currency are worth. Amounts are decimal texts. */
export interface Worth {
  currency: string;
  value: string;
}

/** How many deals, and what they are worth by currency. */
export interface Tally<W extends Worth = Worth> {
  count: number;
  values: W[];
}

/** What a dashboard shows, but for the newest activities. */
export interface Dashboard {
  open: Tally<Worth & { weightedValue: string }>;
  won: Tally;
  lost: Tally;
  funnel: FunnelStage[];
  /** What the deals at stages are worth; `stage` is an id. */
  stageValues: readonly (Worth & { stage: string })[];
  tasks: { open: number; overdue: number };
}

const NO_STAGE = "00000000-0000-0000-0000-000000000000";

/** Where what a dashboard adds up is read. */
interface Sources {
  /** Deals, summed up or not. */
  totals: Sql;
  /** How many deals have been at exactly which stages. */
  visits: Sql;
  tasks: Sql;
}

// Totals that are kept: of all deals and tasks of the workspace, of which none are read.
const KEPT: Sources = {
  totals: sql`crm.deal_totals`,
  visits: sql`
    select value as stages, sum(records)::int as deals from crm.record_counts
    where resource = 'deals' and field = 'visited' group by value having sum(records) > 0`,
  tasks: sql`
    select coalesce(sum(records) filter (where field = 'is_done'), 0)::int as open,
      coalesce(sum(records) filter (where field = 'open_due_date'), 0)::int as overdue
    from crm.record_counts
    where resource = 'tasks' and (field = 'is_done' and value = 'false'
      or field = 'open_due_date' and value < app.utc_today()::text)`,
};

// The deals and tasks themselves, of which the rows' policies show an actor those that they see.
const SEEN: Sources = {
  totals: sql`(
    select outcome, coalesce(stage_id, ${sql.literal(NO_STAGE)}::uuid) as stage,
      coalesce((closed_at at time zone 'UTC')::date, 'infinity') as closed_on, currency, 1 as deals,
      (value is not null)::int as valued, coalesce(value, 0) as value,
      coalesce(value * probability::numeric, 0) as weighted,
      case when probability is null then coalesce(value, 0) else 0 end as unweighted
    from crm.deals)`,
  visits:
    sql`select visited::text as stages, count(*)::int as deals from crm.deals group by visited`,
  tasks: sql`
    select (count(*) filter (where not is_done))::int as open,
      (count(*) filter (where open_due_date < app.utc_today()))::int as overdue from crm.tasks`,
};

/** Deals by outcome, stage, day they closed and currency: as totals that are kept, or those that an actor sees. */
export function dealTotals(seesAll: boolean): Sql {
  return (seesAll ? KEPT : SEEN).totals;
}

/**
 * Selects what {@link dashboardOf} makes a dashboard of: of totals that are kept, or for an actor who does not
 * see every record of those that they see.
 */
export function selectDashboard({ from, to }: Period, seesAll = true): Statement[] {
  const { totals, visits, tasks } = seesAll ? KEPT : SEEN;
  const within = sql`closed_on between ${from}::date and ${to}::date`;
  return [
    sql`
      select t.outcome, sum(t.deals)::int as count from ${totals} t
      where t.outcome = 'open' or ${within} group by t.outcome`,
    sql`
      select t.outcome, t.currency, trim_scale(sum(t.value)) as value, trim_scale(round(
        sum(t.weighted + t.unweighted * coalesce(s.probability::numeric, 0)) / 100, 2)) as weighted
      from ${totals} t left join crm.stages s on s.id = t.stage
      where t.outcome = 'open' or ${within}
      group by t.outcome, t.currency having sum(t.valued) > 0 order by t.currency`,
    sql`
      select s.id, s.name, s.outcome as kind, s.position, s.deals_count::int as count
      from crm.stages_with_deals s join crm.pipelines p on p.id = s.pipeline_id
      where p.is_default order by s.position, s.id`,
    sql`
      select t.stage, t.currency, trim_scale(sum(t.value)) as value
      from ${totals} t where t.stage <> ${NO_STAGE}
      group by t.stage, t.currency having sum(t.valued) > 0 order by t.currency`,
    visits,
    tasks,
  ].map(statement);
}

/** The dashboard of the rows of {@link selectDashboard}. */
export function dashboardOf(rows: readonly Rows[]): Dashboard {
  const counts = rowsOf<{ outcome: string; count: number }>(rows[0]);
  const values = rowsOf<Worth & { outcome: string; weighted: string }>(rows[1]);
  const stages = rowsOf<Omit<FunnelStage, "reached" | "conversionPct">>(rows[2]);
  const visits = rowsOf<{ stages: string; deals: number }>(rows[4]);
  const tally = (outcome: string) => ({
    count: counts.find((one) => one.outcome === outcome)?.count ?? 0,
    values: values.filter((one) => one.outcome === outcome),
  });
  const worthOf = ({ currency, value }: Worth) => ({ currency, value });
  const [open, won, lost] = [tally("open"), tally("won"), tally("lost")];
  const visited: Visited[] = visits.map((one) => ({
    stages: one.stages.replace(/[{}]/g, "").split(","),
    deals: one.deals,
  }));
  return {
    open: {
      count: open.count,
      values: open.values.map(({ currency, value, weighted }) => ({
        currency,
        value,
        weightedValue: weighted,
      })),
    },
    won: { count: won.count, values: won.values.map(worthOf) },
    lost: { count: lost.count, values: lost.values.map(worthOf) },
    funnel: funnelOf(stages, visited),
    stageValues: rowsOf<Worth & { stage: string }>(rows[3]),
    tasks: rowOf<{ open: number; overdue: number }>(rows[5]),
  };
}
