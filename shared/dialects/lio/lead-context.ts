import { stringify } from "lossless-json";
import * as z from "zod";
import { jsonObject } from "../../formats/json-object.ts";
import { lazy } from "../../memory/lazy.ts";

const MOST_KB = 10;

/** What a model is told of a lead: a text, or an object. */
export const leadContext = lazy(() =>
  z.union([z.string(), jsonObject], "Must be a text or an object")
    .transform((given) => typeof given === "string" ? given : stringify(given) ?? "")
    .refine(
      (text) => new TextEncoder().encode(text).length <= MOST_KB * 1_024,
      `Must have at most ${MOST_KB} KB`,
    )
    .meta({ description: "What is known of the lead that it is for." })
);

/** Parts of what users wrote, each below what it is; those left out, or blank, are not there. */
export function parts(given: Readonly<Record<string, string | null | undefined>>): string {
  return Object.entries(given).filter(([, text]) => text?.trim())
    .map(([what, text]) => `${what}:\n${text}`).join("\n\n");
}
