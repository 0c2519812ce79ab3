import { stringify } from "lossless-json";
import { type Sql, sql } from "../db/sql.ts";
import { storedForm } from "../formats/json-object.ts";
import type { FieldError } from "../refusals/errors.ts";
import { unknownField } from "../refusals/validation.ts";
import type { FormField } from "./form-fields.ts";
import { FormReading } from "./form-reading.ts";
import { typedValue } from "./form-values.ts";
import { saysNothing } from "./lead-intake.ts";
import type { Fields } from "./plan.ts";

/** What a form asks. */
export interface AskedForm {
  fields: readonly FormField[];
  honeypot_field: string | null;
  /** The types of fields whose wrong values are refused, also where they are not required. */
  exact?: readonly FormField["type"][];
}

/** A submission, read. */
export interface ReadSubmission {
  /** All that was sent, by the keys it was sent under. */
  values: Fields;
  /** The fields of app.land_lead; null for spam. */
  lead: Fields | null;
  warnings: readonly FieldError[];
}

/**
 * Reads what was submitted by a form, of a web page (`isWeb`) in its texts. Refused is only a required
 * field that is missing or wrong, and one that names somebody when it is wrong and no other does; whatever
 * else is wrong or unknown is kept as a custom field of its key, and warned of. Throws InvalidInput.
 */
export function readSubmission(form: AskedForm, given: Fields, isWeb: boolean): ReadSubmission {
  const values = new Map(Object.entries(given));
  if (form.honeypot_field !== null) {
    const trap = values.get(form.honeypot_field);
    if (!saysNothing(trap) && trap !== false) {
      return { values: kept(values), lead: null, warnings: [] };
    }
    values.delete(form.honeypot_field);
  }
  const reading = new FormReading(form.exact);
  for (const field of form.fields) {
    const sent = values.get(field.key);
    const value = isWeb ? typedValue(field, sent) : sent;
    if (value !== undefined) values.set(field.key, value);
    reading.take(field, value);
  }
  const known = form.fields.map(({ key }) => key);
  for (const [key, value] of values) {
    if (!known.includes(key)) reading.keep({ key }, value, { message: unknownField(key, known) });
  }
  return { values: kept(values), lead: reading.lead(), warnings: reading.warnings };
}

/**
 * The query that keeps a submission of a form and, unless it is spam, makes or completes its lead; one row
 * of `number`, `lead` (its number), `is_duplicate` and `created_at`, all null when there is no such form.
 */
export function formSubmission(form: string, { values, lead }: ReadSubmission): Sql {
  return sql`select number, lead, is_duplicate,
      to_char(created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at
    from app.submit_form(${form}, ${stringify(values)}::jsonb, ${lead && stringify(lead)}::jsonb)`;
}

function kept(values: ReadonlyMap<string, unknown>): Fields {
  return storedForm(Object.fromEntries(values)) as Fields;
}
