import * as z from "zod";
import type { Call } from "../../http/call.ts";
import { parseQuery } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { queryOf } from "./entity.ts";

/** The query of an operation that takes no parameters. */
export const noParameters = lazy(() => z.strictObject({}));

/** Validates the query parameters, the entity aside. Throws InvalidInput. */
export function readQuery<T extends z.ZodObject>(call: Call, schema: T): z.output<T> {
  return parseQuery(schema, queryOf(call));
}
