import { sql, statement } from "../db/sql.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import { rowOf, rowsOf } from "../db/wire/rows.ts";

const NEWEST = 20;

/** What was added to the credits, or taken. */
export interface CreditTransaction {
  id: number;
  amount: number;
  feature: string;
  balance_after: number;
  created_at: string;
}

/** The credits of a workspace. */
export interface Credits {
  balance: number;
  /** In the calendar month of UTC. */
  used_this_month: number;
  /** The newest; those that everybody begins with are none. */
  transactions: CreditTransaction[];
}

/** Selects what {@link creditsOf} makes the credits of. */
export function selectCredits(): Statement[] {
  return [
    sql`select balance::float8 as balance from crm.ledgers where ledger = 'credits'`,
    sql`
      select coalesce(-sum(amount), 0)::float8 as used from crm.ledger_entries
      where ledger = 'credits' and hold_id is not null
        and created_at >= date_trunc('month', now(), 'UTC')`,
    sql`
      select number::float8 as id, amount::float8 as amount, type as feature,
        balance_after::float8 as balance_after,
        to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
      from crm.ledger_entries where ledger = 'credits' and type <> 'opening'
      order by number desc limit ${NEWEST}`,
  ].map(statement);
}

/** The credits of the rows of {@link selectCredits}. */
export function creditsOf([ledger, month, entries]: readonly Rows[]): Credits {
  return {
    balance: rowOf<{ balance: number }>(ledger).balance,
    used_this_month: rowOf<{ used: number }>(month).used,
    transactions: rowsOf<CreditTransaction>(entries),
  };
}
