import { escapeUTF8 } from "entities/escape";
import { isLosslessNumber } from "lossless-json";
import { fieldOf } from "../events/lead-fields.ts";

type Lead = Readonly<Record<string, unknown>> | null;

const PLACE = /\{\{\s*lead\.([^{}]+?)\s*\}\}/g;

/** A text with the lead's values in place of each `{{lead.<field>}}`; nothing for what it lacks. */
export function filled(template: string, lead: Lead): string {
  return template.replaceAll(PLACE, (_, field: string) => told(lead, field));
}

/** HTML with the lead's values, escaped, in place of each `{{lead.<field>}}`. */
export function filledHtml(template: string, lead: Lead): string {
  return template.replaceAll(PLACE, (_, field: string) => escapeUTF8(told(lead, field)));
}

/** Text on one line: what would break it is a blank. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
}

function told(lead: Lead, field: string): string {
  return lead === null ? "" : worded(fieldOf(lead, field));
}

function worded(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (isLosslessNumber(value)) return value.value;
  if (Array.isArray(value)) return value.map(worded).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
