import { type Sql, sql } from "../db/sql.ts";
import { forecastDeals } from "./forecast-deals.ts";
import { decimal } from "./forecast/decimals.ts";
import type { DealFacts } from "./forecast/probability.ts";
import {
  MOST_RISK,
  QUIET_DAYS,
  RISK_LEVELS,
  RISK_POINTS,
  type RiskFacts,
  type RiskLevel,
  SLIPPING,
} from "./forecast/risk.ts";
import { USUAL_DAYS } from "./forecast/age.ts";

/** The currency of the workspace, in which forecasts add up. */
export const CURRENCY = "USD";

/**
 * SQL of what the risk of a deal, `d`, is told by beside its days: as columns. A deal that was itself changed
 * of late is not quiet, whatever else happened.
 */
const RISK_COLUMNS: Sql = sql`
  case when d.updated_at > now() - make_interval(days => ${sql.raw(String(QUIET_DAYS))}) then 0
    else app.days_since(greatest(d.updated_at, lead.last_activity_at, lead.updated_at, (
      select max(a.created_at) from crm.activities a where a.deal_id = d.id), (
      select max(t.updated_at) from crm.tasks t where t.deal_id = d.id))) end as days_quiet,
  coalesce(d.value <= 0.8 * d.greatest_value and d.greatest_value > 0, false) as is_devalued`;

/** What the risk of many deals is told by: as few columns as that takes, for there may be many. */
const RISKY: Sql =
  sql`d.id, d.number, d.outcome, d.probability, d.value, d.greatest_value, d.lead_id, d.updated_at,
  d.postponements`;

/** A deal with what its risk is told by; numbers of many digits as text. */
export interface RiskyDeal {
  number: number;
  title: string;
  value: string | null;
  expected_close_date: string | null;
  stage: string | null;
  max_days: number | null;
  days_in_stage: number;
  days_overdue: number | null;
  days_quiet: number;
  postponements: number;
  is_devalued: boolean;
}

/** A deal with what its forecast is made of. */
export interface ForecastDeal extends RiskyDeal {
  outcome: DealFacts["outcome"];
  own: number | null;
  base: string | null;
  won: number;
  lost: number;
  /** The probability of the snapshot that a trend is told against, and when that was. */
  earlier: string | null;
  since: string | null;
  now: string;
}

