import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import type { Condition } from "./lists/conditions.ts";
import { criteriaOf } from "./lists/selection.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import { money } from "./values/amounts.ts";
import * as answer from "./values/record-schema.ts";
import { neededBy, shown, type View } from "./views/view.ts";

const ACCOUNT_STATUSES = ["active", "paused", "won", "lost"] as const;

/** How engaged an account is (SQL: app.account_health). */
export const HEALTHS = ["hot", "warm", "at_risk", "cold"] as const;

const TIER = "Must be 1, 2 or 3";
const FIT = "Must be from 0 to 100";
const MOST_PEOPLE = 1_000_000;
const PEOPLE = `Must be a whole number from 0 to ${MOST_PEOPLE}`;
const count = column.readOnly(z.int().min(0));
const NO_USER = { field: "owner_id", message: "No active user with this id." };
const NO_COMPANY = { field: "company_id", message: "No company with this id." };

/** Companies that are to be won, with how engaged they are. */
export const targetAccounts: WritableResource = resource({
  record: "account",
  name: "target_accounts",
  table: "crm.target_accounts_with_engagement",
  columns: {
    id: column.id,
    company_id: column.readOnly(answer.link),
    company_name: column.readOnly(answer.text),
    owner_id: column.readOnly(answer.link),
    owner_name: column.readOnly(answer.text),
    tier: column.of(z.int().min(1).max(3), () => z.int(TIER).min(1, TIER).max(3, TIER)),
    status: column.of(
      z.enum(ACCOUNT_STATUSES),
      () => z.enum(ACCOUNT_STATUSES, `Must be one of ${ACCOUNT_STATUSES.join(", ")}`),
    ),
    icp_fit_score: column.of(z.number().min(0).max(100).nullable(), fit),
    estimated_decision_makers: column.of(
      z.int().min(0).nullable(),
      () => z.int(PEOPLE).min(0, PEOPLE).max(MOST_PEOPLE, PEOPLE),
    ),
    engagement_score: column.readOnly(z.int().min(0).max(100)),
    health: column.readOnly(z.enum(HEALTHS)),
    contact_count: count,
    decision_maker_count: count,
    coverage: column.readOnly(z.number().min(0).max(1).nullable()),
    open_deal_value: column.readOnly(answer.amount),
    last_engaged_at: column.readOnly(answer.timestamp.nullable()),
    created_at: column.time,
    updated_at: column.time,
  },
  sorts: {},
  constraints: {
    target_accounts_company_id_fkey: NO_COMPANY,
    target_accounts_owner_id_fkey: NO_USER,
  },
});

function fit() {
  return money().refine((digits) => Number(digits) >= 0 && Number(digits) <= 100, FIT).meta({
    id: undefined,
    description: undefined,
    examples: undefined,
    minimum: 0,
    maximum: 100,
    exclusiveMinimum: undefined,
    exclusiveMaximum: undefined,
  });
}

/** The query that makes an account of what is given (SQL: app.stored_target_account), and answers its `id`. */
export function accountCreation(given: Fields): Sql {
  return sql`select app.create_target_account(${stringify(given)}::jsonb) as id`;
}

/** The query that changes the account with a number (SQL: app.stored_target_account), and answers its `id`. */
export function accountChange(number: number, given: Fields): Sql {
  return sql`select id from app.change_target_account(${number}, ${stringify(given)}::jsonb) id`;
}

/** What accounts are sorted by: each is never null, so that pages are in one order. */
const ORDERS: Readonly<Record<string, Sql>> = {
  id: sql`number`,
  company_name: sql`coalesce(company_name, '')`,
  engagement_score: sql`engagement_score`,
  tier: sql`tier`,
  icp_fit_score: sql`coalesce(icp_fit_score, -1)`,
  created_at: sql`created_at`,
  updated_at: sql`updated_at`,
};

export const ACCOUNT_ORDERS: readonly string[] = Object.keys(ORDERS);

/** Which page of which accounts is asked for. */
export interface AccountsAsked {
  conditions: readonly Condition[];
  /** One of {@link ACCOUNT_ORDERS}. */
  by: string;
  way: "asc" | "desc";
  limit: number;
  skipped: number;
}

/** The query of a page of accounts as a view shows them: `accounts`, a JSON array as text, and `total`. */
export function accountsPage(
  view: View,
  { conditions, by, way, limit, skipped }: AccountsAsked,
): Sql {
  if (ORDERS[by] === undefined) throw new Error(`accounts have no order ${by}`);
  const columns = new Set([...neededBy(view), ...Object.keys(targetAccounts.columns), "number"]);
  const order = sql`${ORDERS[by]} ${sql.raw(way)}, number ${sql.raw(way)}`;
  return sql`
    with chosen as materialized (
      select ${sql.join([...columns].map(sql.ref))} from ${sql.table(targetAccounts.table)}
      where ${criteriaOf(view, conditions, "")}
    )
    select (select count(*) from chosen)::int as total, coalesce((
      select json_agg(record)::text from (
        select ${shown(view)} from (
          select * from chosen order by ${order}
          limit ${limit} offset ${skipped}) page) record), '[]') as accounts`;
}

/** From so much engagement on an account is engaged, as the funnel has it. */
const ENGAGED = 25;

/** The stages of the funnel, each with what accounts have that reached it. */
const STAGES = {
  identified: sql`true`,
  engaged: sql`engagement_score >= ${sql.raw(String(ENGAGED))}`,
  meeting: sql`meetings > 0`,
  opportunity: sql`deals > 0`,
  won: sql`won_deals > 0`,
};

export const FUNNEL_STAGES = Object.keys(STAGES) as (keyof typeof STAGES)[];

/** The query of how many accounts reached each stage of the funnel, or a later one: a column for each stage. */
export function accountFunnel(): Sql {
  const furthest = Object.values(STAGES).map((reached, at) =>
    sql`case when ${reached} then ${sql.raw(String(at))} else 0 end`
  );
  const counts = FUNNEL_STAGES.map((stage, at) =>
    sql`count(*) filter (where furthest >= ${sql.raw(String(at))})::int as ${sql.ref(stage)}`
  );
  return sql`select ${sql.join(counts)} from (
    select greatest(${sql.join(furthest)}) as furthest from ${
    sql.table(targetAccounts.table)
  }) its`;
}
