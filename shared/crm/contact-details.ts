import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import type { Work } from "./bulk.ts";
import * as column from "./column.ts";
import { contacts } from "./contacts.ts";
import type { Fields } from "./plan.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { linkedInUrl } from "./values/linkedin-url.ts";
import * as answer from "./values/record-schema.ts";

/** How senior somebody is (SQL: app.seniority_of). */
export const SENIORITIES = ["c_level", "vp", "director", "manager", "other"] as const;

/** Whether somebody decides what their company buys. */
export const DECIDES = ["yes", "no", "unknown"] as const;

const { signal_strength: _, source: __, status: ___, ...own } = contacts.columns;

/** A score that people give. */
export function score(): z.ZodInt {
  const message = "Must be a whole number from 0 to 100";
  return z.int(message).min(0, message).max(100, message);
}

/** Contacts with what LIO knows of them. */
export const contactDetails: WritableResource = resource({
  record: "contact",
  name: "contacts",
  table: "crm.contacts",
  columns: {
    ...own,
    owner_id: column.readOnly(answer.link),
    seniority: word(SENIORITIES),
    decision_maker: word(DECIDES),
    linkedin_url: column.of(answer.text, linkedInUrl),
    lead_score: column.of(z.int().min(0).max(100), score),
    status: column.readOnly(z.string()),
  },
  keys: ["email"],
  counted: ["status"],
  search: "app.search_contacts_and_companies",
  searchesPhones: true,
  sorts: {
    ...TIME_SORTS,
    number: { column: "number", type: "bigint", unique: true },
    name: { column: "first_name_key", type: "text" },
    email: { column: "email_key", type: "text" },
    lead_score: { column: "lead_score", type: "smallint" },
  },
  constraints: contacts.constraints,
});

function word(words: readonly [string, ...string[]]) {
  return column.of(
    z.enum(words).nullable(),
    () => z.enum(words, `Must be one of ${words.join(", ")}`),
  );
}

/** The query that makes a contact of what is given (SQL: app.stored_contact), and answers its `id`. */
export function contactCreation(given: Fields): Sql {
  return sql`select app.create_contact_details(${stringify(given)}::jsonb) as id`;
}

/** The query that changes the contact with a number (SQL: app.stored_contact), and answers its `id`. */
export function contactChange(number: number, given: Fields): Sql {
  return sql`select id from app.change_contact_details(${number}, ${stringify(given)}::jsonb) id`;
}

/** Gives contacts a company, a score and more tags, whatever of them is given. */
export function changeOfContacts(given: Fields): Work {
  return (ids) => sql`app.change_contacts(${ids}, ${stringify(given)}::jsonb)`;
}

/** Deletes contacts. */
export const deletionOfContacts: Work = (ids) => sql`app.delete_contacts(${ids})`;
