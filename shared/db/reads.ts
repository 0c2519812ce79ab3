import { type Admission, sendAdmitted } from "./admission.ts";
import { type Claims, enter } from "./claims.ts";
import type { Connection } from "./wire/connection.ts";
import type { Rows, Statement } from "./wire/pipeline.ts";

// Lists are read by their indexes, whatever the planner thinks of the workspace, which it does not know.
const READ_ONLY = `set_config('transaction_read_only', 'on', true),
  set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
  set_config('enable_incremental_sort', 'off', true)`;
// What is prepared is planned but once: of some values the planner expects less, and would plan each time.
const READ_PREPARED = `${READ_ONLY}, set_config('plan_cache_mode', 'force_generic_plan', true)`;

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
  const settings = statements.every(({ prepared }) => prepared) ? READ_PREPARED : READ_ONLY;
  const reading = [enter(client, claims, settings), ...statements];
  const [rows = []] = await sendAdmitted(client, admission, () => [reading]);
  return rows.slice(1);
}
