import type { Database } from "./database.ts";

const MOST_AT_ONCE = 1000;

/** How much was removed because it is no longer kept. */
export interface Removed {
  idempotencyKeys: number;
  deliveries: number;
  deadJobs: number;
}

interface Row extends Record<string, number> {
  idempotency_keys: number;
  deliveries: number;
  dead_jobs: number;
}

/** Removes all that is no longer kept, a thousand at a time (SQL: app.housekeep). */
export async function housekeep(database: Database): Promise<Removed> {
  const removed: Removed = { idempotencyKeys: 0, deliveries: 0, deadJobs: 0 };
  for (;;) {
    const text = "select * from app.housekeep($1)";
    const { rows: [row] } = await database.query<Row>(text, [MOST_AT_ONCE]);
    if (row === undefined || Object.values(row).every((count) => count === 0)) return removed;
    removed.idempotencyKeys += row.idempotency_keys;
    removed.deliveries += row.deliveries;
    removed.deadJobs += row.dead_jobs;
  }
}
