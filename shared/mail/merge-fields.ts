import { escapeUTF8 } from "entities/escape";

/** What is filled in of each recipient. */
export const MERGE_FIELDS = ["first_name", "last_name", "name", "company", "title"] as const;

export type MergeField = typeof MERGE_FIELDS[number];

/** What stands for each of them. */
export type MergeValues = Readonly<Record<MergeField, string>>;

const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The names within `{{ }}` in a text, each once. */
export function fieldsIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(FIELD), ([, name = ""]) => name))];
}

export function isMergeField(name: string): name is MergeField {
  return MERGE_FIELDS.some((known) => known === name);
}

/** A line with its fields filled in. */
export function mergedLine(text: string, values: MergeValues): string {
  return merged(text, values, (value) => value.replaceAll(/\p{Cc}+/gu, " "));
}

/** HTML with its fields filled in, where values are text. */
export function mergedHtml(html: string, values: MergeValues): string {
  return merged(html, values, escapeUTF8);
}

// In one pass: what stands in a value is no field.
function merged(text: string, values: MergeValues, shown: (value: string) => string): string {
  return text.replaceAll(
    FIELD,
    (whole, name: string) => isMergeField(name) ? shown(values[name]) : whole,
  );
}
