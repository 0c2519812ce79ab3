import type { FormField } from "../../crm/form-fields.ts";
import { textOf } from "../../crm/form-values.ts";
import type { FieldError } from "../../refusals/field-error.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The types of inputs, where they are not called as the field's. */
const TYPES: Partial<Record<FormField["type"], string>> = { phone: "tel" };

/** What browsers fill in by themselves, by the lead's field. */
const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  first_name: "given-name",
  last_name: "family-name",
  email: "email",
  phone: "tel",
  company: "organization",
  name: "name",
};

/** Text as HTML, also within quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);
}

/** A field of a form, with its label, what was typed before, and what was wrong with that. */
export function field(one: FormField, value: unknown, errors: readonly FieldError[]): string {
  const { key, type, label } = one;
  if (type === "hidden") {
    return `<input type="hidden" name="${key}" value="${escaped(typed(value))}">`;
  }
  const wrong = errors.filter((error) => error.field === key).map(({ message }) => message);
  const told = wrong.length === 0
    ? ""
    : `\n<p class="error" id="e-${key}">${escaped(wrong.join(" "))}</p>`;
  const shown = `${escaped(label)}${one.required ? ' <span aria-hidden="true">*</span>' : ""}`;
  if (type === "radio") {
    return `<fieldset id="f-${key}" role="radiogroup"${about(one, wrong)}>
<legend dir="auto">${shown}</legend>
${choices(one, value)}
</fieldset>${told}`;
  }
  if (type === "checkbox") {
    const checked = ["on", "true", "1"].includes(typed(value)) ? " checked" : "";
    return `<label class="check" dir="auto"><input id="f-${key}" name="${key}" type="checkbox"${checked}${
      about(one, wrong)
    }> ${shown}</label>${told}`;
  }
  return `<label for="f-${key}" dir="auto">${shown}</label>\n${control(one, value, wrong)}${told}`;
}

function control(one: FormField, value: unknown, wrong: readonly string[]): string {
  const { key, type, maps_to } = one;
  const named = `id="f-${key}" name="${key}"${about(one, wrong)}`;
  if (type === "textarea") {
    // HTML drops the first line break.
    return `<textarea ${named} rows="5" dir="auto">\n${escaped(typed(value))}</textarea>`;
  }
  if (type === "select" || type === "multiselect") {
    const empty = type === "select" ? '<option value=""></option>' : "";
    const multiple = type === "multiselect" ? " multiple" : "";
    return `<select ${named}${multiple}>${empty}${options(one, value)}</select>`;
  }
  const known = AUTOCOMPLETE[maps_to];
  const autocomplete = known === undefined ? "" : ` autocomplete="${known}"`;
  return `<input type="${TYPES[type] ?? type}" ${named}${
    type === "number" ? ' step="any"' : ""
  }${autocomplete} dir="auto" value="${escaped(typed(value))}">`;
}

function options({ options: some }: FormField, value: unknown): string {
  return (some ?? []).map((option) => {
    const selected = isChosen(option, value) ? " selected" : "";
    return `<option value="${escaped(option)}"${selected}>${escaped(option)}</option>`;
  }).join("");
}

function choices({ key, options: some }: FormField, value: unknown): string {
  return (some ?? []).map((option) => {
    const checked = isChosen(option, value) ? " checked" : "";
    return `<label dir="auto"><input type="radio" name="${key}" value="${
      escaped(option)
    }"${checked}> ${escaped(option)}</label>`;
  }).join("\n");
}

function isChosen(option: string, value: unknown): boolean {
  return Array.isArray(value) ? value.includes(option) : value === option;
}

function about({ key, required, type }: FormField, wrong: readonly string[]): string {
  const needed = required ? (type === "radio" ? ' aria-required="true"' : " required") : "";
  const invalid = wrong.length === 0 ? "" : ` aria-invalid="true" aria-describedby="e-${key}"`;
  return needed + invalid;
}

function typed(value: unknown): string {
  return value === undefined || value === null ? "" : textOf(value);
}
