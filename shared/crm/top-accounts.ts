import { type Sql, sql } from "../db/sql.ts";
import { CURRENCY } from "./deal-forecasts.ts";

const value = (outcome: string) =>
  sql`trim_scale(coalesce(sum(d.value) filter (where d.outcome = ${sql.literal(outcome)}
    and d.currency = ${sql.literal(CURRENCY)}), 0))`;

/**
 * The query of the companies whose open and won deals are worth most, of those that the actor sees:
 * `accounts`, a JSON array, and the `total` of companies with deals.
 */
export function topAccounts(limit: number): Sql {
  return sql`
    with sold as materialized (
      select d.company_id, ${value("open")} as open_value, ${value("won")} as won_value,
        count(*)::int as deal_count
      from crm.deals d where d.company_id is not null group by d.company_id
    ), page as (
      select c.number as company_id, c.name as company_name, s.open_value, s.won_value, s.deal_count, (
          select count(*)::int from crm.leads l where l.company_id = c.id) as lead_count
      from sold s join crm.companies c on c.id = s.company_id
      order by s.open_value + s.won_value desc, c.number limit ${limit}
    )
    select (select count(*)::int from sold) as total, coalesce((
      select json_agg(page order by open_value + won_value desc, company_id)::text from page), '[]') as accounts`;
}
