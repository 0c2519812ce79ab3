import { sql, statement } from "../db/sql.ts";
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

/** Selects what {@link dashboardOf} makes a dashboard of. It reads totals that are kept, and no deals. */
export function selectDashboard({ from, to }: Period): Statement[] {
  const within = sql`closed_on between ${from}::date and ${to}::date`;
  return [
    statement(sql`
      select t.outcome, sum(t.deals)::int as count from crm.deal_totals t
      where t.outcome = 'open' or ${within} group by t.outcome`),
    statement(sql`
      select t.outcome, t.currency, trim_scale(sum(t.value)) as value, trim_scale(round(
        sum(t.weighted + t.unweighted * coalesce(s.probability::numeric, 0)) / 100, 2)) as weighted
      from crm.deal_totals t left join crm.stages s on s.id = t.stage
      where t.outcome = 'open' or ${within}
      group by t.outcome, t.currency having sum(t.valued) > 0 order by t.currency`),
    statement(sql`
      select s.id, s.name, s.outcome as kind, s.position, s.deals_count::int as count
      from crm.stages_with_deals s join crm.pipelines p on p.id = s.pipeline_id
      where p.is_default order by s.position, s.id`),
    statement(sql`
      select t.stage, t.currency, trim_scale(sum(t.value)) as value
      from crm.deal_totals t where t.stage <> ${NO_STAGE}
      group by t.stage, t.currency having sum(t.valued) > 0 order by t.currency`),
    statement(sql`
      select value as stages, sum(records)::int as deals from crm.record_counts
      where resource = 'deals' and field = 'visited' group by value having sum(records) > 0`),
    statement(sql`
      select coalesce(sum(records) filter (where field = 'is_done'), 0)::int as open,
        coalesce(sum(records) filter (where field = 'open_due_date'), 0)::int as overdue
      from crm.record_counts
      where resource = 'tasks' and (field = 'is_done' and value = 'false'
        or field = 'open_due_date' and value < app.utc_today()::text)`),
  ];
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
