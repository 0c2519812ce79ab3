import { DatabaseUnavailable } from "../db/errors.ts";
import { type Sql, sql, statement } from "../db/sql.ts";
import type { Rows } from "../db/wire/pipeline.ts";
import type { Workspace } from "../db/workspace.ts";
import { forecastDeals } from "./forecast-deals.ts";
import { MOST_FADED_DAYS, USUAL_DAYS } from "./forecast/age.ts";

/** From which probability on a deal is committed to. */
const COMMITTED = sql.raw("0.75");

const [USUAL, MOST] = [USUAL_DAYS, MOST_FADED_DAYS].map((days) => sql.raw(String(days)));

/** What the sums are told by. */
const SUMMED = sql`d.outcome, d.probability, d.value, d.currency, d.pipeline_id,
  d.expected_close_date, d.stage_changed_at`;

const CHANGES: Sql = sql`(select coalesce(sum(c.changes), 0) from crm.forecast_changes c)`;

/**
 * Where what open deals come to is read: `months` are queries for a `with`, the last of them `months`, rows of
 * `pipeline`, `currency`, `due` (the first day of a month, or null), `deals`, `value`, `weighted`, `committed`;
 * `known` is SQL that is true when they are known.
 */
export interface OpenForecast {
  months: Sql;
  known: Sql;
}

/** What was kept, while it is what the deals come to. */
export const KEPT: OpenForecast = {
  months: sql`
    kept as materialized (
      select f.sums from crm.open_forecasts f
      where f.changes = ${CHANGES} and f.computed_at <= now() and now() < f.until
    ), months as materialized (
      select m.* from kept, jsonb_to_recordset(kept.sums) as m (pipeline uuid, currency text, due date, deals bigint,
        value numeric, weighted numeric, committed numeric)
    )`,
  known: sql`exists (select from kept)`,
};

/** The deals themselves, as many as the actor sees. They are read once, and summed up by the day that they are due. */
export const SEEN: OpenForecast = {
  months: sql`
    days as materialized (
      select d.pipeline_id as pipeline, d.currency, d.expected_close_date as due, count(*) as deals,
        sum(d.value) as value, sum(d.weighted) as weighted,
        sum(d.value) filter (where d.chance >= ${COMMITTED}) as committed,
        -- When the first of them has been a day longer in its stage, if that fades it.
        min(d.stage_changed_at + (d.days_in_stage + 1) * interval '24 hours')
          filter (where d.days_in_stage - coalesce(d.max_days, ${USUAL}) between 0 and ${MOST} - 1) as until
      from (${forecastDeals(sql`d.outcome = 'open'`, SUMMED)}) d
      group by d.pipeline_id, d.currency, d.expected_close_date
    ), months as materialized (
      select pipeline, currency, date_trunc('month', due::timestamp)::date as due, sum(deals) as deals,
        sum(value) as value, sum(weighted) as weighted, sum(committed) as committed, min(until) as until
      from days group by 1, 2, 3
    )`,
  known: sql`true`,
};

/** The same, kept for whoever asks next. Days of UTC end at midnight, for close dates and closed deals. */
const MADE: OpenForecast = {
  months: sql`${SEEN.months}, made as (
      insert into crm.open_forecasts as kept (changes, sums, computed_at, until)
        select ${CHANGES}, coalesce(jsonb_agg(to_jsonb(m) - 'until'), '[]'), now(),
          least(min(m.until), (app.utc_today() + 1)::timestamp at time zone 'UTC')
        from months m
      on conflict (workspace_id) do update set changes = excluded.changes, sums = excluded.sums,
        computed_at = excluded.computed_at, until = excluded.until
        where excluded.changes >= kept.changes
    )`,
  known: sql`true`,
};

/**
 * The row of a query that is told by what open deals come to: by what is kept of that if it still holds, else by the
 * deals. Who does not see all of them is told by those that they see.
 */
export async function askOpenForecast(
  workspace: Workspace,
  query: (open: OpenForecast) => Sql,
): Promise<Rows> {
  const [rows = []] = await workspace.read([statement(query(workspace.seesAll ? KEPT : SEEN))]);
  if (rows.length > 0) return rows;
  try {
    const [made = []] = await workspace.write([statement(query(MADE))]);
    return made;
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    // A read-only server, such as one whose disk is full, still tells what it keeps nothing of.
    const [seen = []] = await workspace.read([statement(query(SEEN))]);
    return seen;
  }
}
