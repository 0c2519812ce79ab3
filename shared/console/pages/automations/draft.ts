import type { Automation, Part, Rule } from "./automation.ts";
import {
  ACTIONS,
  type Choice,
  type Kind,
  type Parameter,
  parametersOf,
  TRIGGERS,
} from "./parts.ts";

/** A trigger or an action as it is being written: lists have commas between. */
export interface PartDraft {
  /** Tells it from others while they are moved. */
  key: number;
  type: string;
  values: Readonly<Record<string, string>>;
}

/** A rule as it is being written; the values of `in` are lines. */
export interface RuleDraft {
  key: number;
  field: string;
  operator: string;
  value: string;
}

/** An automation as it is being written. */
export interface Draft {
  name: string;
  is_active: boolean;
  trigger: PartDraft;
  match: "all" | "any";
  rules: readonly RuleDraft[];
  actions: readonly PartDraft[];
}

const CUSTOM = "custom_fields.";
const LISTS: ReadonlySet<Kind> = new Set<Kind>(["fields", "users"]);
const NUMBERS: ReadonlySet<Kind> = new Set<Kind>([
  "number",
  "pipeline",
  "stage",
  "user",
  "users",
  "form",
  "webhook",
  "mail",
]);
let keys = 0;

/** A part of a type without values. */
export function newPart(type: string): PartDraft {
  return { key: ++keys, type, values: {} };
}

/** A rule that still lacks its value. */
export function newRule(): RuleDraft {
  return { key: ++keys, field: "source", operator: "equals", value: "" };
}

/** A new automation. */
export function newDraft(): Draft {
  return {
    name: "",
    is_active: true,
    trigger: newPart("lead.created"),
    match: "all",
    rules: [],
    actions: [newPart("add_tag")],
  };
}

/** An automation, to be changed. */
export function draftOf({ name, is_active, trigger, conditions, actions }: Automation): Draft {
  return {
    name,
    is_active,
    trigger: partDraft(TRIGGERS, trigger),
    match: conditions?.match ?? "all",
    rules: (conditions?.rules ?? []).map(ruleDraft),
    actions: actions.map((action) => partDraft(ACTIONS, action)),
  };
}

/** The body that makes the automation of a draft, or changes it into that. */
export function bodyOf({ name, is_active, trigger, match, rules, actions }: Draft): object {
  return {
    name,
    is_active,
    trigger: partBody(TRIGGERS, trigger),
    conditions: rules.length === 0 ? null : { match, rules: rules.map(ruleBody) },
    actions: actions.map((action) => partBody(ACTIONS, action)),
  };
}

/** The names of the fields that a draft has, as mistakes name them. */
export function fieldsOf({ trigger, rules, actions }: Draft): string[] {
  const within = (of: Readonly<Record<string, Choice>>, part: PartDraft, path: string) => [
    `${path}.type`,
    ...parametersOf(of, part.type).flatMap(({ name, kind }) =>
      withItems(`${path}.${name}`, LISTS.has(kind) ? part.values[name] : undefined)
    ),
  ];
  return [
    "name",
    "actions",
    ...within(TRIGGERS, trigger, "trigger"),
    ...rules.flatMap(({ operator, value }, at) => [
      `conditions.rules.${at}.field`,
      `conditions.rules.${at}.operator`,
      ...withItems(`conditions.rules.${at}.value`, operator === "in" ? value : undefined),
    ]),
    ...actions.flatMap((action, at) => within(ACTIONS, action, `actions.${at}`)),
  ];
}

/** The names of a value and, of a list as it is being written, of each that is in it. */
export function withItems(name: string, list: string | undefined): string[] {
  return [name, ...(list ?? "").split(/[,\n]/).map((_, at) => `${name}.${at}`)];
}

/** Whether a field is one of the lead's custom ones. */
export function isCustom(field: string): boolean {
  return field.startsWith(CUSTOM);
}

function partDraft(of: Readonly<Record<string, Choice>>, part: Part): PartDraft {
  const values = parametersOf(of, part.type).map(({ name }) => [name, textOf(part[name])]);
  return { key: ++keys, type: part.type, values: Object.fromEntries(values) };
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? value.join(",") : String(value);
}

function partBody(
  of: Readonly<Record<string, Choice>>,
  { type, values }: PartDraft,
): Record<string, unknown> {
  const given = parametersOf(of, type).flatMap((parameter) => {
    const text = values[parameter.name] ?? "";
    return text === "" ? [] : [[parameter.name, valueOf(parameter, text)]];
  });
  return { type, ...Object.fromEntries(given) };
}

// What is no number goes as it is, so that the API says what is wrong with it.
function valueOf({ kind }: Parameter, text: string): unknown {
  const one = (given: string) => NUMBERS.has(kind) ? numberOf(given) : given;
  return LISTS.has(kind) ? text.split(",").map(one) : one(text);
}

function ruleDraft({ field, operator, value }: Rule): RuleDraft {
  const text = Array.isArray(value) ? value.join("\n") : textOf(value);
  return { key: ++keys, field, operator, value: text };
}

function ruleBody({ field, operator, value }: RuleDraft): Rule {
  if (operator.startsWith("is_")) return { field, operator };
  if (operator !== "in") return { field, operator, value: numberOf(value) };
  const values = value.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return { field, operator, value: values.map(numberOf) };
}

// Not of digits that a number would not keep, as of phone numbers.
function numberOf(text: string): string | number {
  return text.trim() !== "" && String(Number(text)) === text ? Number(text) : text;
}
