import { LosslessNumber } from "lossless-json";
import { enterFunds, type Ledger } from "../../../shared/crm/ledgers.ts";
import { FUNDS_TOO_LOW, isPostgresError } from "../../../shared/db/errors.ts";
import type { Database } from "./database.ts";
import { Refusal } from "./refusal.ts";
import { workspaceId } from "./workspaces.ts";

/** What is added to a workspace's ledger; a negative amount is taken from it. */
export interface Addition {
  workspace: string;
  ledger: Ledger;
  /** Decimal. */
  amount: string;
  note: string | null;
}

/** Adds to a ledger, and answers its balance. */
export async function addFunds(
  database: Database,
  { workspace, ledger, amount, note }: Addition,
): Promise<LosslessNumber> {
  const id = await workspaceId(database, workspace);
  const type = amount.startsWith("-") ? "adjustment" : "topup";
  const { text, values } = enterFunds(ledger, amount, type, { note });
  try {
    await database.query("begin");
    await database.query("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify({ workspace_id: id }),
    ]);
    const { rows: [row] } = await database.query<{ balance: string }>(text, [...values]);
    await database.query("commit");
    return new LosslessNumber(row?.balance ?? "0");
  } catch (error) {
    await database.query("rollback");
    throw refused(error);
  }
}

function refused(error: unknown): unknown {
  if (!isPostgresError(error) || error.code !== FUNDS_TOO_LOW) return error;
  const { free } = JSON.parse(error.message) as { free: number };
  return new Refusal("conflict", `Only ${free} can be taken: the balance would be below 0.`);
}
