import type { Database } from "../db/database.ts";

/** Bounds one call, whatever is overdue. */
const MOST = 20;

/**
 * Calls what of no workspace is due again and again (SQL: app.run_schedule); several callers do each once.
 * `failed` is told the name and SQLSTATE of what did not work.
 */
export async function runSchedules(
  database: Database,
  failed: (name: string, sqlstate: string) => void,
): Promise<void> {
  const text = "select name, error from app.run_schedule()";
  for (let runs = 0; runs < MOST; runs++) {
    const [row] = await database.query({ text, values: [], prepared: true });
    const { name, error } = row as { name: string | null; error: string | null };
    if (name === null) return;
    if (error !== null) failed(name, error);
  }
}
