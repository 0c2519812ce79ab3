import type { Connection } from "./wire/connection.ts";
import { type Rows, settle, type Settled, type Statement } from "./wire/pipeline.ts";
import { preparedStatements } from "./wire/prepared-statements.ts";

/**
 * What is asked in front of a transaction, in the same round trip: `ask` commits by itself, and
 * `require`, the first statement of a write, fails it unless `ask` let it in.
 */
export interface Admission {
  ask: Statement;
  require: Statement;
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
 * Sends what a transaction begins with, behind its admission if there is one. Throws NotAdmitted. A
 * transaction pooler may give the two different sessions, so through one the admission is waited for.
 */
export async function settleAdmitted(
  client: Connection,
  admission: Admission | null,
  batches: (opening: readonly Statement[]) => readonly (readonly Statement[])[],
): Promise<Settled[]> {
  if (admission === null) return await settle(client, batches([]));
  const sentAt = performance.now();
  if (preparedStatements(client) === null) {
    const [asked] = await settle(client, [[admission.ask]]);
    await requireAnswer(admission, asked, performance.now() - sentAt);
    return await settle(client, batches([]));
  }
  const sent = [[admission.ask], ...batches([admission.require])];
  const [asked, ...settled] = await settle(client, sent);
  await requireAnswer(admission, asked, performance.now() - sentAt);
  return settled;
}

/** Sends like {@link settleAdmitted} and answers the rows of each batch; throws the first error. */
export async function sendAdmitted(
  ...asked: Parameters<typeof settleAdmitted>
): Promise<Rows[][]> {
  return (await settleAdmitted(...asked)).map((one) => {
    if ("error" in one) throw one.error;
    return one.rows;
  });
}

async function requireAnswer(
  admission: Admission,
  asked: Settled | undefined,
  ago: number,
): Promise<void> {
  const answer = asked === undefined || "error" in asked
    ? { error: asked?.error }
    : { rows: asked.rows[0] ?? [] };
  if (!await admission.answered(answer, ago)) throw new NotAdmitted("not let in");
}
