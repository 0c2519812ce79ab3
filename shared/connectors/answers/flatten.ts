import { type GivenAnswer, isAnswer, oneAnswer } from "./answer-object.ts";
import { type Fields, isObject, open, unbracketed } from "./objects.ts";
import { askedFor, asksWho, isAboutOthers, isOfStaff, plainQuestion } from "./question.ts";
import { looksLikeEmail, looksLikePhone } from "./values.ts";
import { MACHINERY } from "./words-around.ts";
import { isOnePart, textOf } from "./text.ts";

const DEEPEST = 4;
/** More are refused, so the object that wraps them is not read into each. */
const MOST_EVENTS = 100;
/** What an object that holds the answers is called, and what says nothing of them. */
const WRAPPERS =
  /^(?:answers?|attributes|body|client|contacts?|customer|data|fields?|form_?data|form_?fields|inputs?|lead|object|output|payload|person|profile|properties|response|responses|result|submission|user|values)$/i;
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
  const answered = Object.entries(unbracketed(opened)).filter(([key]) => !MACHINERY.test(key));
  const fields = answered.map(([key, inner]): [string, unknown] => {
    step();
    return [key, open(inner)];
  });
  const people = fields.filter(([, inner]) => isObject(inner) && identifies(inner, step));
  const others = isReachable(opened) ? people.length > 0 : people.length > 1;
  for (const [key, inner] of fields) {
    const isOther = isAboutOthers(key) || (others && isOfStaff(key));
    if (isOther && isObject(inner)) yield* partsOf(inner, [...path, key], { other: true });
    else yield* fieldAnswers(key, inner, step, path);
  }
}

/** The events of a payload: those of a list, at the top or in the object that wraps it, else one. */
export function leadsOf(payload: unknown, step: () => void): unknown[] {
  const opened = open(payload, false);
  if (Array.isArray(opened) && opened.length > 0 && opened.every(isAnswer)) return [opened];
  if (Array.isArray(opened)) return opened.flatMap((one) => leadsOf(one, step));
  if (!isObject(opened) || identifies(opened, step)) return [opened];
  for (const [key, inner] of Object.entries(opened)) {
    const list = open(inner, false);
    if (!Array.isArray(list) || list.length < 2 || list.length > MOST_EVENTS) continue;
    if (!list.every(isObject) || list.every(isAnswer)) continue;
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
  if (list.length > 0 && list.every((one) => reached(key, one) !== undefined)) {
    for (const one of list) yield* reachedAnswers(path, key, one);
    return;
  }
  if (!isObject(inner)) return yield titledBy(path, key, inner);
  const answer = oneAnswer(inner, questionAt(path, key));
  if (answer !== undefined) return yield answer;
  if (reached(key, inner) !== undefined) return yield* reachedAnswers(path, key, inner);
  const wraps = WRAPPERS.test(key) || (!isOnePart(inner) && identifies(inner, step));
  if (wraps && path.length < DEEPEST) {
    const isPerson = isReachable(inner) && !askedFor(plainQuestion(key)).has("company");
    yield* answersOf(inner, step, isPerson ? [...path, key].map(() => "") : [...path, key]);
  } else if (!isOnePart(inner) && Object.keys(inner).some((name) => NAMED.test(name))) {
    yield* partsOf(inner, [...path, key]);
  } else yield titledBy(path, key, inner);
}

// One of somebody's numbers or addresses, such as `{type: "work", number}`.
function reached(key: string, object: Fields): string | undefined {
  const asked = askedFor(plainQuestion(key));
  const looksLikeIt = asked.has("email") ? looksLikeEmail : asked.has("phone") && looksLikePhone;
  return looksLikeIt
    ? Object.keys(object).find((name) => looksLikeIt(textOf(object[name])))
    : undefined;
}

function* reachedAnswers(
  path: readonly string[],
  key: string,
  object: Fields,
): Generator<GivenAnswer> {
  const name = reached(key, object) ?? "";
  yield titledBy(path, key, object[name]);
  const others = Object.entries(object).filter(([other]) => other !== name);
  yield* partsOf(Object.fromEntries(others), [...path, key]);
}

function* partsOf(
  object: Fields,
  path: readonly string[],
  more: Pick<GivenAnswer, "other"> = {},
): Generator<GivenAnswer> {
  for (const [key, value] of Object.entries(object)) {
    yield { question: questionAt(path, key), kind: key, value, ...more };
  }
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

/** A name of several words, which says more of a value than the day of a date or the city of an address. */
const NAMED = /[\p{L}\p{N}][_\s-][\p{L}\p{N}]/u;

function questionAt(path: readonly string[], key: string): string {
  const named = path.filter((part) => part !== "" && !WRAPPERS.test(part) && !/^\d+$/.test(part));
  return [...named, key].join(" ").replaceAll("_", " ");
}

/** Whether an object says who it is about, itself or within what wraps its answers. */
function identifies(object: Fields, step: () => void, depth = 0): boolean {
  return Object.entries(object).some(([key, value]) => {
    step();
    const opened = open(value);
    if (Array.isArray(opened) && opened.some(isObject)) {
      return opened.some((one) => isAnswer(one) && identifies({ [key]: one }, step, depth));
    }
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
  return looksLikeEmail(text) || asksWho(question);
}
