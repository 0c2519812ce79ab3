import { decodeXML } from "entities/decode";
import { FILLERS, OTHER_NUMBERS, OTHERS, WHOSE } from "./words-around.ts";
import { COMPANY, EMAIL, PHONE, TITLE } from "./words-for-contact.ts";
import { FIRST, FULL, LAST, NAME } from "./words-for-names.ts";

/** The fields of a contact that a question may ask for. */
export type Part =
  | "email"
  | "phone"
  | "full_name"
  | "first_name"
  | "last_name"
  | "company"
  | "title";

type Word = Exclude<Part, "email" | "phone"> | "name";

/** How surely a question asks for a field: in its whole wording, within it, or only by its value. */
export const SURENESS = { type: 4, whole: 3, within: 2, section: 1, value: 0 } as const;

const LONGEST_QUESTION = 2_000;
const LONGEST_READ = 200;
/** As many letters are enough to know a word within a longer one. */
const TELLING = 5;

/** A question as a person reads it, without markup, on one line and without `:` or `*` at its end. */
export function plainQuestion(question: unknown): string {
  if (typeof question !== "string" && typeof question !== "number") return "";
  const text = decodeXML(String(question).slice(0, LONGEST_QUESTION));
  return text.replace(/<\/?[a-z][^<>]{0,200}>/gi, "").replace(/\*+/g, "").replace(/\s+/g, " ")
    .replace(/[\s:]+$/, "").trim();
}

/** What a plain question asks for, and how surely; empty when it asks for nothing of a contact. */
export function askedFor(question: string): Map<Part, number> {
  const asked = new Map<Part, number>();
  const read = question.slice(0, LONGEST_READ);
  const whole = folded(read);
  if (whole === "" || about(OTHERS_OF, whole)) return asked;
  if (about(EMAIL_OF, whole)) asked.set("email", SURENESS.within);
  if (about(PHONE_OF, whole) && !/\bfax\b/.test(whole)) asked.set("phone", SURENESS.within);
  if (asked.size > 0) return withSurer(asked, whole);
  for (const [wording, sureness] of wordings(read)) {
    const part = nameOf(wording);
    if (part !== null) return asked.set(part, sureness);
  }
  return asked;
}

/** What a provider's own type of a question asks for, such as `INPUT_PHONE_NUMBER`. */
export function partOfType(type: unknown): Part | null {
  if (typeof type !== "string") return null;
  const wording = folded(type).replace(/^(?:input|question|work) /, "");
  if (/^e ?mail(?: ?address)?$/.test(wording)) return "email";
  if (/^(?:mobile ?)?(?:phone|tel)(?: ?number| national)?$/.test(wording)) return "phone";
  if (wording === "title") return "title";
  return nameOf(wording);
}

/** Whether a question is about somebody or something else, so that its answer is not the contact's. */
export function isAboutOthers(question: string): boolean {
  return about(OTHERS_OF, folded(question.slice(0, LONGEST_READ)));
}

/** Whether a question asks for a number that is no phone number. */
export function isOtherNumber(question: string): boolean {
  return about(OTHER_NUMBERS_OF, folded(question.slice(0, LONGEST_READ)));
}

function withSurer(asked: Map<Part, number>, whole: string): Map<Part, number> {
  for (const part of asked.keys()) {
    const bare = tokensOf(whole.replace(part === "email" ? EMAIL_OF : PHONE_OF, " "));
    if (bare.every((token) => OF_AN_ADDRESS.test(token))) asked.set(part, SURENESS.whole);
  }
  return asked;
}

const OF_AN_ADDRESS =
  /^(?:e|id|address|adresse|direccion|indirizzo|number|no|nr|nummer|numero|номер)$/;

// The whole, its sentences, and a key such as `name-de` or `name_2` without its section.
function* wordings(question: string): Generator<[string, number]> {
  const outside = question.replace(/[(（[【][^)）\]】]*[)）\]】]/g, " ");
  yield [folded(outside), SURENESS.whole];
  for (const sentence of outside.split(/[.!?:;？！：；。]|\s[-–—|]\s/)) {
    yield [folded(sentence), SURENESS.whole];
  }
  const [, start] = /^(\S*[\p{L}\p{N}])[-_][\p{L}\p{N}]{1,12}$/u.exec(question.trim()) ?? [];
  if (start !== undefined) yield [folded(start), SURENESS.section];
}

