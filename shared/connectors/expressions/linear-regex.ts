import { RE2JS } from "re2js";
import { ExpressionError } from "./error.ts";

const MAX_PATTERN = 250;
const MAX_PROGRAM = 500;
/** Characters in the ranges of a pattern that ignores the case: each is folded, in about 100 ns. */
const MAX_FOLDED = 10_000;
/** Characters times instructions of one search, which takes about 15 ns for each. */
const MAX_WORK = 2_000_000;

/** One match, as jsonata's functions take it. */
export interface Match {
  match: string;
  start: number;
  end: number;
  groups: (string | undefined)[];
}

/**
 * A regular expression that takes time in proportion to the text: no pattern makes it backtrack.
 * Lookaheads, lookbehinds and backreferences do not exist. Throws ExpressionError for a pattern
 * that is not supported, or that is too large.
 */
export class LinearRegex {
  readonly #regex: RE2JS;
  readonly #program: number;

  constructor(source: string, ignoreCase: boolean, multiline: boolean) {
    checkPattern(source, ignoreCase);
    const flags = (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (multiline ? RE2JS.MULTILINE : 0);
    try {
      this.#regex = RE2JS.compile(RE2JS.translateRegExp(source), flags);
    } catch {
      throw new ExpressionError(UNSUPPORTED);
    }
    this.#program = this.#regex.programSize();
    if (this.#program > MAX_PROGRAM) throw new ExpressionError(TOO_LARGE);
  }

  /** The first match at or after `from`. Throws ExpressionError when the text is too long for it. */
  find(text: string, from: number): Match | undefined {
    if (from > text.length) return undefined;
    if ((text.length - from) * this.#program > MAX_WORK) {
      throw new ExpressionError("The text is too long for this regular expression.");
    }
    const matcher = this.#regex.matcher(text);
    if (!matcher.find(from)) return undefined;
    const groups = Array.from(
      { length: matcher.groupCount() },
      (_, index) => matcher.group(index + 1) ?? undefined,
    );
    const [start, end] = [matcher.start(), matcher.end()];
    return { match: text.slice(start, end), start, end, groups };
  }
}

const UNSUPPORTED =
  "This regular expression is not supported: there are no lookaheads, lookbehinds or backreferences.";
const TOO_LARGE = "This regular expression is too large.";

function checkPattern(source: string, ignoreCase: boolean): void {
  if (source.length > MAX_PATTERN) {
    throw new ExpressionError(
      `A regular expression has at most ${MAX_PATTERN} characters; this one has ${source.length}.`,
    );
  }
  if (expandedSize(source) > 2 * MAX_PROGRAM) throw new ExpressionError(TOO_LARGE);
  if (ignoreCase && rangesOf(source) > MAX_FOLDED) throw new ExpressionError(TOO_LARGE);
  // The engine would take it for the letter.
  if (/\\k/.test(source)) throw new ExpressionError(UNSUPPORTED);
}

// At least the characters in the ranges, such as à-ÿ or \u00e0-\u00ff.
function rangesOf(source: string): number {
  let sum = 0;
  for (const [, first = "", code, last = ""] of source.matchAll(RANGES)) {
    const end = code === undefined ? last.charCodeAt(0) : parseInt(code, 16);
    sum += Math.max(end - first.charCodeAt(0), 0);
  }
  return sum;
}

const RANGES = /([^])-(?:\\[ux]\{?([0-9a-fA-F]+)|\\?([^]))/g;

// How large the pattern is when its repeats, such as (a{9}){9}, are written out.
function expandedSize(source: string): number {
  const open: number[] = [];
  let [total, atom] = [0, 0];
  for (const [token, times, most] of source.matchAll(TOKENS)) {
    if (token === "(") {
      open.push(total + atom);
      [total, atom] = [0, 0];
    } else if (token === ")") {
      atom += total + 2;
      total = open.pop() ?? 0;
    } else if (times !== undefined) {
      atom *= Math.max(Number(times), Number(most ?? 0), 1);
    } else {
      total += atom;
      atom = 1;
    }
  }
  return total + atom;
}

const TOKENS = /\{(\d+)(?:,(\d*))?\}|\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]|[^]/g;
