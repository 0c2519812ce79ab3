import { type Sql, sql } from "../db/sql.ts";
import { dealTotals, type Period } from "./dashboard.ts";
import { CURRENCY } from "./deal-forecasts.ts";
import { HOT_LEADS } from "./intent-signals.ts";
import type { OpenForecast } from "./open-forecast.ts";

/** SQL of when a period begins, and when the day after it does. */
export const beginOf = ({ from }: Period): Sql =>
  sql`(${from}::date::timestamp at time zone 'UTC')`;
export const endOf = ({ to }: Period): Sql =>
  sql`((${to}::date + 1)::timestamp at time zone 'UTC')`;

/** SQL that is true where a time is within a period. */
export function within(time: Sql, period: Period): Sql {
  return sql`${time} >= ${beginOf(period)} and ${time} < ${endOf(period)}`;
}

/** SQL of the share of `won` in both, to four decimals; null of none. */
export const WIN_RATE: Sql = sql`trim_scale(round(won::numeric / nullif(won + lost, 0), 4))`;

const total = (resource: string) =>
  sql`(select coalesce(sum(records), 0)::int from crm.record_counts
    where resource = ${sql.literal(resource)} and field = '')`;

/** Leads by a word of theirs: `word`, which is null of those without, and `count`. */
function byWord(column: "status" | "source", seesAll: boolean): Sql {
  const name = sql.ref(column);
  if (!seesAll) {
    return sql`select ${name} collate "C" as word, count(*)::int as count from crm.leads group by 1`;
  }
  const kept = sql`from crm.record_counts where resource = 'leads' and field = ${
    sql.literal(column)
  }`;
  return sql`select value as word, sum(records)::int as count ${kept} group by value having sum(records) > 0
    union all select null, rest from (
      select ${
    total("leads")
  } - coalesce(sum(records), 0)::int as rest ${kept}) others where rest > 0`;
}

function listed(column: "status" | "source", name: string, seesAll: boolean): Sql {
  return sql`(
    select coalesce(json_agg(json_build_object(${sql.literal(name)}, k.number,
      ${sql.literal(`${name}_text`)}, k.name, 'count', by.count)
      order by by.count desc, k.number), '[]')
    from (${byWord(column, seesAll)}) by left join crm.lookups k
      on k.module_name = 'lead' and k.type = ${sql.literal(column)} and k.value = by.word)`;
}

function deals(period: Period, seesAll: boolean): Sql {
  const own = sql`t.currency = ${CURRENCY}`;
  const count = (outcome: string) =>
    sql`coalesce(sum(t.deals) filter (where t.outcome = ${sql.literal(outcome)}), 0)::int`;
  const value = (outcome: string) =>
    sql`trim_scale(coalesce(sum(t.value) filter (where t.outcome = ${
      sql.literal(outcome)
    } and ${own}), 0))`;
  return sql`(
    select json_build_object('open_count', open, 'open_value', open_value, 'weighted_value', (
        select trim_scale(coalesce(sum(m.weighted), 0)) from months m where m.currency = ${CURRENCY}),
      'won_count', won, 'won_value', won_value, 'lost_count', lost, 'win_rate', ${WIN_RATE})
    from (
      select ${count("open")} as open, ${value("open")} as open_value, ${count("won")} as won,
        ${value("won")} as won_value, ${count("lost")} as lost
      from ${dealTotals(seesAll)} t
      where t.outcome = 'open'
        or t.closed_on between ${period.from}::date and ${period.to}::date) sums)`;
}

/** How many were made in a period, beside how many there are. */
function made(resource: "contacts" | "companies", period: Period): Sql {
  return sql`json_build_object('total', ${total(resource)}, 'new', (
    select count(*)::int from ${sql.table(`crm.${resource}`)}
    where ${within(sql`created_at`, period)}))`;
}

const FOLLOW_UPS: Sql = sql`(
  select json_build_object('due_today', count(*) filter (where f.due_date = app.utc_today()),
    'overdue', count(*) filter (where f.follow_up_at < now()))
  from crm.follow_ups f
  where not f.is_done and f.due_date_key <= app.utc_today() and f.state in (1, 2) and f.lead_id is not null)`;

/**
 * The query of what there is now, and what happened in a period, of what the actor sees: `overview`, JSON
 * text; no row while what open deals come to is not known.
 */
export function overview(
  period: Period,
  seesAll: boolean,
  { months, known }: OpenForecast,
): Sql {
  const leads = seesAll ? total("leads") : sql`(select count(*)::int from crm.leads)`;
  return sql`
    with ${months}
    select json_build_object(
      'leads', json_build_object('total', ${leads},
        'new', (select count(*)::int from crm.leads where ${within(sql`created_at`, period)}),
        'by_status', ${listed("status", "status", seesAll)},
        'by_source', ${listed("source", "lead_source", seesAll)}),
      'deals', ${deals(period, seesAll)},
      'contacts', ${made("contacts", period)},
      'companies', ${made("companies", period)},
      'meetings', (
        select json_build_object('scheduled', count(*) filter (where status in (1, 2)),
          'held', count(*) filter (where status = 3))
        from crm.meetings where ${within(sql`start_time`, period)}),
      'follow_ups', ${FOLLOW_UPS},
      'hot_leads', ${HOT_LEADS})::text as overview
    where ${known}`;
}
