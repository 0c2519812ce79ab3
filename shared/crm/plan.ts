import type { Rows, Statement } from "../db/wire/pipeline.ts";

/** A record's fields by their names. */
export type Fields = Record<string, unknown>;

/** What became of one record. */
export interface Written {
  outcome: "created" | "updated" | "deleted";
  id: string;
  /** What the API answers of it. */
  data: Fields;
}

/** One write of one record, not yet run. */
export interface Plan {
  /** Run in order in one transaction. */
  statements: readonly Statement[];
  /** Reads the record that would be updated, if there is one. */
  before?: Statement;
  /** Makes sense of the statements' rows. Throws RecordNotFound or DailyLimitReached. */
  result(rows: readonly Rows[]): Written;
}
