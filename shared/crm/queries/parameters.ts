import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import type { BuiltInQuery } from "./built-in.ts";
import { isAfter, moment } from "./moment.ts";
import { type ParameterName, PARAMETERS, type QueryParameters } from "./parameter-facts.ts";
import type { Query } from "./query.ts";
import { interval, querySchema } from "./schema.ts";

const ID = "Must be a whole number from 1";

/** The parameters of all built-in queries. */
export const parametersSchema = lazy(() => {
  const shape: Record<ParameterName, z.ZodType> = {
    start_date: moment().optional(),
    end_date: moment().optional(),
    interval: interval().optional().meta({ default: PARAMETERS.interval.default }),
    pipeline_id: z.int(ID).min(1, ID).optional(),
    query: querySchema().optional(),
  };
  return z.strictObject(shape).meta({ id: "QueryParameters" });
});

/** Something wrong with a parameter. */
interface Mistake {
  name: ParameterName;
  message: string;
}

/** What a built-in query does not take of parameters that are checked one by one. */
export function mistakesOf(query: BuiltInQuery, given: QueryParameters): Mistake[] {
  const { parameters, required } = query;
  const names = Object.keys(given).filter((name) => name in PARAMETERS) as ParameterName[];
  const { start_date, end_date } = given;
  return [
    ...names.filter((name) => !parameters.includes(name)).map((name) => ({
      name,
      message: `Is no parameter of this query; known are ${parameters.join(", ")}`,
    })),
    ...required.filter((name) => given[name] === undefined).map((name) => ({
      name,
      message: "Is required by this query",
    })),
    ...(start_date !== undefined && end_date !== undefined && isAfter(start_date, end_date)
      ? [{ name: "start_date" as const, message: "Must not be after end_date" }]
      : []),
  ];
}

/** Checked parameters as a built-in query takes them. */
export function parametersIn(given: Readonly<Record<string, unknown>>): QueryParameters {
  return given as QueryParameters & { query?: Query };
}
