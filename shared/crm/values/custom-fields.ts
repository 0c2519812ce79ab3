import { isLosslessNumber, type LosslessNumber } from "lossless-json";
import * as z from "zod";
import { jsonObject } from "../../formats/json-object.ts";
import { lazy } from "../../memory/lazy.ts";
import { text } from "./fields.ts";

const MOST_FIELDS = 100;
const LONGEST_NAME = 64;
const LONGEST_TEXT = 5_000;

const value = lazy(() =>
  z.union([
    text(LONGEST_TEXT),
    z.number(),
    z.custom<LosslessNumber>(isLosslessNumber),
    z.boolean(),
    z.array(text(LONGEST_TEXT)),
  ], `Must be text of at most ${LONGEST_TEXT} characters, a number, a boolean or an array of texts`)
    .nullable()
);

/**
 * Custom fields of a record, by their names: texts, numbers, booleans, arrays of texts; null removes one
 * in a change.
 */
export const customFields = lazy(() =>
  jsonObject.superRefine((given, context) => {
    const names = Object.keys(given);
    if (names.length > MOST_FIELDS) {
      context.addIssue({ code: "custom", message: `Must have at most ${MOST_FIELDS} fields` });
    }
    for (const name of names) {
      const wrong = (message: string) =>
        context.addIssue({ code: "custom", path: [name], message });
      if (name === "" || [...name].length > LONGEST_NAME) {
        wrong(`Must have a name of 1 to ${LONGEST_NAME} characters`);
      }
      const { error } = value().safeParse(given[name]);
      if (error !== undefined) wrong(error.issues[0]?.message ?? "Must be a value");
    }
  })
);
