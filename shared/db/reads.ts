import { type Admission, sendAdmitted } from "./admission.ts";
import { type Claims, enter } from "./claims.ts";
import type { Connection } from "./wire/connection.ts";
import type { Rows, Statement } from "./wire/pipeline.ts";

const READ_ONLY = "set_config('transaction_read_only', 'on', true)";
// What is prepared is planned but once: of some values the planner expects less, and would plan each time.
const PLANNED_ONCE = "set_config('plan_cache_mode', 'force_generic_plan', true)";
const BY_INDEX = `set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
  set_config('enable_incremental_sort', 'off', true)`;

/** What is read. */
export interface Read {
  claims: Claims;
  statements: readonly Statement[];
  admission: Admission | null;
}

/** Reads in one round trip. */
export async function read(
  client: Connection,
  { claims, statements, admission }: Read,
): Promise<Rows[]> {
  // With one Sync behind them they are one transaction.
  const reading = [enter(client, claims, settingsFor(statements)), ...statements];
  const rows = await sendAdmitted(client, admission, reading);
  return rows.slice(1);
}

function settingsFor(statements: readonly Statement[]): string {
  return [
    READ_ONLY,
    ...(statements.every(({ prepared }) => prepared) ? [PLANNED_ONCE] : []),
    ...(statements.some(({ byIndex }) => byIndex) ? [BY_INDEX] : []),
  ].join(", ");
}
