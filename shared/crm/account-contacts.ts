import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

/** What somebody has to say in whether their company buys. */
const STAKEHOLDER_ROLES = ["champion", "decision_maker", "economic_buyer", "influencer"]
  .concat("blocker", "user", "other") as [string, ...string[]];

/** How somebody is to be reached. */
const CHANNELS = ["email", "call", "linkedin", "meeting", "other"] as const;

const word = (words: readonly [string, ...string[]]) =>
  column.of(z.enum(words), () => z.enum(words, `Must be one of ${words.join(", ")}`));

/** The contacts who matter at target accounts. */
export const accountContacts: WritableResource = resource({
  record: "account_contact",
  name: "target_account_contacts",
  table: "crm.target_account_contacts",
  columns: {
    id: column.id,
    target_account_id: column.readOnly(answer.id),
    contact_id: column.readOnly(answer.id),
    stakeholder_role: word(STAKEHOLDER_ROLES),
    created_at: column.time,
  },
  sorts: {},
  constraints: {
    target_account_contacts_contact_key: {
      field: "contact_id",
      message: "The contact is one of the account already.",
    },
    target_account_contacts_contact_id_fkey: {
      field: "contact_id",
      message: "No contact with this id.",
    },
  },
});

/** What is planned to reach contacts of target accounts. */
export const outreachSteps: WritableResource = resource({
  record: "outreach_step",
  name: "outreach_steps",
  table: "crm.outreach_steps",
  columns: {
    id: column.id,
    target_account_id: column.readOnly(answer.id),
    step: column.readOnly(z.int().min(1)),
    contact_id: column.readOnly(answer.link),
    channel: column.required(word(CHANNELS)),
    scheduled_at: column.time,
    assigned_to: column.readOnly(answer.link),
    notes: column.text(5_000),
    status: column.readOnly(z.enum(["planned"])),
    created_at: column.time,
  },
  sorts: {
    number: { column: "number", type: "bigint", unique: true },
    scheduled_at: {
      column: "scheduled_at",
      type: "timestamptz",
      within: ["target_account_id"],
    },
    created_at: { column: "created_at", type: "timestamptz" },
  },
});

/** The query that adds a contact, by its number, to the account with a number, and answers the `id` of both together. */
export function contactAddition(
  account: number,
  contact: number,
  { stakeholder_role }: Fields,
): Sql {
  return sql`select id from app.add_contact_to_account(${account}, ${contact}, ${
    stakeholder_role ?? null
  }) id`;
}

/** The query that plans a step of the account with a number (SQL: app.add_outreach_step), and answers its `id`. */
export function outreachCreation(account: number, given: Fields): Sql {
  return sql`select id from app.add_outreach_step(${account}, ${stringify(given)}::jsonb) id`;
}
