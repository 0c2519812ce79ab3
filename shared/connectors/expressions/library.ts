import { readFields } from "../answers/broken-json.ts";
import { answersOf, leadsOf } from "../answers/flatten.ts";
import { personOf } from "../answers/person.ts";
import { unescaped } from "../answers/text.ts";
import { parseJson } from "../../formats/strict-json.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { MAX_TEXT, TEXT_TOO_LONG } from "./budget.ts";
import { ExpressionError } from "./error.ts";
import type { Run } from "./run.ts";
import { inputOf, isFunction } from "./values.ts";

type Comparator = (left: unknown, right: unknown) => Promise<unknown>;

/** The functions of JSONata that are written anew, and those of forms, by name. They throw ExpressionError. */
export function ownFunctions(run: Run): Record<string, (...args: unknown[]) => unknown> {
  const step = () => void run.check();
  return {
    answers: (value) => value === undefined ? undefined : [...answersOf(value, step)],
    base64decode: (text) => text === undefined ? undefined : base64(() => atob(String(text))),
    base64encode: (text) => text === undefined ? undefined : base64(() => btoa(String(text))),
    distinct: (list) => Array.isArray(list) ? distinct(list) : list,
    eval: (text) => text === undefined ? undefined : readJson(String(text)),
    leads: (payload) => payload === undefined ? undefined : leadsOf(payload, step),
    opened: (json) => typeof json === "string" ? inputOf(readFields(json)) : undefined,
    person: (answers, heading, summary) => personOf(answers, { heading, summary }, step),
    sort: (list, comparator) =>
      Array.isArray(list) ? sort(list, comparator as Comparator | undefined, run) : list,
    spread,
    unescaped,
  };
}

function base64(convert: () => string): string {
  try {
    return convert();
  } catch {
    throw new ExpressionError("The text cannot be converted: base64 holds characters up to ÿ.");
  }
}

function readJson(text: string): unknown {
  if (text.length > MAX_TEXT) throw new ExpressionError(TEXT_TOO_LONG);
  try {
    return inputOf(parseJson(text, (digits) => digits));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const [mistake] = error.fields;
    throw new ExpressionError(`$eval reads JSON: ${mistake?.message ?? error.message}`);
  }
}

// As jsonata compares: an object is the same whatever the order of its fields.
function distinct(list: unknown[]): unknown[] {
  const kept = new Map<unknown, unknown>();
  for (const item of list) {
    const key = isFunction(item) ? item : JSON.stringify(ordered(item)) ?? typeof item;
    if (!kept.has(key)) kept.set(key, item);
  }
  return [...kept.values()];
}

function ordered(value: unknown): unknown {
  if (isFunction(value)) return null;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const entries: [string, unknown][] = Object.entries(value);
  const sorted = entries.sort(([left], [right]) => left < right ? -1 : 1);
  return Object.fromEntries(sorted.map(([key, item]) => [key, ordered(item)]));
}

// jsonata's own merge keeps a copy of the rest of the list for each comparison.
async function sort(list: unknown[], comparator: Comparator | undefined, run: Run) {
  if (comparator === undefined) checkComparable(list);
  const after: Comparator = comparator ??
    ((left, right) => Promise.resolve((left as string) > (right as string)));
  let sorted = list;
  for (let width = 1; width < list.length; width *= 2) {
    const merged: unknown[] = [];
    for (let start = 0; start < list.length; start += 2 * width) {
      const [left, right] = [
        sorted.slice(start, start + width),
        sorted.slice(start + width, start + 2 * width),
      ];
      await merge(left, right, after, merged, run);
    }
    sorted = merged;
  }
  return sorted;
}

async function merge(
  left: unknown[],
  right: unknown[],
  after: Comparator,
  merged: unknown[],
  run: Run,
) {
  let [first, second] = [0, 0];
  while (first < left.length && second < right.length) {
    await run.step();
    if (await after(left[first], right[second])) merged.push(right[second++]);
    else merged.push(left[first++]);
  }
  for (; first < left.length; first += 1) merged.push(left[first]);
  for (; second < right.length; second += 1) merged.push(right[second]);
}

function checkComparable(list: unknown[]): void {
  const [first] = list;
  const type = typeof first;
  if ((type === "string" || type === "number") && list.every((item) => typeof item === type)) {
    return;
  }
  throw new ExpressionError(
    "$sort needs a function to compare by, unless the list is all texts or all numbers.",
  );
}

function spread(value: unknown): unknown {
  if (typeof value !== "object" || value === null || isFunction(value)) return value;
  if (Array.isArray(value)) return value.flatMap((item) => spread(item));
  return Object.entries(value).map(([key, item]) => ({ [key]: item }));
}
