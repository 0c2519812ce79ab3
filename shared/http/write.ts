import type { Transaction } from "../db/transaction.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import type { Call, Outcome } from "./call.ts";
import { keyedWrite, writeOnce } from "./idempotency.ts";

/**
 * Writes as the caller's workspace, all or nothing; `toOutcome` makes the answer of the rows. With an
 * idempotency key the answer is kept in the same transaction and a retry gets it again. A dry run
 * leaves nothing behind, not even its key.
 */
export async function write(
  call: Call,
  statements: readonly Statement[],
  toOutcome: (rows: Rows[]) => Outcome,
  dryRun = false,
): Promise<Outcome> {
  const keyed = keyedWrite(call);
  if (keyed === null || dryRun) return toOutcome(await call.workspace.write(statements, dryRun));
  return await writeOnce(
    call.workspace,
    keyed,
    async (transaction) => call.finish(toOutcome(await transaction.run(statements))),
  );
}

/** Writes like {@link write}, in as many steps as `work` takes. */
export async function transact(
  call: Call,
  work: (transaction: Transaction) => Promise<Outcome>,
  dryRun = false,
): Promise<Outcome> {
  const keyed = keyedWrite(call);
  return keyed === null || dryRun
    ? await call.workspace.transact(work, { rehearse: dryRun })
    : await writeOnce(call.workspace, keyed, async (given) => call.finish(await work(given)));
}
