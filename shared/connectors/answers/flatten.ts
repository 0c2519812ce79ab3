import { InvalidInput } from "../../refusals/errors.ts";
import { parseJson } from "../../formats/strict-json.ts";
import { askedFor, plainQuestion } from "./question.ts";
import { looksLikeEmail } from "./values.ts";
import { textOf } from "./text.ts";

/** A question of a form, with what was answered. */
export interface GivenAnswer {
  question?: unknown;
  /** The provider's type of question. */
  kind?: unknown;
  value?: unknown;
}

type Fields = Record<string, unknown>;

const DEEPEST = 4;
/** More are refused, so the object that wraps them is not read into each. */
const MOST_EVENTS = 100;
/** What an object that holds the answers is called, and what says nothing of them. */
const WRAPPERS =
  /^(?:answers?|attributes|body|client|contacts?|customer|data|fields?|form_?data|form_?fields|inputs?|lead|object|output|payload|person|profile|properties|response|responses|result|submission|user|values)$/i;
/** What an object that is one answer has beside its value. */
const OF_AN_ANSWER =
  /^(?:label|title|question|name|field|key|ref|id|type|kind|raw_?value|required|versions|timestamp|source[\w-]*|updated[\w-]*|object_?type_?id|order|position)$/i;
const LABELS = ["label", "title", "question", "name", "field", "key", "ref", "id"];

/**
 * The answers of an object that has a field for each, also within objects and lists of one that wrap
 * them, within JSON as text, and as objects such as `{label, value}`.
 */
export function* answersOf(
  value: unknown,
  step: () => void,
  path: readonly string[] = [],
): Generator<GivenAnswer> {
  const opened = open(value);
  if (!isObject(opened)) {
    for (const one of Array.isArray(opened) ? opened : []) yield* answersWithin(one, step, path);
    return;
  }
  for (const [key, inner] of Object.entries(unbracketed(opened))) {
    step();
    yield* fieldAnswers(key, open(inner), step, path);
  }
}

/** The events of a payload: those of a list, at the top or in the object that wraps it, else one. */
export function leadsOf(payload: unknown, step: () => void): unknown[] {
  const opened = open(payload, false);
  if (Array.isArray(opened)) return opened.flatMap((one) => leadsOf(one, step));
  if (!isObject(opened) || identifies(opened, step)) return [opened];
  for (const [key, inner] of Object.entries(opened)) {
    const list = open(inner, false);
    if (!Array.isArray(list) || list.length < 2 || list.length > MOST_EVENTS) continue;
    if (!list.every(isObject)) continue;
    if (!list.every((one) => identifies(one, step))) continue;
    const others = Object.entries(opened).filter(([other]) => other !== key);
    return list.map((one) => Object.fromEntries([...others, ...Object.entries(one)]));
  }
  return [opened];
}

function* answersWithin(
  value: unknown,
  step: () => void,
  path: readonly string[],
): Generator<GivenAnswer> {
  const answer = isObject(value) ? oneAnswer(value) : undefined;
  if (answer !== undefined) yield answer;
  else if (isObject(value)) yield* answersOf(value, step, path);
}

function* fieldAnswers(
  key: string,
  inner: unknown,
  step: () => void,
  path: readonly string[],
): Generator<GivenAnswer> {
  const list = Array.isArray(inner) && inner.length > 0 && inner.every(isObject) ? inner : [];
  if (list.length > 0 && list.every((one) => oneAnswer(one) !== undefined)) {
    for (const one of list) yield oneAnswer(one) ?? {};
    return;
  }
  if (!isObject(inner)) return yield titledBy(path, key, inner);
  const answer = oneAnswer(inner, questionAt(path, key));
  if (answer !== undefined) return yield answer;
  const wraps = WRAPPERS.test(key) || (!isOnePart(inner) && identifies(inner, step));
  if (!wraps || path.length >= DEEPEST) return yield titledBy(path, key, inner);
  yield* answersOf(inner, step, [...path, isReachable(inner) ? "" : key]);
}

