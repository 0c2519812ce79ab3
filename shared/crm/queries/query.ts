import type { LosslessNumber } from "lossless-json";
import type { SourceName } from "./sources.ts";

export const FUNCTIONS = ["count", "sum", "avg", "min", "max"] as const;
export const INTERVALS = ["day", "week", "month"] as const;
export const ORDERS = ["value", "dimension"] as const;
export const DIRECTIONS = ["asc", "desc"] as const;
export const MOST_ROWS = 1_000;
export const USUAL_ROWS = 100;

export type Interval = (typeof INTERVALS)[number];

/** A value that records are compared with. */
export type Comparand = string | number | LosslessNumber;

export type Operator =
  | "eq"
  | "ne"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "in"
  | "contains"
  | "is_null";

/** What records have that are counted. */
export interface QueryFilter {
  field: string;
  op: Operator;
  value?: Comparand | readonly Comparand[] | boolean | undefined;
}

/** A query as data: its names are those of its source. */
export interface Query {
  source: SourceName;
  measure: { fn: (typeof FUNCTIONS)[number]; field?: string | undefined };
  dimension?: { field: string; interval?: Interval | undefined } | undefined;
  filters?: readonly QueryFilter[] | undefined;
  order?:
    | {
      by?: (typeof ORDERS)[number] | undefined;
      dir?: (typeof DIRECTIONS)[number] | undefined;
    }
    | undefined;
  limit?: number | undefined;
}
