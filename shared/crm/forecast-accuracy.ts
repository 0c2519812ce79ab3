import { type Sql, sql } from "../db/sql.ts";
import { CURRENCY, ofPipeline } from "./deal-forecasts.ts";
import type { ClosedSums } from "./forecast/accuracy.ts";

/** What the deals closed in a month come to, beside what was forecast of them. */
export interface AccuracyRow extends ClosedSums {
  month: string;
  /** The sum of (probability − outcome)². */
  missed: string;
}

/**
 * The query of the deals closed in months (`2026-11`), in order: rows like {@link AccuracyRow}. The forecast of a deal
 * is its last snapshot at least 30 days before it was closed, else its first; one without any before that is left out.
 */
export function accuracyByMonth(months: readonly string[], pipeline: number | undefined): Sql {
  return sql`
    with closed as materialized (
      select to_char(d.closed_at at time zone 'UTC', 'YYYY-MM') as month, d.outcome = 'won' as is_won,
        coalesce(d.value, 0) as value, forecast.probability, forecast.weighted_value
      from crm.deals d, lateral (
        select s.probability, s.weighted_value from crm.deal_snapshots s
        where s.deal_id = d.id and s.computed_at < d.closed_at
        order by s.computed_at <= d.closed_at - interval '30 days' desc,
          case when s.computed_at <= d.closed_at - interval '30 days' then s.computed_at end desc,
          s.computed_at, s.id
        limit 1) forecast
      where d.closed_at >= (${
    months[0]
  }::text || '-01')::timestamp at time zone 'UTC' and d.outcome <> 'open'
        and d.currency = ${CURRENCY} and ${ofPipeline(pipeline)}
    )
    select given.month, count(c.month)::int as deals, (count(*) filter (where c.is_won))::int as won,
      coalesce(sum(c.weighted_value), 0)::text as predicted,
      coalesce(sum(c.value) filter (where c.is_won), 0)::text as actual,
      coalesce(sum((c.probability - c.is_won::int) ^ 2), 0)::text as missed
    from unnest(${months}::text[]) with ordinality as given (month, nth)
    left join closed c on c.month = given.month
    group by given.month, given.nth order by given.nth`;
}
