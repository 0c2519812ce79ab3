import { type Interval, INTERVALS, type Query } from "./query.ts";

/** What a built-in query is given. */
export interface QueryParameters {
  start_date?: string | undefined;
  end_date?: string | undefined;
  interval?: Interval | undefined;
  pipeline_id?: number | undefined;
  query?: Query | undefined;
}

export type ParameterName = keyof QueryParameters;

/** What is told of a parameter. */
export interface ParameterFacts {
  type: "date" | "text" | "number" | "object";
  default: string | null;
  options: readonly string[] | null;
}

const plain = (type: ParameterFacts["type"]): ParameterFacts => ({
  type,
  default: null,
  options: null,
});

/** Every parameter that a built-in query may have. */
export const PARAMETERS: Readonly<Record<ParameterName, ParameterFacts>> = {
  start_date: plain("date"),
  end_date: plain("date"),
  interval: { type: "text", default: "day", options: INTERVALS },
  pipeline_id: plain("number"),
  query: plain("object"),
};
