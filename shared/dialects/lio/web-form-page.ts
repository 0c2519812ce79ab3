import type { FormField } from "../../crm/form-fields.ts";
import type { Fields } from "../../crm/plan.ts";
import type { Outcome } from "../../http/call.ts";
import type { FieldError } from "../../refusals/field-error.ts";
import { htmlPage } from "./html-page.ts";
import { escaped, field } from "./web-form-inputs.ts";

/** A form as its page shows it. */
export interface ShownForm {
  name: string;
  fields: readonly FormField[];
  honeypot_field: string | null;
}

/** What the page is filled in with. */
export interface Filled {
  /** Where it is sent. */
  action: string;
  token: string;
  /** What was typed before, by the fields' keys. */
  values?: Fields;
  /** What was wrong with that. */
  errors?: readonly FieldError[];
}

/** The field that only programs fill in, where a form has none of its own. */
export const HONEYPOT = "_hp";
/** The field that holds the proof of the page. */
export const TOKEN = "_token";

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 1rem; max-width: 40rem; font: 1rem/1.5 system-ui, sans-serif; }
label, legend { display: block; font-weight: 600; margin-top: 1rem; padding: 0; }
fieldset { border: 0; margin: 0; padding: 0; }
fieldset label, label.check { font-weight: 400; margin-top: .25rem; }
input:not([type=checkbox], [type=radio]), select, textarea { box-sizing: border-box; width: 100%; padding: .5rem;
  font: inherit; border: 1px solid #767676; border-radius: .25rem; }
[aria-invalid=true] { border-color: #b3261e; outline: 1px solid #b3261e; }
.error { color: #b3261e; margin: .25rem 0 0; }
@media (prefers-color-scheme: dark) { .error { color: #f2b8b5; } }
button { margin-top: 1.5rem; padding: .6rem 1.5rem; font: inherit; cursor: pointer; }
.away { position: absolute; left: -100rem; width: 1px; height: 1px; overflow: hidden; }
`;

/** The page that asks what a form asks, without a script; any site may show it in a frame. */
export function formPage(form: ShownForm, filled: Filled): Outcome {
  const { action, token, values = {}, errors = [] } = filled;
  const trap = escaped(form.honeypot_field ?? HONEYPOT);
  const content = `<form method="post" action="${
    escaped(action)
  }" accept-charset="utf-8" novalidate>
${summary(form, errors)}${form.fields.map((one) => field(one, values[one.key], errors)).join("\n")}
<input type="hidden" name="${TOKEN}" value="${escaped(token)}">
<div class="away" aria-hidden="true"><label for="f-${trap}">Leave this empty</label>
<input id="f-${trap}" name="${trap}" type="text" tabindex="-1" autocomplete="off"></div>
<button type="submit">Send</button>
</form>`;
  return page(errors.length > 0 ? 422 : 200, form.name, content);
}

/** The page that says that a form was taken. */
export function donePage({ name }: Pick<ShownForm, "name">, message: string): Outcome {
  return page(200, name, `<p role="status" dir="auto">${escaped(message)}</p>`);
}

function summary({ fields }: ShownForm, errors: readonly FieldError[]): string {
  if (errors.length === 0) return "";
  const labels = new Map(fields.map(({ key, label }) => [key, label]));
  const count = errors.length === 1
    ? "One field has a mistake"
    : `${errors.length} fields have mistakes`;
  const items = errors.map(({ field: key, message }) =>
    `<li><a href="#f-${escaped(key)}">${escaped(labels.get(key) ?? key)}: ${
      escaped(message)
    }</a></li>`
  );
  return `<div role="alert"><p class="error">${count}.</p><ul>${items.join("")}</ul></div>\n`;
}

function page(status: 200 | 422, title: string, content: string): Outcome {
  return {
    status,
    body: htmlPage(title, STYLE, content),
    contentType: "text/html; charset=utf-8",
    headers: {
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      // The page's address may hold a key.
      "Referrer-Policy": "no-referrer",
    },
  };
}
