import * as z from "zod";
import type { Write } from "../../crm/column.ts";
import type { Fields } from "../../crm/plan.ts";
import { label, optional } from "../../crm/values/fields.ts";
import { isFreeMail } from "../../crm/values/free-mail.ts";
import type { Given } from "../../crm/views/view.ts";
import { storedObject } from "../../formats/json-object.ts";
import { lazy } from "../../memory/lazy.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { id, tags } from "./given.ts";

/** What only the system writes of it. */
const SYSTEM = new Set(["score_reasons", "scored_at", "score_version", "enrichment"]);

const aiInformation = lazy(() =>
  storedObject().transform((given) =>
    Object.fromEntries(Object.entries(Object(given)).filter(([key]) => !SYSTEM.has(key)))
  )
);

const PRIORITY = "Must be 1, 2, 3 or 4";

/** What a lead is made of beside its columns. */
export function leadParts(write: Write): z.ZodRawShape {
  const may = <T extends z.ZodType>(check: T) =>
    write === "creation" ? optional(check) : check.optional();
  return {
    company: optional(label(255)),
    company_id: optional(id()),
    status: may(id()),
    priority: may(z.int(PRIORITY).min(1, PRIORITY).max(4, PRIORITY)),
    lead_source: optional(id()),
    assigned_to: optional(id()),
    tags: may(tags()),
    ...(write === "change" ? { ai_information: aiInformation().optional() } : {}),
  };
}

/** What is given of a lead, as the core takes it (SQL: app.stored_lead). */
export function leadGiven({ columns }: Given, values: Fields): Fields {
  const parts = Object.keys(leadParts("change")).filter((name) => values[name] !== undefined);
  const { email } = columns;
  const domain = typeof email === "string" ? email.slice(email.lastIndexOf("@") + 1) : "";
  return {
    ...columns,
    ...Object.fromEntries(parts.map((name) => [name, values[name]])),
    ...(domain === "" || isFreeMail(domain) ? {} : { company_domain: domain }),
  };
}

/** Refuses a Rep who would give a lead to somebody else (decisions: 2, Roles). */
export function requireOwn(caller: LioCaller, assignee: unknown): void {
  if (caller.userRole !== "rep" || assignee == null || assignee === userOf(caller).number) return;
  throw new Refusal("forbidden", "Your role lets you assign leads to yourself alone.", {
    code: "role",
  });
}
