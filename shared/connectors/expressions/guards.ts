import { MAX_TEXT, TEXT_TOO_LONG } from "./budget.ts";
import { ExpressionError } from "./error.ts";
import {
  checkDateFormat,
  checkDateParse,
  checkIntegerPicture,
  checkNumberPicture,
} from "./pictures.ts";
import type { Sizes } from "./values.ts";

const MAX_LIST = 10_000;

type Guard = (args: readonly unknown[], sizes: Sizes) => void;

const guards: Record<string, Guard> = {
  append: ([left, right]) => {
    if (lengthOf(left) + lengthOf(right) > MAX_LIST) throw tooManyItems();
  },
  formatInteger: ([value, picture]) => checkIntegerPicture(picture, value),
  formatNumber: ([, picture, options]) => checkNumberPicture(picture, options),
  fromMillis: ([millis, picture, zone]) => checkDateFormat(picture, zone, millis),
  join: ([list, separator]) => {
    if (!Array.isArray(list)) return;
    const texts = list.reduce((sum: number, text: unknown) => sum + textLength(text), 0);
    checkTextLength(texts + list.length * textLength(separator));
  },
  pad: ([, width]) => checkTextLength(Math.abs(Number(width ?? 0))),
  parseInteger: ([text, picture]) => checkIntegerPicture(picture, text),
  replace: ([text, pattern, replacement]) => {
    checkTextLength(mostReplaced(textLength(text), pattern, replacement));
  },
  split: ([text, separator]) => {
    if (typeof separator !== "string" || typeof text !== "string") return;
    if (text.split(separator, MAX_LIST + 1).length > MAX_LIST) throw tooManyItems();
  },
  string: ([value, prettify], sizes) => {
    if (prettify !== true || typeof value !== "object" || value === null) return;
    const { size, depth } = sizes.measure(value);
    checkTextLength(size * (1 + depth / 2));
  },
  toMillis: ([text, picture]) => checkDateParse(text, picture),
  zip: (lists) => {
    const shortest = Math.min(...lists.map(lengthOf));
    if (shortest * lists.length > MAX_LIST) throw tooManyItems();
  },
};

/**
 * Refuses arguments with which one of jsonata's functions would take too long or build too much
 * before it can be stopped. Throws ExpressionError.
 */
export function checkArguments(name: string, args: readonly unknown[], sizes: Sizes): void {
  if (args.some((arg) => typeof arg === "number" && !Number.isFinite(arg))) {
    throw new ExpressionError(`$${name} is given a number that is not finite.`);
  }
  guards[name]?.(args, sizes);
}

// What is matched is disjoint, so each $ of the replacement inserts the text once at most.
function mostReplaced(length: number, pattern: unknown, replacement: unknown): number {
  if (typeof replacement !== "string") return length;
  if (typeof pattern === "string") {
    return length + (length / Math.max(pattern.length, 1)) * replacement.length;
  }
  return length * replacement.split("$").length + (length + 1) * replacement.length;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 1;
}

function textLength(text: unknown): number {
  return typeof text === "string" ? text.length : 0;
}

function checkTextLength(length: number): void {
  if (length > MAX_TEXT) throw new ExpressionError(TEXT_TOO_LONG);
}

function tooManyItems(): ExpressionError {
  return new ExpressionError(`The expression builds a list of more than ${MAX_LIST} items.`);
}
