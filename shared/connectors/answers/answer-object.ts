import { type Fields, isObject } from "./objects.ts";
import { plainQuestion } from "./question.ts";

/** A question of a form, with what was answered. */
export interface GivenAnswer {
  question?: unknown;
  /** The provider's type of question. */
  kind?: unknown;
  value?: unknown;
  /** It is of somebody else than the one who filled the form in. */
  other?: true;
}

/** What an object that is one answer has beside its value. */
const OF_AN_ANSWER =
  /^(?:label|title|name|field|key|ref|id|type|kind|raw_?value|required|versions|timestamp|(?:question|field|source|updated)[\w-]*|object_?type_?id|order|position)$/i;
const LABELS = ["label", "title", "question", "name", "field"]
  .concat("question_text", "questionText", "question_title", "question_label", "questionLabel")
  .concat("field_label", "fieldLabel", "field_name", "fieldName", "key", "ref", "id");

/** Whether a value is an object such as `{label, value}`, which is one answer. */
export function isAnswer(value: unknown): boolean {
  return isObject(value) && oneAnswer(value) !== undefined;
}

/** The answer that an object is; its title is the one given unless it has its own. */
export function oneAnswer(object: Fields, title?: string): GivenAnswer | undefined {
  const value = "value" in object
    ? "value"
    : ["answer", "response", "string_value", "values"].find((name) => name in object);
  if (value === undefined) return undefined;
  const others = Object.keys(object).filter((name) => name !== value);
  if (!others.every((name) => OF_AN_ANSWER.test(name))) return undefined;
  const own = LABELS.map((name) => object[name]).find((one) => plainQuestion(one) !== "");
  const label = own ?? (isObject(object[value]) ? undefined : title);
  if (label === undefined) return undefined;
  return { question: label, kind: object.type ?? object.kind ?? label, value: object[value] };
}
