import * as z from "zod";
import { type BodyRule, jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Call } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { objectOf } from "./entity.ts";
import { readQuery } from "./parameters.ts";

const json = jsonBody(SINGLE_LIMIT);

/** A body of JSON that may be left out, with its content type. */
export const OPTIONAL_BODY: BodyRule = {
  ...json,
  accepts: (type) => type === "" || json.accepts(type),
};

/** The body of a request that needs nothing. */
export const nothing = lazy(() => z.strictObject({}));

/** The body of a request that may have none; it takes no parameters. Throws InvalidInput. */
export function readOptional<T extends z.ZodObject>(call: Call, schema: T): z.output<T> {
  const [, body] = collectMistakes(
    () => readQuery(call, noParameters()),
    () => validated(schema, call.text === "" ? {} : objectOf(call)),
  );
  return body;
}

/** Refuses what a request holds that needs nothing; its body can name the workspace. Throws InvalidInput. */
export function readNothing(call: Call): void {
  readOptional(call, nothing());
}