function titledBy(path: readonly string[], key: string, value: unknown): GivenAnswer {
  const title = questionAt(path, key);
  return { question: title, kind: title, value };
}

// The name of what has an address or a number is a person's, that of a form is the form's.
function isReachable(object: Fields): boolean {
  return Object.entries(object).some(([key, value]) => {
    const asked = askedFor(plainQuestion(key));
    return (asked.has("email") || asked.has("phone")) && textOf(value) !== "";
  });
}

// A name, a phone number or an address in parts is one answer.
function isOnePart(object: object): boolean {
  return Object.keys(object).every((key) => PARTS.test(key));
}

const PARTS =
  /^(?:prefix|first|middle|last|suffix|country|area|phone|full|number|ext|code|street|city|state|zip|postal|addr_line\d|line\d)$/i;

function oneAnswer(object: Fields, title?: string): GivenAnswer | undefined {
  const value = "value" in object
    ? "value"
    : ["answer", "string_value", "values"].find((name) => name in object);
  if (value === undefined) return undefined;
  const others = Object.keys(object).filter((name) => name !== value);
  if (!others.every((name) => OF_AN_ANSWER.test(name))) return undefined;
  const label = LABELS.map((name) => object[name]).find((one) => plainQuestion(one) !== "") ??
    title;
  if (label === undefined) return undefined;
  return { question: label, kind: object.type ?? object.kind ?? label, value: object[value] };
}

function questionAt(path: readonly string[], key: string): string {
  const named = path.filter((part) => part !== "" && !WRAPPERS.test(part) && !/^\d+$/.test(part));
  return [...named, key].join(" ").replaceAll("_", " ");
}

/** Whether an object says who it is about, itself or within what wraps its answers. */
function identifies(object: Fields, step: () => void, depth = 0): boolean {
  return Object.entries(object).some(([key, value]) => {
    step();
    const opened = open(value);
    if (isObject(opened)) {
      const inner = oneAnswer(opened, key);
      if (inner !== undefined) return tellsWho(plainQuestion(inner.question), textOf(inner.value));
      return depth < DEEPEST && identifies(opened, step, depth + 1);
    }
    return tellsWho(plainQuestion(key), textOf(opened));
  });
}

function tellsWho(question: string, text: string): boolean {
  if (text === "") return false;
  if (looksLikeEmail(text)) return true;
  return [...askedFor(question).keys()].some((part) => part !== "company" && part !== "title");
}

// Some send an object as its JSON, or as the only item of a list.
function open(value: unknown, single = true): unknown {
  if (typeof value === "string" && /^\s*[[{]/.test(value)) return parsed(value) ?? value;
  return single && Array.isArray(value) && value.length === 1 && isObject(value[0])
    ? value[0]
    : value;
}

function parsed(text: string): unknown {
  try {
    const value = parseJson(text, (digits) => digits);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

/** Fields as forms of PHP name them, `fields[email][value]`, as the objects that they mean. */
function unbracketed(object: Fields): Fields {
  const entries = Object.entries(object);
  if (!entries.some(([key]) => BRACKETED.test(key))) return object;
  const fields = new Map<string, unknown>();
  const within = new Map<string, [string, unknown][]>();
  for (const [key, value] of entries) {
    const [, head = key, inner = ""] = BRACKETED.exec(key) ?? [];
    if (inner === "") fields.set(head, value);
    else {
      const list = within.get(head) ?? [];
      if (list.length === 0) fields.set(head, within.set(head, list));
      list.push([inner.includes("][") ? `${inner.replace("][", "[")}]` : inner, value]);
    }
  }
  for (const [head, list] of within) fields.set(head, unbracketed(Object.fromEntries(list)));
  return Object.fromEntries(fields);
}

const BRACKETED = /^([^[\]]+)\[(.*)\]$/;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
