import * as z from "zod";
import { intakeChecks } from "../../crm/lead-intake.ts";
import { customFields } from "../../crm/values/custom-fields.ts";
import { lazy } from "../../memory/lazy.ts";
import type { FieldError } from "../../refusals/field-error.ts";
import { sentenceOf } from "./envelope.ts";

const MOST_WARNINGS = 100;

/** What was taken otherwise than it was sent: field → sentences. */
export const warningsSchema = lazy(() =>
  z.record(z.string(), z.array(z.string())).meta({
    description: "What was wrong or unknown, by field. It is kept as a custom field of its name, " +
      "or in the activity.",
  })
);

/** The warnings as they are answered; null without any. */
export function warningsOf(warnings: readonly FieldError[]): Record<string, string[]> | null {
  if (warnings.length === 0) return null;
  const told = new Map<string, string[]>();
  for (const warning of warnings.slice(0, MOST_WARNINGS)) {
    const { field } = warning;
    told.set(field, [...told.get(field) ?? [], sentenceOf(field, warning)]);
  }
  if (warnings.length > MOST_WARNINGS) {
    told.set("body", [`And ${warnings.length - MOST_WARNINGS} more.`]);
  }
  return Object.fromEntries(told);
}

/** What intake takes of a lead. Only the email is refused; of the others the checks are told alone. */
export const intakeBody = lazy(() => {
  const { email, ...others } = intakeChecks();
  const optional = Object.entries(others).map(([field, check]) => [field, check.nullish()]);
  return z.looseObject({
    email: email as z.ZodType,
    ...Object.fromEntries(optional),
    custom_fields: customFields().nullish(),
  });
});