const time = (value: Sql) => sql`to_char(${value}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The query of one deal with what its forecast is made of: `deal`, JSON text. */
export function forecastDeal(number: number): Sql {
  return sql`
    select row_to_json(its)::text as deal from (
      select d.number, d.title, d.outcome, d.value::text, d.expected_close_date, d.stage,
        d.probability as own, d.base::text, d.won, d.lost, d.max_days, d.days_in_stage, d.days_overdue,
        ${RISK_COLUMNS}, d.postponements, trend.probability::text as earlier, ${
    time(sql`trend.computed_at`)
  } as since,
        ${time(sql`now()`)} as now
      from (${forecastDeals(sql`d.number = ${number}`)}) d
      left join crm.leads lead on lead.id = d.lead_id
      left join lateral (
        select s.probability, s.computed_at from crm.deal_snapshots s where s.deal_id = d.id
        order by s.computed_at <= now() - interval '7 days' desc,
          case when s.computed_at <= now() - interval '7 days' then s.computed_at end desc, s.computed_at, s.id
        limit 1) trend on true) its`;
}

/** What the formulas take of a deal. */
export function factsOf(deal: ForecastDeal): DealFacts & RiskFacts {
  return {
    ...riskFactsOf(deal),
    outcome: deal.outcome,
    own: deal.own,
    stage: deal.base === null ? null : decimal(deal.base).times(100),
    closed: { won: deal.won, lost: deal.lost },
  };
}

/** What the risk of a deal is told by. */
export function riskFactsOf(deal: RiskyDeal): RiskFacts {
  return {
    daysInStage: deal.days_in_stage,
    maxDaysInStage: deal.max_days,
    daysOverdue: deal.days_overdue,
    daysQuiet: deal.days_quiet,
    postponements: deal.postponements,
    isDevalued: deal.is_devalued,
  };
}

/** Which deals at risk are asked for. */
export interface AtRisk {
  level?: Exclude<RiskLevel, "none"> | undefined;
  /** The id of their owner. */
  owner?: string | undefined;
  /** The number of their pipeline. */
  pipeline?: number | undefined;
  limit: number;
  skipped: number;
}

const points = ([code, condition]: readonly [keyof typeof RISK_POINTS, Sql]) =>
  sql`case when ${condition} then ${sql.raw(String(RISK_POINTS[code]))} else 0 end`;

/** SQL of the score of a row with the columns of a risk: as {@link RISK_POINTS} say, for the order alone. */
const SCORE: Sql = sql`least(${sql.raw(String(MOST_RISK))}, ${
  sql.join(
    ([
      ["overdue", sql`coalesce(days_overdue > 0, false)`],
      ["stuck", sql`days_in_stage > coalesce(max_days, ${sql.raw(String(USUAL_DAYS))})`],
      ["no_activity", sql`days_quiet >= ${sql.raw(String(QUIET_DAYS))}`],
      ["slipping", sql`postponements >= ${sql.raw(String(SLIPPING))}`],
      ["value_dropped", sql`is_devalued`],
    ] as const).map(points),
    sql` + `,
  )
})`;

/** The query of open deals at risk, the greatest risk first: `deals`, JSON text, and `total`. */
export function dealsAtRisk({ level, owner, pipeline, limit, skipped }: AtRisk): Sql {
  const least = RISK_LEVELS[level ?? "watch"];
  const most = level === "watch"
    ? RISK_LEVELS.at_risk - 1
    : level === "at_risk"
    ? RISK_LEVELS.critical - 1
    : MOST_RISK;
  return sql`
    with facts as (
      select d.*, ${RISK_COLUMNS} from (${
    forecastDeals(
      sql`d.outcome = 'open' and (${owner ?? null}::uuid is null or d.assigned_to = ${
        owner ?? null
      }::uuid) and ${ofPipeline(pipeline)}`,
      RISKY,
    )
  }) d left join crm.leads lead on lead.id = d.lead_id
    ), scored as (
      select facts.*, ${SCORE} as score from facts
    ), chosen as materialized (
      select * from scored where score between ${least}::integer and ${most}::integer
    ), page as (
      select * from chosen order by score desc, value desc nulls last, number desc limit ${limit} offset ${skipped}
    )
    select (select count(*) from chosen)::int as total, coalesce((
      select json_agg(line)::text from (
        select c.number, d.title, (select l.number from crm.leads l where l.id = d.lead_id) as lead_id,
          (select p.number from crm.pipelines p where p.id = d.pipeline_id) as pipeline_id,
          (select s.number from crm.stages s where s.id = d.stage_id) as stage_id, d.stage,
          (select u.number from crm.users u where u.id = d.assigned_to) as assigned_to, c.value::text,
          trim_scale(c.chance)::text as chance, trim_scale(c.weighted)::text as weighted, d.expected_close_date,
          c.max_days, c.days_in_stage, c.days_overdue, c.days_quiet, c.postponements, c.is_devalued
        from page c join crm.deals d on d.id = c.id
        order by c.score desc, c.value desc nulls last, c.number desc) line), '[]') as deals`;
}

/** SQL that is true of deals, `d`, of the pipeline with a number; without one, of all. */
export function ofPipeline(number: number | undefined): Sql {
  return number === undefined ? sql`true` : sql`d.pipeline_id = ${idOf(number)}`;
}

/** SQL of the id of the pipeline with a number. */
export const idOf = (pipeline: number): Sql =>
  sql`(select p.id from crm.pipelines p where p.number = ${pipeline})`;
