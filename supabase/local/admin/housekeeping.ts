import type { Database } from "./database.ts";

const MOST_AT_ONCE = 1000;

/** How much was removed because it is no longer kept. */
export interface Removed {
  idempotencyKeys: number;
  deliveries: number;
  events: number;
  deadJobs: number;
  /** Of the log of requests. */
  requests: number;
  /** Of all else, such as exports and sessions that are over. */
  others: number;
}

interface Row extends Record<string, number> {
  idempotency_keys: number;
  deliveries: number;
  events: number;
  dead_jobs: number;
  requests: number;
  others: number;
}

/** Removes all that is no longer kept, a thousand at a time (SQL: app.housekeep). */
export async function housekeep(database: Database): Promise<Removed> {
  const removed: Removed = {
    idempotencyKeys: 0,
    deliveries: 0,
    events: 0,
    deadJobs: 0,
    requests: 0,
    others: 0,
  };
  for (;;) {
    const text = "select * from app.housekeep($1)";
    const { rows: [row] } = await database.query<Row>(text, [MOST_AT_ONCE]);
    if (row === undefined || Object.values(row).every((count) => count === 0)) return removed;
    removed.idempotencyKeys += row.idempotency_keys;
    removed.deliveries += row.deliveries;
    removed.events += row.events;
    removed.deadJobs += row.dead_jobs;
    removed.requests += row.requests;
    removed.others += row.others;
  }
}
