import type { Database } from "./database.ts";

const MOST_AT_ONCE = 1000;

/** How much was removed because it is no longer kept. */
export interface Removed {
  idempotencyKeys: number;
  deliveries: number;
  events: number;
}

interface Row {
  idempotency_keys: number;
  deliveries: number;
  events: number;
}

/** Removes all that is no longer kept, a thousand at a time (SQL: app.housekeep). */
export async function housekeep(database: Database): Promise<Removed> {
  const removed: Removed = { idempotencyKeys: 0, deliveries: 0, events: 0 };
  for (;;) {
    const { rows: [row] } = await database.query<Row>(
      "select idempotency_keys, deliveries, events from app.housekeep($1)",
      [MOST_AT_ONCE],
    );
    const { idempotency_keys = 0, deliveries = 0, events = 0 } = row ?? {};
    if (idempotency_keys + deliveries + events === 0) return removed;
    removed.idempotencyKeys += idempotency_keys;
    removed.deliveries += deliveries;
    removed.events += events;
  }
}
