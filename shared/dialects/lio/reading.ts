import type * as z from "zod";
import { parseObject, storable } from "../../formats/json.ts";
import { BATCH_LIMIT, type BodyRule, jsonBody } from "../../http/body.ts";
import type { Call } from "../../http/call.ts";
import { parseQuery } from "../../http/query.ts";
import { type FieldError, InvalidInput } from "../../refusals/errors.ts";

/** A body of JSON (decisions: 1). */
export const BODY = jsonBody(BATCH_LIMIT);

/** A body of JSON that may be left out, with its content type. */
export const OPTIONAL_BODY: BodyRule = {
  ...BODY,
  accepts: (type) => type === "" || BODY.accepts(type),
};

/** Validates the query parameters. Throws InvalidInput. */
export function readQuery<T extends z.ZodObject>(call: Call, schema: T): z.output<T> {
  return given("query", () => parseQuery(schema, call.query));
}

/** The body of a request. Throws InvalidInput. */
export function objectOf({ text }: Call): Record<string, unknown> {
  return storable(given("format", () => parseObject(text)));
}

/** The number in the path of a request. Throws InvalidInput for what is no positive whole number. */
export function pathNumber({ params }: Pick<Call, "params">, name: string): number {
  const text = params[name] ?? "";
  // No record has a number as large as that.
  if (/^0*[1-9]\d*$/.test(text)) return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
  const message = "Must be a positive whole number.";
  throw new InvalidInput([{ field: name, message, in: "path" }]);
}

/** Reads what is no field of a body: mistakes are those of a request (400). Throws InvalidInput. */
export function given<T>(place: "query" | "format", read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(
      error.fields.map(({ field, message }): FieldError => ({ field, message, in: place })),
    );
  }
}
