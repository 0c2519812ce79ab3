import { type Sql, sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";

/** When a job runs: as soon as it can, unless told otherwise. */
export interface EnqueueOptions {
  /** Not before: a time as text (RFC 3339), or a piece of SQL of type timestamptz. */
  runAt?: Sql | string;
  /** Not before so many seconds after the transaction began. */
  inSeconds?: number;
  /** Higher ones run before lower ones of the same workspace, -32768 to 32767; 0 unless given. */
  priority?: number;
}

/**
 * Writes a job of the workspace, in the transaction of what it follows from: it is run once that has
 * committed, and not at all when it has not. The row answered has the job's `id`.
 */
export function enqueue(
  kind: string,
  payload: Record<string, unknown>,
  { runAt, inSeconds = 0, priority = 0 }: EnqueueOptions = {},
): Statement {
  const given = JSON.stringify(payload);
  if (typeof runAt === "object") {
    return statement(
      sql`select app.enqueue_job(${kind}, ${given}::jsonb, ${runAt}, ${priority}) as id`,
    );
  }
  const at = sql`coalesce(${
    runAt ?? null
  }::timestamptz, now() + make_interval(secs => ${inSeconds}))`;
  const text = sql`select app.enqueue_job(${kind}, ${given}::jsonb, ${at}, ${priority}) as id`;
  return { ...statement(text), prepared: true };
}
