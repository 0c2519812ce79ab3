import { isLosslessNumber, stringify } from "lossless-json";
import * as z from "zod";
import { hasShortNumbers, storedObject } from "../../formats/json-object.ts";
import { lazy } from "../../memory/lazy.ts";
import { isStorable } from "../../refusals/storable.ts";

/** The most custom fields that a record has. */
export const MOST_KEYS = 100;
const LONGEST_KEY = 64;
const LONGEST_TEXT = 5_000;

/** What is wrong when a record has more keys than that. */
export const TOO_MANY_KEYS = `Must have at most ${MOST_KEYS} keys`;

const KEY = `Must have keys of 1 to ${LONGEST_KEY} characters`;
const VALUE = `Must be a text of at most ${LONGEST_TEXT} characters, a number, true, false or an ` +
  "array of such texts";

const text = z.string().max(LONGEST_TEXT);
const value = z.union([text, z.number(), z.boolean(), z.array(text)]);

/** A record's custom fields as they are answered. */
export const customFieldsAnswer = z.record(z.string(), value);

/** Fields of a client's own, by their keys. Null stands for a key that is to be removed. */
export const customFields = lazy(() =>
  storedObject().superRefine((given, issues) => {
    if (typeof given !== "object" || given === null) return;
    const complain = (message: string, ...path: string[]) =>
      issues.addIssue({ code: "custom", message, path });
    const entries = Object.entries(given);
    if (entries.filter(([, one]) => one !== null).length > MOST_KEYS) complain(TOO_MANY_KEYS);
    if (entries.some(([key]) => !isKey(key))) complain(KEY);
    for (const [key, one] of entries) if (isKey(key) && !isValue(one)) complain(VALUE, key);
  }).meta({
    propertyNames: { minLength: 1, maxLength: LONGEST_KEY },
    additionalProperties: {
      type: ["string", "number", "boolean", "array", "null"],
      maxLength: LONGEST_TEXT,
      items: { type: "string", maxLength: LONGEST_TEXT },
    },
  })
);

/** What a custom field keeps of a value, if it can keep it at all, and why not the value itself. */
export interface Keepable {
  kept?: unknown;
  mistake?: string;
}

/**
 * A value as a custom field with this key keeps it: as it is, or its JSON text where it cannot be kept
 * so; nothing when that has too many characters too.
 */
export function keepable(key: string, given: unknown): Keepable {
  if (!isKey(key) || !isStorable(key)) return { mistake: `${KEY}.` };
  if (given !== null && isValue(given) && isStorable(given) && hasShortNumbers(given)) {
    return { kept: given };
  }
  const json = stringify(given) ?? "null";
  return { mistake: `${VALUE}.`, ...(json.length <= LONGEST_TEXT ? { kept: json } : {}) };
}

function isKey(given: string): boolean {
  return given !== "" && given.length <= LONGEST_KEY;
}

function isValue(given: unknown): boolean {
  return given === null || isLosslessNumber(given) || value.safeParse(given).success;
}
