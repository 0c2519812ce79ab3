import { ExpressionError } from "./error.ts";

const MAX_PICTURE = 100;
const MAX_DATE = 100;
const MAX_ROMAN = 10_000;

/** Refuses a picture of $formatInteger or $parseInteger, or a number, that takes too long. */
export function checkIntegerPicture(picture: unknown, value: unknown): void {
  checkLength(picture);
  const roman = typeof picture === "string" && /^i(;|$)/i.test(picture);
  const most = roman ? MAX_ROMAN : Number.MAX_SAFE_INTEGER;
  if (typeof value === "number" && Math.abs(value) > most) {
    throw new ExpressionError(`Numbers up to ${most} can be formatted like this.`);
  }
  if (typeof value === "string" && value.length > MAX_DATE) {
    throw new ExpressionError(`Texts of up to ${MAX_DATE} characters can be parsed as numbers.`);
  }
}

/** Refuses a picture of $formatNumber that is long, and options that are not single characters. */
export function checkNumberPicture(picture: unknown, options: unknown): void {
  checkLength(picture);
  if (options === undefined) return;
  for (const [name, value] of Object.entries(options ?? {})) {
    if (typeof value !== "string" || [...value].length !== 1 || value.length !== 1) {
      throw new ExpressionError(`The option ${name} of $formatNumber must be one character.`);
    }
  }
}

/** Refuses a picture of $fromMillis or $now, or a time zone, that makes no date. */
export function checkDateFormat(picture: unknown, zone: unknown, millis: unknown): void {
  if (picture !== undefined) markersOf(picture);
  if (zone !== undefined && !/^[+-]?\d{1,4}$/.test(String(zone))) {
    throw new ExpressionError("A time zone is written like +0200.");
  }
  if (typeof millis === "number" && Math.abs(millis) > 8e15) {
    throw new ExpressionError("The time is too far from 1970.");
  }
}

/**
 * Refuses a picture of $toMillis that could be read in several ways: jsonata makes a RegExp of it,
 * which tries them all. So each part that has no fixed width must end before another kind of character.
 */
export function checkDateParse(text: unknown, picture: unknown): void {
  if (typeof text === "string" && text.length > MAX_DATE) {
    throw new ExpressionError(`A date has at most ${MAX_DATE} characters.`);
  }
  if (picture === undefined) return;
  const seen = new Set<string>();
  let before: Marker | undefined;
  for (const part of markersOf(picture)) {
    if (typeof part === "string") {
      if (before !== undefined && before.continues.test(part)) throw ambiguous(before);
    } else {
      if (seen.has(part.component)) {
        throw new ExpressionError(`The picture has [${part.component}] more than once.`);
      }
      seen.add(part.component);
      if (before !== undefined && !before.ends(part)) throw ambiguous(before);
    }
    before = typeof part === "string" ? undefined : part;
  }
}

interface Marker {
  component: string;
  /** Matches a following text that starts as the marker's own could go on. */
  continues: RegExp;
  /** Whether the marker's text ends where the text of the next one starts. */
  ends: (next: Marker) => boolean;
  kind: "digits" | "name" | "zone";
}

function ambiguous({ component }: Marker): ExpressionError {
  return new ExpressionError(
    `The picture must have a separator, such as - or a space, after [${component}].`,
  );
}

function markersOf(picture: unknown): (Marker | string)[] {
  checkLength(picture);
  const parts: (Marker | string)[] = [];
  for (const [token, marker] of String(picture).matchAll(/\[\[|\[([^\]]*)\]?|[^[]+/g)) {
    parts.push(marker === undefined ? token : markerOf(token, marker.replace(/\s/g, "")));
  }
  return parts;
}

function markerOf(token: string, marker: string): Marker {
  const parsed = MARKER.exec(marker);
  if (parsed === null || !token.endsWith("]")) {
    throw new ExpressionError(`The picture has a part that is not supported: ${token}.`);
  }
  const [, component = "", presentation = ""] = parsed;
  const named = /^n/i.test(presentation) || (presentation === "" && "FP".includes(component));
  const kind = "Zz".includes(component) ? "zone" : named || component === "P" ? "name" : "digits";
  return {
    component,
    kind,
    continues: kind === "name" ? /^[a-z]/i : /^\d/,
    ends: (next) => {
      if (next.kind === "zone") return kind !== "name" || next.component === "Z";
      // jsonata gives digits a fixed width when digits follow, but not to fractions of a second.
      if (kind === "digits" && next.kind === "digits") return component !== "f";
      return kind !== next.kind && kind !== "zone";
    },
  };
}

const MARKER =
  /^([YMDdFWwXxHhPmsfZz])(N|n|Nn|[0-9#]{1,9}[ot]?|\d\d?:\d\dt?|\d{2,4}t)?(?:,(?:\*|\d)(?:-(?:\*|\d))?)?$/;

function checkLength(picture: unknown): void {
  if (typeof picture !== "string" || picture.length <= MAX_PICTURE) return;
  throw new ExpressionError(`A picture has at most ${MAX_PICTURE} characters.`);
}
