import type { Rows, Statement } from "../db/wire/pipeline.ts";

/** A place in a workspace's events: behind one of them, or behind all of earlier transactions. */
export interface Position {
  /** The transaction (xid8). */
  xid: string;
  /** The event's sequence number; 0 is before all of the transaction. */
  sequence: number;
}

/** The position of a row with `xid` and `sequence`. */
export function positionOf(row: Rows[number]): Position {
  return { xid: String(row.xid), sequence: Number(row.sequence) };
}

/** Reads the position behind all events so far; of transactions under way none is passed over. */
export const LATEST: Statement = {
  text: "select pg_snapshot_xmin(pg_current_snapshot())::text as xid, 0 as sequence",
  values: [],
  prepared: true,
};
