import { dayAt, localText } from "../../crm/booking/local-time.ts";
import type { FormField } from "../../crm/form-fields.ts";
import type { Fields } from "../../crm/plan.ts";
import type { Span } from "../../crm/booking/slots.ts";
import type { FieldError } from "../../refusals/field-error.ts";
import { addressOf, type Choice, type PageAddress } from "./booking-choice.ts";
import { dayName } from "./booking-month.ts";
import { escaped, field } from "./web-form-inputs.ts";

const asked = (
  key: string,
  label: string,
  type: FormField["type"] = "text",
  required = false,
): FormField => ({ key, type, label, required, options: null, maps_to: key });

const FIELDS = [
  asked("name", "Your name", "text", true),
  asked("email", "Email", "email", true),
  asked("company", "Company"),
  asked("phone", "Phone", "phone"),
  asked("notes", "What is it about?", "textarea"),
];

/** A slot in words. */
export function slotText({ start, end }: Span, timezone: string): string {
  const [from, to] = [start, end].map((at) => localText(at, timezone).slice(11, 16));
  return `${dayName(dayAt(start, timezone))}, ${from} to ${to} (${timezone})`;
}

/** The form with which a visitor books a slot, with what was typed before and what was wrong with that. */
export function bookingForm(
  page: PageAddress,
  choice: Choice,
  slot: Span,
  values: Fields,
  errors: readonly FieldError[],
): string {
  const hidden = {
    start: new Date(slot.start).toISOString(),
    end: new Date(slot.end).toISOString(),
    tz: choice.timezone,
  };
  const inputs = Object.entries(hidden).map(([name, value]) =>
    `<input type="hidden" name="${name}" value="${escaped(value)}">`
  );
  return `<h2>${escaped(slotText(slot, choice.timezone))}</h2>
<p><a href="${
    escaped(addressOf(page, { ...choice, start: undefined }))
  }">Choose another time</a></p>
<form method="post" action="${escaped(page)}/confirm" accept-charset="utf-8" novalidate>
${summary(errors)}${FIELDS.map((one) => field(one, values[one.key], errors)).join("\n")}
${inputs.join("\n")}
<button type="submit">Book</button>
</form>`;
}

function summary(errors: readonly FieldError[]): string {
  if (errors.length === 0) return "";
  const items = errors.map(({ field: key, message }) => {
    const label = FIELDS.find((one) => one.key === key)?.label ?? key;
    return `<li><a href="#f-${escaped(key)}">${escaped(`${label}: ${message}`)}</a></li>`;
  });
  return `<div role="alert"><p class="error">Please look at this again:</p>
<ul>${items.join("")}</ul></div>\n`;
}
