import { type Admission, sendAdmitted } from "./admission.ts";
import { type Claims, enter } from "./claims.ts";
import type { Connection } from "./wire/connection.ts";
import type { Rows, Statement } from "./wire/pipeline.ts";

export const BEGIN: Statement = { text: "begin", values: [], prepared: true };
export const ROLLBACK: Statement = { text: "rollback", values: [], prepared: true };

/** What is written, all or nothing; `rehearse` undoes it in the end. */
export interface Write {
  claims: Claims;
  statements: readonly Statement[];
  rehearse: boolean;
  admission: Admission | null;
}

/** Writes in one round trip. */
export async function write(
  client: Connection,
  { claims, statements, rehearse, admission }: Write,
): Promise<Rows[]> {
  // With one Sync behind them they are one transaction; to undo it, it has to be begun.
  const writing = [enter(client, claims), ...statements];
  if (!rehearse) return (await sendAdmitted(client, admission, writing)).slice(1);
  return (await sendAdmitted(client, admission, [BEGIN, ...writing], ROLLBACK)).slice(2);
}
