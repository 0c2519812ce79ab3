import { type Sql, sql } from "../db/sql.ts";
import { USUAL_DAYS } from "./forecast/age.ts";

const USUAL = sql.raw(String(USUAL_DAYS));

/** SQL of what each stage tells of the deals at it, worked out once a stage. */
const STAGES: Sql = sql`
  select f.*, f.won + 10 * coalesce(f.base, 0) as over, f.won + f.lost + 10 as under
  from app.stage_facts(app.workspace_id()) f offset 0`;

/** SQL of the days that a deal, `d`, is late in its stage and past its close date. */
const DAYS: Sql = sql`
  date_part('day', now() - d.stage_changed_at)::integer as days_in_stage,
  (select app.utc_today()) - d.expected_close_date as days_overdue`;

/**
 * SQL of age × overdue, in ten-thousandths: whole numbers are added up faster than decimals. The days are bounded
 * before they are doubled, for a stage may allow as many as there are integers.
 */
const FADED: Sql = sql`
  greatest(50, 100 - 2 * greatest(0, days_in_stage - coalesce(max_days, ${USUAL})))
    * greatest(50, least(100, 100 - days_overdue))`;

/** SQL of a deal's probability, as app.forecast_probability has it, without a call for each of many deals. */
const CHANCE: Sql = sql`
  case outcome when 'won' then 1 when 'lost' then 0 else coalesce(round(
    case when probability is null then over * faded / (under * 10000) else probability::numeric * faded / 1000000 end,
    4), 0) end`;

/**
 * SQL of the deals that meet a condition, `d`, that are forecast as they are now: columns of theirs, with `outcome`,
 * `probability` and `value` among them, and `base`, `won`, `lost`, `max_days`, `days_in_stage`, `days_overdue`,
 * `chance` and `weighted`. Each step is fenced by an offset: else it is worked out again wherever it is named.
 */
export function forecastDeals(condition: Sql, columns: Sql = sql`d.*`): Sql {
  return sql`
    select chanced.*, round(coalesce(value, 0) * chance, 2) as weighted from (
      select faded.*, ${CHANCE} as chance from (
        select aged.*, ${FADED} as faded from (
          select ${columns}, f.base, coalesce(f.won, 0) as won, coalesce(f.lost, 0) as lost, f.max_days, f.over,
            f.under, ${DAYS}
          from crm.deals d left join (${STAGES}) f on f.stage_id = d.stage_id
          where ${condition} offset 0) aged offset 0) faded offset 0) chanced`;
}
