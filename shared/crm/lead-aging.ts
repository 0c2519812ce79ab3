import { type Sql, sql } from "../db/sql.ts";

/** The ages that leads are counted by, in whole days, the last without an end. */
export const AGES: readonly { bucket: string; from: number; to: number | null }[] = [
  { bucket: "0-7", from: 0, to: 7 },
  { bucket: "8-14", from: 8, to: 14 },
  { bucket: "15-30", from: 15, to: 30 },
  { bucket: "31-60", from: 31, to: 60 },
  { bucket: "61-90", from: 61, to: 90 },
  { bucket: "90+", from: 91, to: null },
];

/** After so many days in which nothing happened a lead is stale. */
const STALE = sql`interval '30 days'`;

const days = (count: number) => sql.raw(`interval '${count} days'`);

/** The query of how old leads are that are neither converted nor unqualified: `aging`, JSON text. */
export const LEAD_AGING: Sql = sql`
  with open as (
    select case ${
  sql.join(
    AGES.slice(1).toReversed().map(({ from }) =>
      sql`when l.created_at <= now() - ${days(from)} then ${sql.raw(String(from))}`
    ),
    sql` `,
  )
} else 0 end as age, l.estimated_value,
      l.created_at < now() - ${STALE} and coalesce(l.last_activity_at, '-infinity') < now() - ${STALE} as is_stale
    from crm.leads l where l.status not in ('converted', 'unqualified')
  ), counted as materialized (
    select age, count(*)::int as count, sum(estimated_value) as value,
      (count(*) filter (where is_stale))::int as stale
    from open group by age
  )
  select json_build_object(
    'buckets', (
      select json_agg(json_build_object('bucket', known.bucket, 'from_days', known.from_days,
        'to_days', known.to_days, 'count', coalesce(c.count, 0),
        'estimated_value', trim_scale(coalesce(c.value, 0))) order by known.from_days)
      from (values ${
  sql.join(
    AGES.map(({ bucket, from, to }) =>
      sql`(${sql.literal(bucket)}, ${sql.raw(String(from))}, ${sql.raw(String(to ?? "null"))})`
    ),
  )
}) known (bucket, from_days, to_days)
      left join counted c on c.age = known.from_days),
    'total', (select coalesce(sum(count), 0)::int from counted),
    'stale', (select coalesce(sum(stale), 0)::int from counted))::text as aging`;
