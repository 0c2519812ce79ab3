import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";

const MOST_TRANSACTIONS = 20;

/** The wallet of a workspace, as {@link walletOf} answers it. */
export const wallet = () =>
  z.object({
    balance: z.number().min(0),
    currency: z.literal("USD"),
    transactions: z.array(z.object({
      id: z.int(),
      amount: z.number(),
      type: z.enum(["topup", "number", "call", "adjustment"]),
      reference: z.string().nullable(),
      balance_after: z.number().min(0),
      created_at: z.string(),
    })).max(MOST_TRANSACTIONS),
  });

/** The query of the wallet with its newest transactions: `wallet`, JSON as text. */
export function walletOf(): Sql {
  return sql`select json_build_object('balance', trim_scale(l.balance), 'currency', 'USD', 'transactions', coalesce((
      select json_agg(json_build_object('id', e.number, 'amount', trim_scale(e.amount), 'type', e.type,
          'reference', e.reference, 'balance_after', trim_scale(e.balance_after),
          'created_at', to_char(e.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by e.number desc)
      from (select * from crm.ledger_entries where ledger = 'wallet' order by number desc
        limit ${sql.raw(String(MOST_TRANSACTIONS))}) e), '[]'))::text as wallet
    from crm.ledgers l where l.ledger = 'wallet'`;
}
