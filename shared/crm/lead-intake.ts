import { stringify } from "lossless-json";
import type * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import { storedForm } from "../formats/json-object.ts";
import { lazy } from "../memory/lazy.ts";
import { type FieldError, InvalidInput } from "../refusals/errors.ts";
import { isStorable } from "../refusals/storable.ts";
import { fieldMessage, typeName, unknownField } from "../refusals/validation.ts";
import { leads } from "./leads.ts";
import type { Fields } from "./plan.ts";
import { keepable, MOST_KEYS, TOO_MANY_KEYS } from "./values/custom-fields.ts";
import { label } from "./values/fields.ts";
import { tagNames } from "./values/tag-names.ts";

/** What was sent of a lead, read loosely. */
export interface IntakeLead {
  /** The fields of app.land_lead. */
  fields: Fields;
  /** What is not in the field that it was sent as, and why. */
  warnings: FieldError[];
}

/** Keeps what was sent of a lead but fits none of its fields. */
export class Leftovers {
  readonly warnings: FieldError[] = [];
  readonly #kept = new Map<string, unknown>();

  /**
   * Keeps a value under its field's name, as it is or as its JSON text. Where no custom field can, it
   * stays in the activity alone.
   */
  keep(field: string, value: unknown, warning: FieldError): void {
    this.warnings.push(warning);
    if (value === null) return;
    const { kept } = keepable(field, value);
    if (kept !== undefined) this.#kept.set(field, kept);
  }

  /** Custom fields: those that were given, then what is kept and none of them; as many as there can be. */
  with(given: Fields): Fields {
    const others = [...this.#kept].filter(([field]) => !Object.hasOwn(given, field));
    return Object.fromEntries([...Object.entries(given), ...others].slice(0, MOST_KEYS));
  }
}

/** The checks of what intake takes of a lead, by field. */
export const intakeChecks = lazy(() => ({
  email: checkOf("email"),
  first_name: checkOf("first_name"),
  last_name: checkOf("last_name"),
  phone: checkOf("phone"),
  company: label(255),
  source: checkOf("source"),
  notes: checkOf("notes"),
  tags: tagNames(),
}));

/**
 * Reads what somebody sent of a lead. Only an email that is missing or wrong is refused; whatever else is
 * wrong or unknown is kept as a custom field of its name, and warned of. Throws InvalidInput.
 */
export function readIntake(body: Fields): IntakeLead {
  const { custom_fields, ...given } = body;
  const checks: Readonly<Record<string, z.ZodType>> = intakeChecks();
  const fields: Fields = {};
  const left = new Leftovers();
  const known = [...Object.keys(checks), "custom_fields"];
  requireEmail(given.email);
  for (const [field, value] of Object.entries(given)) {
    const check = Object.hasOwn(checks, field) ? checks[field] : undefined;
    if (check === undefined) {
      left.keep(field, value, { field, message: unknownField(field, known) });
      continue;
    }
    if (saysNothing(value)) continue;
    const read = readValue(check, value);
    if ("value" in read) fields[field] = read.value;
    else left.keep(field, value, { field, ...read });
  }
  const custom = left.with(readCustomFields(custom_fields, left));
  return {
    fields: { ...fields, ...(Object.keys(custom).length > 0 ? { custom_fields: custom } : {}) },
    warnings: left.warnings,
  };
}

/** A value as its check reads it, else what is wrong with it. */
export function readValue(
  check: z.ZodType,
  given: unknown,
): { value: unknown } | Omit<FieldError, "field"> {
  if (!isStorable(given)) return { message: "Has characters that cannot be stored." };
  const { success, data, error } = check.safeParse(given, { reportInput: true });
  if (success) return { value: data };
  const isEmail = check.meta()?.format === "idn-email";
  return { message: fieldMessage(error), ...(isEmail ? { rule: "email" } : {}) };
}

/** Whether nothing was filled in. */
export function saysNothing(value: unknown): boolean {
  return value === undefined || value === null || typeof value === "string" && value.trim() === "";
}

/** The activity that keeps what was sent. */
export interface IntakeActivity {
  type: "lead_intake" | "form_submission";
  title: string;
  data: Fields;
}

/**
 * The query that makes a person's lead or completes the one that is there, and keeps what was sent as an
 * activity; one row of `id`, `number`, `created` and `contact_id`.
 */
export function leadLanding(fields: Fields, { data, ...activity }: IntakeActivity): Sql {
  const kept = { ...activity, data: storedForm(data) };
  return sql`select id, number, created, contact_id
    from app.land_lead(${stringify(fields)}::jsonb, ${stringify(kept)}::jsonb)`;
}

function requireEmail(given: unknown): void {
  if (given === undefined) {
    const message = "Is required; must be a string.";
    throw new InvalidInput([{ field: "email", message, rule: "required" }]);
  }
  const read = readValue(checkOf("email"), given);
  if (!("value" in read)) throw new InvalidInput([{ field: "email", ...read, rule: "email" }]);
}

function readCustomFields(given: unknown, left: Leftovers): Fields {
  if (saysNothing(given)) return {};
  if (typeof given !== "object" || given === null || typeName(given) !== "an object") {
    left.keep("custom_fields", given, { field: "custom_fields", message: "Must be an object." });
    return {};
  }
  const entries = Object.entries(given).flatMap(([key, value]) => {
    if (value === null) return [];
    const { kept, mistake: message } = keepable(key, value);
    if (message) left.warnings.push({ field: `custom_fields.${key}`, message });
    return kept === undefined ? [] : [[key, kept] as const];
  });
  if (entries.length > MOST_KEYS) {
    left.warnings.push({ field: "custom_fields", message: `${TOO_MANY_KEYS}.` });
  }
  return Object.fromEntries(entries);
}

function checkOf(column: string): z.ZodType {
  const { check } = leads.columns[column] ?? {};
  if (!check) throw new Error(`leads have no column ${column} that can be given`);
  return check();
}
