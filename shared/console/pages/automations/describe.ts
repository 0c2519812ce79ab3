import type { Part, Rule } from "./automation.ts";
import { type Choices, nameOf } from "./choices.ts";
import { durationText } from "./duration.ts";
import {
  ACTIONS,
  type Choice,
  FIELDS,
  OPERATORS,
  type Parameter,
  parametersOf,
  TRIGGERS,
} from "./parts.ts";

const OTHER_EVENTS: Readonly<Record<string, string>> = { "lead.deleted": "A lead is deleted" };
// Of runs that were skipped.
const REASONS: Readonly<Record<string, string>> = {
  conditions: "The conditions did not hold.",
  loop: "The automation itself led to it.",
};

/** Why a run ended as it did, in words. */
export function reasonText(reason: string): string {
  return REASONS[reason] ?? reason;
}

/** A trigger in words. */
export function triggerText(trigger: Part, choices: Choices): string {
  return partText(TRIGGERS, trigger, choices);
}

/** An action in words. */
export function actionText(action: Part, choices: Choices): string {
  return partText(ACTIONS, action, choices);
}

/** A rule in words. */
export function ruleText({ field, operator, value }: Rule): string {
  const told = Array.isArray(value) ? value.join(", ") : value === undefined ? "" : String(value);
  return [fieldName(field), OPERATORS[operator] ?? operator, told && `“${told}”`]
    .filter(Boolean).join(" ");
}

/** What a kind of action, or an event, is called. */
export function nameOfType(type: string): string {
  return ACTIONS[type]?.label ?? TRIGGERS[type]?.label ?? OTHER_EVENTS[type] ?? type;
}

/** What a field is called. */
function fieldName(field: string): string {
  return FIELDS[field] ?? field.replace(/^custom_fields\./, "");
}

function partText(of: Readonly<Record<string, Choice>>, part: Part, choices: Choices): string {
  const told = parametersOf(of, part.type).flatMap((parameter) => {
    const value = part[parameter.name];
    const isGiven = value !== undefined && value !== null && value !== "";
    return isGiven
      ? [`${parameter.label.toLowerCase()} ${valueText(parameter, value, choices)}`]
      : [];
  });
  return [of[part.type]?.label ?? part.type, told.join(", ")].filter(Boolean).join(": ");
}

function valueText({ kind }: Parameter, value: unknown, choices: Choices): string {
  switch (kind) {
    case "pipeline":
      return nameOf(choices.pipelines, value);
    case "stage":
      return nameOf(choices.stages, value);
    case "form":
      return nameOf(choices.forms, value);
    case "webhook":
      return nameOf(choices.webhooks, value);
    case "mail":
      return nameOf(choices.mails, value);
    case "user":
      return nameOf(choices.users, value);
    case "users":
      return listed(value).map((id) => nameOf(choices.users, id)).join(", ");
    case "fields":
      return listed(value).map((name) => fieldName(String(name))).join(", ");
    case "duration":
      return durationText(String(value));
    case "tag":
    case "text":
    case "lines":
      return `“${short(String(value))}”`;
    default:
      return String(value);
  }
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function short(text: string): string {
  const signs = [...text];
  return signs.length > 80 ? `${signs.slice(0, 80).join("")}…` : text;
}
