import { type Sql, sql } from "../db/sql.ts";
import { CURRENCY, idOf, ofPipeline } from "./deal-forecasts.ts";
import { forecastDeals } from "./forecast-deals.ts";
import type { Period } from "./forecast/periods.ts";
import type { OpenForecast } from "./open-forecast.ts";

/** The query of today's date, in UTC: `today`. */
export const TODAY: Sql = sql`select app.utc_today()::text as today`;

const SUMS = sql`coalesce(sum(o.deals), 0)::int as deal_count,
  trim_scale(coalesce(sum(o.value), 0)) as total_value,
  trim_scale(coalesce(sum(o.weighted), 0)) as weighted_value`;
const MORE_SUMS = sql`${SUMS}, trim_scale(coalesce(sum(o.value), 0)) as best_case,
  trim_scale(coalesce(sum(o.committed), 0)) as commit`;

/**
 * The query of what is to be expected of a pipeline, or of all: `forecast`, JSON text with `periods`, `totals`,
 * `beyond` and `other_currencies`; no row while what open deals come to is not known. A deal due before the first
 * period counts in that, one due after the last or at no time beyond.
 */
export function pipelineForecast(
  periods: readonly Period[],
  pipeline: number | undefined,
  { months, known }: OpenForecast,
): Sql {
  const first = periods[0]?.start_date ?? "";
  return sql`
    with given as materialized (
      select p.period, p.start_date, p.end_date, nth
      from jsonb_array_elements(${
    JSON.stringify(periods)
  }::jsonb) with ordinality as element (of, nth),
        jsonb_to_record(of) as p (period text, start_date date, end_date date)
    ), ${months}, open as materialized (
      select m.*, (select min(given.nth) from given where m.due <= given.end_date) as nth from months m
      where ${pipeline === undefined ? sql`true` : sql`m.pipeline = ${idOf(pipeline)}`}
    ), own as materialized (
      select * from open where currency = ${CURRENCY}
    ), won as materialized (
      ${pipeline === undefined ? wonByTotals(first) : wonByDeals(first, pipeline)}
    )
    select json_build_object(${forecastParts(first)})::text as forecast where ${known}`;
}

/** SQL of the values of deals won in the `given` periods, from the first's first day on. */
const wonByDeals = (first: string, pipeline: number | undefined) =>
  sql`
  select given.nth, d.value from given join crm.deals d on d.outcome = 'won' and d.currency = ${CURRENCY}
    and d.closed_at >= ${first}::timestamp at time zone 'UTC'
    and d.closed_at >= given.start_date::timestamp at time zone 'UTC'
    and d.closed_at < (given.end_date + 1)::timestamp at time zone 'UTC' and ${
    ofPipeline(pipeline)
  }`;

/** The same of all pipelines: from the totals that are kept, for who sees all deals. */
const wonByTotals = (first: string) =>
  sql`
  select given.nth, t.value from given join crm.deal_totals t on t.outcome = 'won' and t.currency = ${CURRENCY}
    and t.closed_on between given.start_date and given.end_date and (select app.sees_all())
  union all
  select of_seen.* from (${
    wonByDeals(first, undefined)
  }) of_seen where not (select app.sees_all())`;

const sumsOf = (chosen: Sql, first: string) =>
  sql`
  select ${MORE_SUMS}, trim_scale(coalesce(sum(o.value) filter (where o.due < ${first}::date), 0)) as overdue
  from own o where ${chosen}`;

/** SQL of what a forecast has, of its `given` periods, `open` deals, `own` ones of the currency and `won` ones. */
function forecastParts(first: string): Sql {
  return sql`
      'periods', (
        select json_agg(line order by nth) from (
          select given.nth, json_build_object('period', given.period, 'start_date', given.start_date,
              'end_date', given.end_date, 'deal_count', sums.deal_count, 'total_value', sums.total_value,
              'weighted_value', sums.weighted_value, 'best_case', sums.best_case, 'commit', sums.commit,
              'won_value', (select trim_scale(coalesce(sum(w.value), 0)) from won w where w.nth = given.nth),
              'overdue_value', sums.overdue) as line
          from given, lateral (
            ${sumsOf(sql`o.nth = given.nth`, first)}) sums) lines),
      'totals', (
        select json_build_object('deal_count', sums.deal_count, 'total_value', sums.total_value,
          'weighted_value', sums.weighted_value, 'best_case', sums.best_case, 'commit', sums.commit,
          'won_value', (select trim_scale(coalesce(sum(w.value), 0)) from won w), 'overdue_value', sums.overdue)
        from (
          ${sumsOf(sql`o.nth is not null`, first)}) sums),
      'beyond', (select row_to_json(sums) from (select ${SUMS} from own o where o.nth is null) sums),
      'other_currencies', (
        select coalesce(json_agg(sums order by sums.currency), '[]') from (
          select o.currency, ${SUMS} from open o where o.currency <> ${CURRENCY} group by o.currency) sums)`;
}

/** Which deals of a period are asked for. */
export interface Contributors {
  /** The number of their pipeline. */
  pipeline: number;
  month: Period;
  /** Whether those due before count in it. */
  isCurrent: boolean;
  limit: number;
  skipped: number;
}

/** The query of the open deals of a month, the greatest first: `deals` and `summary`, JSON texts, and `total`. */
export function contributors({ pipeline, month, isCurrent, limit, skipped }: Contributors): Sql {
  return sql`
    with chosen as materialized (
      select d.* from (${forecastDeals(sql`d.outcome = 'open' and ${ofPipeline(pipeline)}`)}) d
      where d.currency = ${CURRENCY} and d.expected_close_date <= ${month.end_date}::date
        and (${isCurrent} or d.expected_close_date >= ${month.start_date}::date)
    ), sums as (
      select count(*)::int as total, trim_scale(coalesce(sum(o.value), 0)) as total_value,
        trim_scale(coalesce(sum(o.weighted), 0)) as weighted_value from chosen o
    )
    select sums.total, json_build_object('total_value', sums.total_value, 'weighted_value', sums.weighted_value)::text
        as summary, coalesce((
      select json_agg(page)::text from (
        select c.number as deal_id, c.title, (select l.number from crm.leads l where l.id = c.lead_id) as lead_id,
          (select u.number from crm.users u where u.id = c.assigned_to) as assigned_to,
          (select s.number from crm.stages s where s.id = c.stage_id) as stage_id, c.stage as stage_name, c.value,
          trim_scale(c.chance) as probability, trim_scale(c.weighted) as weighted_value,
          case when sums.weighted_value = 0 then 0 else trim_scale(round(c.weighted / sums.weighted_value, 4)) end
            as share, c.expected_close_date
        from chosen c order by c.weighted desc, c.number desc limit ${limit} offset ${skipped}) page), '[]') as deals
    from sums`;
}