/** Which of a name, a company or a job a folded wording asks for, all of its words told. */
function nameOf(wording: string): Part | null {
  const found: { word: Word; text: string }[] = [];
  const rest = wording.replace(WORDS_OF, (text) => {
    for (const word of WORD_OF.get(text) ?? []) found.push({ word, text });
    return " ";
  });
  const has = (word: Word) => found.some((one) => one.word === word);
  const left = tokensOf(rest);
  if (has("company") || has("title")) {
    if (left.length > 0 || has("first_name") || has("last_name")) return null;
    return has("title") ? "title" : "company";
  }
  if (found.length === 0 || (left.length > 0 && !namesAPerson(left, found))) return null;
  if (has("full_name") || (has("last_name") && (has("first_name") || has("name")))) {
    return "full_name";
  }
  return has("last_name") ? "last_name" : has("first_name") ? "first_name" : "full_name";
}

// A word such as "surname" tells enough by itself, one such as "name" does not.
function namesAPerson(left: string[], found: readonly { word: Word; text: string }[]): boolean {
  if (left.every((token) => WHOSE_OF.has(token))) return true;
  return found.some(({ word, text }) =>
    UNSPACED.test(text)
      ? text.length > 1 && word === "full_name"
      : text.length >= TELLING && (word === "first_name" || word === "last_name")
  );
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const SPACED_ONLY = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N} ]+$/u;

/** In one form whatever the case, the accents and what stands between the words. */
function folded(text: string): string {
  return text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "").normalize("NFKC").toLowerCase().normalize("NFC")
    .replace(/[\u0300-\u036f]/g, "").replace(/(\p{L})\d{1,4}(?!\p{L})/gu, "$1")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").replace(/^ ?(?:q ?)?\d+ (?=\p{L})/u, " ").trim()
    .replace(/ \d+$/, "");
}

function tokensOf(text: string): string[] {
  return text.split(" ").filter((token) =>
    token !== "" && !FILLERS_OF.has(token) && !/^\d+$/.test(token)
  );
}

function setOf(lists: readonly string[]): Set<string> {
  return new Set(lists.flatMap((list) => folded(list).split(" ")));
}

function wordsOf(lists: readonly string[]): string[] {
  return lists.flatMap((list) => list.split("|")).map(folded).sort((a, b) => b.length - a.length);
}

// A short word of an alphabet is known only as a word of its own.
function anyOf(lists: readonly string[], alone = false): RegExp {
  const patterns = wordsOf(lists).map((word) =>
    SPACED_ONLY.test(word) && (alone || word.length < TELLING)
      ? `(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`
      : word
  );
  return new RegExp(patterns.join("|"), "u");
}

function about(words: RegExp, wording: string): boolean {
  return words.test(wording);
}

const FILLERS_OF = setOf(FILLERS);
const WHOSE_OF = setOf(WHOSE);
const OTHERS_OF = anyOf(OTHERS, true);
const OTHER_NUMBERS_OF = anyOf(OTHER_NUMBERS, true);
const EMAIL_OF = anyOf(EMAIL);
const PHONE_OF = anyOf(PHONE);

const VOCABULARY: Record<Word, readonly string[]> = {
  company: COMPANY,
  title: TITLE,
  full_name: FULL,
  last_name: LAST,
  first_name: FIRST,
  name: NAME,
};
const WORDS_OF = new RegExp(anyOf(Object.values(VOCABULARY).flat(), true).source, "gu");
const WORD_OF = new Map<string, Word[]>();
for (const [word, lists] of Object.entries(VOCABULARY) as [Word, readonly string[]][]) {
  for (const text of wordsOf(lists)) WORD_OF.set(text, [...WORD_OF.get(text) ?? [], word]);
}
