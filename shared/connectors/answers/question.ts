import { decodeXML } from "entities/decode";
import { folded, phrasesOf, tokenSet, Vocabulary } from "./vocabulary.ts";
import { FILLERS, OTHER_NUMBERS, OTHERS, STAFF, WHOSE } from "./words-around.ts";
import { COMPANY, EMAIL, PHONE, TITLE } from "./words-for-contact.ts";
import {
  CALLED,
  FIRST,
  FULL,
  LAST,
  MIDDLE,
  NAME,
  PARTICLE,
  SECOND_LAST,
} from "./words-for-names.ts";

/** The fields of a contact that a question may ask for. */
export type Part =
  | "email"
  | "phone"
  | "full_name"
  | "first_name"
  | "last_name"
  | "company"
  | "title"
  | NamePart;

/** What is asked for apart, and goes with a last name: what stands before it, and a second one. */
export type NamePart = "particle" | "middle_name" | "second_last_name";

type Word = Exclude<Part, "email" | "phone"> | "name";

const NAME_PARTS: readonly NamePart[] = ["particle", "middle_name", "second_last_name"];

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

const MOST_KNOWN = 1_000;
const known = new Map<string, ReadonlyMap<Part, number>>();

/** What a plain question asks for, and how surely; empty when it asks for nothing of a contact. */
export function askedFor(question: string): ReadonlyMap<Part, number> {
  const read = question.slice(0, LONGEST_READ);
  const asked = known.get(read) ?? partsAskedFor(read);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(read, asked);
  return asked;
}

function partsAskedFor(read: string): Map<Part, number> {
  const asked = new Map<Part, number>();
  const whole = folded(read);
  if (whole === "" || OTHERS_OF.isIn(whole)) return asked;
  if (EMAIL_OF.isIn(whole)) asked.set("email", SURENESS.within);
  if (PHONE_OF.isIn(whole) && !/\bfax\b/.test(whole)) asked.set("phone", SURENESS.within);
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
  return OTHERS_OF.isIn(wording) ? null : nameOf(wording);
}

/** Whether what a question asks for tells who somebody is. */
export function asksWho(question: string): boolean {
  return [...askedFor(question).keys()].some((part) => !TELLS_NOBODY.has(part));
}

const TELLS_NOBODY = new Set<Part>(["company", "title", ...NAME_PARTS]);

/** Whether a question is about somebody or something else, so that its answer is not the contact's. */
export function isAboutOthers(question: string): boolean {
  return OTHERS_OF.isIn(folded(question.slice(0, LONGEST_READ)));
}

/** Whether a key is that of somebody who works on what was sent, such as its owner. */
export function isOfStaff(key: string): boolean {
  return STAFF_OF.isIn(folded(key.slice(0, LONGEST_READ)));
}

/** Whether a question asks for a number that is no phone number. */
export function isOtherNumber(question: string): boolean {
  return OTHER_NUMBERS_OF.isIn(folded(question.slice(0, LONGEST_READ)));
}

function withSurer(asked: Map<Part, number>, whole: string): Map<Part, number> {
  for (const part of asked.keys()) {
    const bare = tokensOf((part === "email" ? EMAIL_OF : PHONE_OF).find(whole).rest);
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
  const { phrases, rest } = WORDS_OF.find(wording);
  const found = phrases.flatMap((text) =>
    (WORD_OF.get(text) ?? []).map((word) => ({ word, text }))
  );
  const has = (word: Word) => found.some((one) => one.word === word);
  const left = tokensOf(rest);
  if (has("company") || has("title")) {
    if (left.length > 0 || has("first_name") || has("last_name")) return null;
    return has("title") ? "title" : "company";
  }
  const part = NAME_PARTS.find(has);
  if (part !== undefined) return left.length === 0 && found.length === 1 ? part : null;
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

function tokensOf(text: string): string[] {
  return text.split(" ").filter((token) =>
    token !== "" && !FILLERS_OF.has(token) && !/^\d+$/.test(token)
  );
}

const FILLERS_OF = tokenSet(FILLERS);
const WHOSE_OF = tokenSet(WHOSE);
const OTHERS_OF = new Vocabulary(OTHERS);
const STAFF_OF = new Vocabulary(STAFF);
const OTHER_NUMBERS_OF = new Vocabulary(OTHER_NUMBERS);
const EMAIL_OF = new Vocabulary(EMAIL, TELLING);
const PHONE_OF = new Vocabulary(PHONE, TELLING);

const WORDS: Record<Word, readonly string[]> = {
  company: COMPANY,
  title: TITLE,
  full_name: [...FULL, ...CALLED],
  last_name: LAST,
  first_name: FIRST,
  name: NAME,
  particle: PARTICLE,
  middle_name: MIDDLE,
  second_last_name: SECOND_LAST,
};
const WORDS_OF = new Vocabulary(Object.values(WORDS).flat());
const WORD_OF = new Map<string, Word[]>();
for (const [word, lists] of Object.entries(WORDS) as [Word, readonly string[]][]) {
  for (const text of phrasesOf(lists)) WORD_OF.set(text, [...WORD_OF.get(text) ?? [], word]);
}
