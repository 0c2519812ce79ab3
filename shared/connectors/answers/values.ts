import { email, phone } from "../../crm/values/fields.ts";
import { registries } from "../../crm/values/registries.ts";

/** A value that can be stored, and whether it is all that was answered. */
export interface Readable {
  value: string;
  whole: boolean;
}

const LONGEST = 1_000;
/** The fewest digits of one of several numbers. */
const SHORTEST = 6;
const AROUND = /^[\s"'<([{,;:.]+|[\s"'>)\]},;:.!?]+$/gu;
/** As spreadsheets put before a plus. */
const QUOTES = /^\s*["'’`]+|["'’`]+\s*$/g;
const TYPED_SPACES = /\s*@\s*/gu;
const SEPARATORS = /[\s,;|/]+/u;
const BETWEEN_NUMBERS =
  /\s*(?:[;,|\n]|\s[/-]\s|\/(?=\s|[+(0])|\s(?:or|oder|ou|o|und|and|et|y)\s)\s*/iu;
const REMARK = /\s*[([{][^)\]}]*\p{L}[^)\]}]*[)\]}]\s*|^\s*\p{L}[\p{L} .]*:\s*/gu;
const INTERNATIONAL = /^\s*(?:tel:)?\s*[+＋]\s*\(?\p{Nd}/iu;
/** A national number begins with a trunk zero, or is grouped as in North America. */
const NATIONAL = /^\s*(?:tel:)?\s*(?:\(?0|\(\p{Nd}|\p{Nd}{3}[-. ]\p{Nd}{3}[-. ]\p{Nd}{4}\b)/iu;

/** Whether a text is an email address and nothing else. */
export function looksLikeEmail(text: string): boolean {
  return text.includes("@") && text.length <= LONGEST && storedEmail(text) !== null;
}

/**
 * The address that an answer to a question for one gives: the first of several, and one that was typed
 * with blanks or a full stop. Null without one.
 */
export function emailIn(text: string): Readable | null {
  if (!text.includes("@") || text.length > LONGEST) return null;
  for (const typed of [text, text.replace(AROUND, "")]) {
    if (storedEmail(typed) !== null) return { value: typed, whole: isBare(typed) };
  }
  const trimmed = text.replace(AROUND, "");
  for (const piece of [trimmed.replace(TYPED_SPACES, "@"), ...trimmed.split(SEPARATORS)]) {
    const found = piece.includes("@") ? storedEmail(piece.replace(AROUND, "")) : null;
    if (found !== null) return { value: found, whole: false };
  }
  return null;
}

/** The phone number that an answer to a question for one gives: the first of several. Null without. */
export function phoneIn(text: string): Readable | null {
  if (text.length > LONGEST) return null;
  const typed = text.replace(QUOTES, "");
  const pieces = typed.split(BETWEEN_NUMBERS).filter((piece) => digitsOf(piece) >= SHORTEST);
  if (pieces.length < 2 && readPhone(typed) !== null) return { value: typed, whole: true };
  for (const piece of [...pieces, typed]) {
    const bare = piece.replace(REMARK, " ").trim();
    const found = digitsOf(bare) < SHORTEST ? null : readPhone(bare);
    if (found !== null) return { value: found, whole: false };
  }
  return null;
}

/** Whether a text is a phone number by its form alone, as no order number or date is. */
export function looksLikePhone(text: string): boolean {
  if (text.length > 40) return false;
  const digits = digitsOf(text);
  if (
    digits < 7 || digits > 15 || /\p{L}/u.test(text.replace(/^\s*tel:|ext\.?|x(?=\s*\p{Nd})/iu, ""))
  ) {
    return false;
  }
  if (!INTERNATIONAL.test(text)) {
    return digits >= 9 && NATIONAL.test(text) && readPhone(text) !== null;
  }
  return registries().parsePhoneNumberFromString(text)?.isPossible() === true;
}

/** An email address as it is stored; null when the text is none. */
export function storedEmail(text: string): string | null {
  return email().safeParse(text).data ?? null;
}

function readPhone(text: string): string | null {
  return phone().safeParse(text).data ?? null;
}

function digitsOf(text: string): number {
  return (text.match(/\p{Nd}/gu) ?? []).length;
}

// An address alone; one with a name before it says more.
function isBare(text: string): boolean {
  return /^\s*<?[^\s<>]+>?\s*$/.test(text);
}
