import * as z from "zod";
import type { Call } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { objectOf, readQuery } from "./reading.ts";

/** A text that says something, for a model to work with. */
export function wish(maximum: number) {
  return z.string().max(maximum, `Must have at most ${maximum} characters`)
    .regex(/\S/, "Must not be empty");
}

/** The body of a request without query parameters. Throws InvalidInput. */
export function aiBody<T extends z.ZodType>(call: Call, schema: T): z.output<T> {
  const [, given] = collectMistakes(
    () => readQuery(call, noParameters()),
    () => validated(schema, objectOf(call)),
  );
  return given;
}
