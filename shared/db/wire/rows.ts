import type { Rows } from "./batch.ts";

/** Rows of the type that their statement answers; none where there are none. The statement is trusted. */
export function rowsOf<T extends object>(rows: Rows | undefined): T[] {
  return (rows ?? []) as T[];
}

/** The row of a statement that always answers one, like {@link rowsOf}. Throws Error without one. */
export function rowOf<T extends object>(rows: Rows | undefined): T {
  const [row] = rowsOf<T>(rows);
  if (row === undefined) throw new Error("a statement answered no row");
  return row;
}
