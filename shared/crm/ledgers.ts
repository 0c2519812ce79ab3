import { FUNDS_TOO_LOW, isPostgresError } from "../db/errors.ts";
import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { Refusal } from "../refusals/refusal.ts";

/** What a workspace spends: credits, or USD of its wallet. */
export type Ledger = "credits" | "wallet";

/** An amount of money or credits, as decimal text where it has a fraction. */
export type Amount = string | number;

/** Sets an amount aside until it is charged, released or expires; its row has the hold as `id`. */
export function holdFunds(
  ledger: Ledger,
  amount: Amount,
  purpose: string,
  seconds: number,
): Statement {
  return statement(
    sql`select app.hold_funds(${ledger}, ${String(amount)}::numeric, ${purpose}, ${seconds}) as id`,
  );
}

/** Charges a hold, once; its row has the `balance` after it. */
export function chargeHold(
  hold: string,
  amount: Amount,
  type: string,
  reference: string | null = null,
): Statement {
  return statement(
    sql`select app.charge_hold(${hold}::uuid, ${
      String(amount)
    }::numeric, ${type}, ${reference}) as balance`,
  );
}

/** Ends a hold without a charge. */
export function releaseHold(hold: string): Statement {
  return statement(sql`select app.release_hold(${hold}::uuid)`);
}

/** Adds an amount, or takes a negative one, once for each reference of a type; its row has the `balance` after it. */
export function enterFunds(
  ledger: Ledger,
  amount: Amount,
  type: string,
  { reference = null, note = null }: { reference?: string | null; note?: string | null } = {},
): Statement {
  return statement(
    sql`select app.enter_funds(${ledger}, ${
      String(amount)
    }::numeric, ${type}, ${reference}, ${note}) as balance`,
  );
}

/** Turns what a ledger refused into a refusal; other errors stay as they are. */
export function ledgerError(error: unknown): unknown {
  if (!isPostgresError(error) || error.code !== FUNDS_TOO_LOW) return error;
  const { ledger, needed, free } = JSON.parse(error.message) as {
    ledger: Ledger;
    needed: number;
    free: number;
  };
  const [code, message] = ledger === "credits"
    ? ["insufficient_credits", `This takes ${needed} credits; ${free} are left.`]
    : ["insufficient_funds", `This takes ${needed} USD; the wallet has ${free} left.`];
  return new Refusal("payment_required", message, { code });
}
