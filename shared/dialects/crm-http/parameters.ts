import type * as z from "zod";
import type { Call } from "../../http/call.ts";
import { parseQuery } from "../../http/query.ts";
import { queryOf } from "./entity.ts";

/** Validates the query parameters, the entity aside. Throws InvalidInput. */
export function readQuery<T extends z.ZodObject>(call: Call, schema: T): z.output<T> {
  return parseQuery(schema, queryOf(call));
}
