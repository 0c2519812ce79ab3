import { sql, statement } from "../../db/sql.ts";
import type { Transaction } from "../../db/transaction.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { notConnected } from "./errors.ts";
import { secretsOf } from "./mail-account-trial.ts";

/** A mail account that the caller sends through. */
export interface SendingAccount {
  id: string;
  address: string;
}

/**
 * The caller's mail account with a number, or their default one. Throws Refusal when there is none, or it could
 * not be opened without an encryption key.
 */
export async function sendingAccount(
  call: Call<LioCaller>,
  transaction: Transaction,
  number: number | undefined,
): Promise<SendingAccount> {
  secretsOf(call);
  const which = number === undefined ? sql`is_default` : sql`number = ${number}`;
  const [rows] = await transaction.run([statement(sql`
    select id, from_address as address from crm.connected_accounts
    where is_mail and is_active and user_id = ${userOf(call.caller).userId}::uuid and ${which}`)]);
  const [account] = rowsOf<SendingAccount>(rows);
  if (account !== undefined) return account;
  if (number === undefined) throw notConnected("mail_account", "Add a mail account first.");
  throw new RecordNotFound("mail account", String(number));
}
