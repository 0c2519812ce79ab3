import { type Claims, enter } from "./claims.ts";
import type { Connection } from "./wire/connection.ts";
import { type Rows, send, type Statement } from "./wire/pipeline.ts";

export const BEGIN: Statement = { text: "begin", values: [], prepared: true };
export const ROLLBACK: Statement = { text: "rollback", values: [], prepared: true };

/** What is written, all or nothing; `rehearse` undoes it in the end. */
export interface Write {
  claims: Claims;
  statements: readonly Statement[];
  rehearse: boolean;
}

/** Writes in one round trip. */
export async function write(
  client: Connection,
  { claims, statements, rehearse }: Write,
): Promise<Rows[]> {
  const writing = [enter(client, claims), ...statements];
  // With one Sync behind them they are one transaction; to undo it, it has to be begun.
  const sent = await send(client, rehearse ? [[BEGIN], writing, [ROLLBACK]] : [writing]);
  return (sent[rehearse ? 1 : 0] ?? []).slice(1);
}
