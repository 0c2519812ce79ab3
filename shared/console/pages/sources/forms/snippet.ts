import type { FormField, WebForm } from "./forms.ts";

/** The HTML of a form, for any page: it works without a script and without a key. */
export function snippetOf(form: Pick<WebForm, "fields" | "honeypot_field">, to: string): string {
  const trap = form.honeypot_field === null
    ? []
    // People do not see it: who fills it in is a program.
    : [`  <input name="${escaped(form.honeypot_field)}" tabindex="-1" autocomplete="off" hidden>`];
  return [
    `<form method="post" action="${escaped(to)}">`,
    ...form.fields.map((field) => `  ${control(field)}`),
    ...trap,
    "  <button>Send</button>",
    "</form>",
  ].join("\n");
}

/** The HTML that shows a form's own page within any page. */
export function frameOf(name: string, link: string): string {
  const attributes = `src="${escaped(link)}" title="${escaped(name)}"`;
  return `<iframe ${attributes} width="100%" height="600" style="border: 0"></iframe>`;
}

function control({ key, label, type, required, options }: FormField): string {
  const name = `name="${escaped(key)}"${required ? " required" : ""}`;
  const text = escaped(label);
  const choices = options ?? [];
  switch (type) {
    case "hidden":
      return `<input type="hidden" name="${escaped(key)}">`;
    case "textarea":
      return `<label>${text} <textarea ${name}></textarea></label>`;
    case "checkbox":
      return `<label><input type="checkbox" ${name} value="true"> ${text}</label>`;
    case "select":
    case "multiselect": {
      const all = choices.map((one) => `<option>${escaped(one)}</option>`).join("");
      const many = type === "multiselect" ? " multiple" : "";
      return `<label>${text} <select ${name}${many}>${all}</select></label>`;
    }
    case "radio":
      return `<fieldset><legend>${text}</legend>${
        choices.map((one) =>
          `<label><input type="radio" ${name} value="${escaped(one)}"> ${escaped(one)}</label>`
        ).join("")
      }</fieldset>`;
    default:
      return `<label>${text} <input type="${INPUTS[type] ?? "text"}" ${name}></label>`;
  }
}

const INPUTS: Readonly<Record<string, string>> = {
  email: "email",
  phone: "tel",
  number: "number",
  date: "date",
  url: "url",
};

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
