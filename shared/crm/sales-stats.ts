import { type Sql, sql } from "../db/sql.ts";
import type { Period } from "./dashboard.ts";
import { CURRENCY } from "./deal-forecasts.ts";
import { beginOf, endOf, WIN_RATE, within } from "./overview.ts";

// SQL of what deals of the workspace's currency are worth that are open, or won in the period.
const OPEN_VALUE = sql`sum(d.value) filter (where d.outcome = 'open' and d.currency = ${
  sql.literal(CURRENCY)
})`;
const WON_VALUE = sql`sum(d.value) filter (where d.outcome = 'won' and d.currency = ${
  sql.literal(CURRENCY)
})`;

const closed = (period: Period) =>
  sql`d.outcome in ('won', 'lost') and ${within(sql`d.closed_at`, period)}`;

const CONVERSION = sql`
  select trim_scale(round(count(*) filter (where m.status = 'converted' or exists (
      select from crm.deals d where d.lead_id = m.id and d.outcome = 'won'))::numeric
    / nullif(count(*), 0), 4)) from made m`;

const PER_DAY = (period: Period) =>
  sql`
  select json_agg(json_build_object('date', days.day::date, 'count', coalesce(counted.count, 0))
    order by days.day)
  from generate_series(${period.from}::date::timestamp, ${period.to}::date::timestamp, interval '1 day') days (day)
  left join (
    select (created_at at time zone 'UTC')::date as day, count(*)::int as count from made group by 1
  ) counted on counted.day = days.day`;

/** Leads that were made in the period, what is open and what was won in it, by whose they are. */
const BY_OWNER = sql`
  select coalesce(json_agg(json_build_object('user_id', u.number, 'name', u.name, 'leads', by.leads,
      'open_value', trim_scale(by.open_value), 'won_value', trim_scale(by.won_value))
    order by by.won_value desc, by.open_value desc, by.leads desc, u.number), '[]')
  from (
    select owner, sum(leads)::int as leads, sum(open_value) as open_value, sum(won_value) as won_value
    from (
      select assigned_to as owner, count(*) as leads, 0 as open_value, 0 as won_value from made group by 1
      union all
      select d.assigned_to, 0, coalesce(${OPEN_VALUE}, 0), 0 from crm.deals d where d.outcome = 'open' group by 1
      union all
      select d.assigned_to, 0, 0, coalesce(${WON_VALUE}, 0) from closed d where d.outcome = 'won' group by 1) parts
    group by owner) by
  left join crm.users u on u.id = by.owner`;

/** The period of as many days before one. */
function before(period: Period): { start: Sql; end: Sql } {
  const end = beginOf(period);
  return { start: sql`(${end} - (${endOf(period)} - ${end}))`, end };
}

/** The query of how sales went in a period, of what the actor sees: `stats`, JSON text. */
export function salesStats(period: Period): Sql {
  const { start, end } = before(period);
  return sql`
    with made as materialized (
      select id, status, assigned_to, created_at from crm.leads where ${
    within(sql`created_at`, period)
  }
    ), closed as materialized (
      select d.outcome, d.value, d.currency, d.assigned_to, d.created_at, d.closed_at from crm.deals d
      where ${closed(period)}
    )
    select json_build_object(
      'conversion_rate', (${CONVERSION}),
      'average_deal_value', (
        select trim_scale(round(avg(value), 2)) from closed
        where outcome = 'won' and currency = ${sql.literal(CURRENCY)}),
      'average_sales_cycle_days', (
        select trim_scale(round(avg(greatest(0, extract(epoch from closed_at - created_at) / 86400)), 2))
        from closed where outcome = 'won'),
      'win_rate', (
        select ${WIN_RATE} from (
          select count(*) filter (where outcome = 'won') as won, count(*) filter (where outcome = 'lost') as lost
          from closed) sums),
      'leads_per_day', (${PER_DAY(period)}),
      'by_owner', (${BY_OWNER}),
      'previous', json_build_object(
        'leads', (select count(*)::int from crm.leads where created_at >= ${start} and created_at < ${end}),
        'won_value', (
          select trim_scale(coalesce(${WON_VALUE}, 0)) from crm.deals d
          where d.outcome = 'won' and d.closed_at >= ${start} and d.closed_at < ${end})))::text as stats`;
}
