import type { GivenAnswer } from "./answer-object.ts";
import { isParticle, withParticle } from "./names.ts";
import { open } from "./objects.ts";
import { askedFor, type Part, partOfType, plainQuestion, SURENESS } from "./question.ts";
import { textOf } from "./text.ts";

/** An answer that says something, and what its question asks for. */
export interface Answer {
  question: string;
  kind: string;
  text: string;
  asked: ReadonlyMap<Part, number>;
  /** A name that was asked for in parts. */
  parts?: { first: string; last: string };
  /** Its title is not sure to be its own. */
  inferred?: true;
  /** It is of somebody else. */
  other?: true;
}

const NAME_KEYS =
  /^(?:prefix|first|middle|infix|last|suffix|given|family|honorific\w*)(?:[ _-]?name)?$/i;
const FIRST_KEY = /^(?:first|given)(?:[ _-]?name)?$/i;
const MIDDLE_KEY = /^(?:middle|infix)(?:[ _-]?name)?$/i;
const LAST_KEY = /^(?:last|family)(?:[ _-]?name)?$/i;
const PHONE_KEYS = /^(?:full|country|country_?code|area|phone|number|ext|extension)$/i;

/** Reads an answer; undefined when it is blank. */
export function readAnswer({ question, kind, value, other }: GivenAnswer): Answer | undefined {
  const text = textOf(open(value));
  if (text === "") return undefined;
  const plain = plainQuestion(question);
  const answer = { question: plain, kind: typeof kind === "string" ? kind : "", text };
  if (other === true) return { ...answer, other, asked: new Map() };
  const parts = nameParts(value);
  if (parts !== undefined) {
    return { ...answer, parts, asked: new Map([["full_name", sureness(plain, "full_name")]]) };
  }
  const ofType = isPhoneInParts(value) ? "phone" : partOfType(kind);
  const asked = askedFor(plain);
  return { ...answer, asked: ofType === null ? asked : new Map([[ofType, SURENESS.type]]) };
}

/** The answer under a title that was found for it elsewhere. */
export function titled(answer: Answer, title: string): Answer {
  const asked = new Map(answer.asked);
  for (const part of askedFor(plainQuestion(title)).keys()) {
    if (!asked.has(part)) asked.set(part, SURENESS.section);
  }
  return { ...answer, asked, ...(answer.asked.size === 0 ? { inferred: true as const } : {}) };
}

// A second name in parts, of a child or a spouse, is one that the form did not ask of the person.
function sureness(question: string, part: Part): number {
  return askedFor(question).has(part) ? SURENESS.type : SURENESS.within;
}

function nameParts(value: unknown): Answer["parts"] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (!entries.every(([key]) => NAME_KEYS.test(key))) return undefined;
  const partAt = (pattern: RegExp) => textOf(entries.find(([key]) => pattern.test(key))?.[1]);
  const [first, middle, last] = [partAt(FIRST_KEY), partAt(MIDDLE_KEY), partAt(LAST_KEY)];
  if (first === "" && last === "") return undefined;
  return { first, last: isParticle(middle) ? withParticle(middle, last) : last };
}

function isPhoneInParts(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => PHONE_KEYS.test(key)) &&
    /^[\d\s()+./x-]*$/.test(textOf(value));
}
