import type * as z from "zod";
import { statement } from "../db/sql.ts";
import type { Transaction } from "../db/transaction.ts";
import { contacts } from "../crm/contacts.ts";
import {
  intakeChecks,
  leadLanding,
  Leftovers,
  readValue,
  saysNothing,
} from "../crm/lead-intake.ts";
import { leads } from "../crm/leads.ts";
import type { Fields } from "../crm/plan.ts";
import { domainError, selectRecord } from "../crm/records.ts";
import type { Landed } from "./landing.ts";
import type { Mapped } from "./target-fields.ts";

const TITLE = "Lead intake";
/** What fields of a contact are called in a lead. */
const NAMES: Readonly<Record<string, string>> = { company_name: "company", message: "notes" };

/**
 * Makes what was sent of a person a lead, or completes the one of that person, and keeps it as an activity
 * of its contact (SQL: app.land_lead). What is no field of a lead, or does not fit it, becomes a custom field.
 * Throws DailyLimitReached.
 */
export async function saveLead(
  transaction: Transaction,
  source: string,
  mapped: Mapped,
  event: unknown,
): Promise<Landed> {
  const { fields, warnings } = leadFields({ ...mapped, source });
  const data = typeof event === "object" && event !== null ? { ...event } : {};
  try {
    const landing = leadLanding(fields, { type: "lead_intake", title: TITLE, data });
    const [[row] = []] = await transaction.run([statement(landing)]);
    if (row === undefined) throw new Error("intake answered no row");
    const contact = row.contact_id === null
      ? null
      : (await transaction.run([selectRecord(contacts, String(row.contact_id))]))[0]?.[0] ?? null;
    return {
      outcome: row.created === true ? "created" : "updated",
      contact,
      before: null,
      activity: null,
      company: null,
      deal: null,
      warnings,
      matched_by: { contact: null, company: null, deal: null },
    };
  } catch (error) {
    throw domainError(leads, error);
  }
}

function leadFields(mapped: Fields): { fields: Fields; warnings: Leftovers["warnings"] } {
  const checks: Readonly<Record<string, z.ZodType>> = intakeChecks();
  const left = new Leftovers();
  const fields: Fields = {};
  const others: Fields = {};
  const known = Object.entries(mapped).filter(([, value]) => !saysNothing(value));
  for (const [name, value] of known) {
    const field = NAMES[name] ?? name;
    const check = Object.hasOwn(checks, field) ? checks[field] : undefined;
    const read = check === undefined ? null : readValue(check, value);
    if (read === null) others[field] = value;
    else if ("value" in read) fields[field] = read.value;
    else left.keep(field, value, { field, ...read });
  }
  const custom = left.with(others);
  return {
    fields: { ...fields, ...(Object.keys(custom).length > 0 ? { custom_fields: custom } : {}) },
    warnings: left.warnings,
  };
}
