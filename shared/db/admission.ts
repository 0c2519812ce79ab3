import type { Connection } from "./wire/connection.ts";
import { type Rows, settle, type Settled, type Statement } from "./wire/pipeline.ts";

/**
 * What is asked in front of a transaction, in the same round trip. `ask` commits by itself, and fails
 * when the transaction is not let in: PostgreSQL then skips it.
 */
export interface Admission {
  ask: Statement;
  /**
   * Told the rows of `ask`, or why it failed, and how many milliseconds ago it was sent; whether the
   * transaction may go on.
   */
  answered(answer: { rows: Rows } | { error: unknown }, ago: number): Promise<boolean>;
}

/** Makes the admission of a transaction; null when nothing is to be asked any more. */
export type Admissions = () => Admission | null;

/** Nothing is asked. */
export const OPEN: Admissions = () => null;

/** A transaction was not let in, and changed nothing. */
export class NotAdmitted extends Error {
  override name = "NotAdmitted";
}

/**
 * Sends what a transaction begins with, behind its admission if there is one, and `then` with a Sync of
 * its own. Answers what became of the statements. Throws NotAdmitted.
 */
export async function settleAdmitted(
  client: Connection,
  admission: Admission | null,
  statements: readonly Statement[],
  ...then: Statement[]
): Promise<Settled> {
  const opening = admission === null ? [] : [admission.ask];
  const batches = [[...opening, ...statements], ...then.map((statement) => [statement])];
  const sentAt = performance.now();
  const [settled = { rows: [] }] = await settle(client, batches);
  if (admission === null) return settled;
  const [asked, ...rows] = settled.rows;
  const answer = asked === undefined ? { error: settled.error } : { rows: asked };
  if (!await admission.answered(answer, performance.now() - sentAt)) {
    throw new NotAdmitted("not let in");
  }
  return { ...settled, rows };
}

/** Sends like {@link settleAdmitted} and answers the rows of the statements; throws the first error. */
export async function sendAdmitted(
  ...asked: Parameters<typeof settleAdmitted>
): Promise<Rows[]> {
  const settled = await settleAdmitted(...asked);
  if ("error" in settled) throw settled.error;
  return settled.rows;
}
