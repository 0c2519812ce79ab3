import { sql, statement } from "../db/sql.ts";
import * as z from "zod";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import { columnsOf } from "./records.ts";
import { contacts } from "./contacts.ts";
import type { DailyLimit } from "../refusals/errors.ts";
import * as column from "./column.ts";
import { companyDomain, label, optional, text } from "./values/fields.ts";
import type { Fields } from "./plan.ts";
import * as answer from "./values/record-schema.ts";

const IDENTIFYING = ["email", "phone", "first_name", "last_name"] as const;
const COLUMN_CHECKS = column.inputs(contacts.columns, "creation");
// What names the company stands in place of its id.
const accepted = Object.entries(COLUMN_CHECKS).flatMap(([name, check]): [string, z.ZodType][] =>
  name === "company_id"
    ? [["company_name", optional(label(255))], ["company_domain", optional(companyDomain())]]
    : [[name, check]]
);
const STORED = Object.keys(COLUMN_CHECKS).filter((name) => name !== "company_id");

/** What ingest accepts for one contact (spec: Create / Ingest Contact). Null clears a field. */
export const ingestSchema = identifiedBy(
  IDENTIFYING,
  z.strictObject({ ...Object.fromEntries(accepted), message: optional(text(500_000)) }),
);

/** The fields with the rule that one of the identifying ones must say something. */
export function identifiedBy<T extends z.ZodObject>(identifying: readonly string[], fields: T): T {
  return fields.refine((given) => identifying.some((field) => !isBlank(given[field])), {
    path: identifying.slice(0, 1),
    message: `At least one of ${identifying.join(", ")} is required`,
    // Also when other fields are wrong, so that one answer names every mistake.
    when: ({ value }) => typeof value === "object" && value !== null,
  }).meta({
    anyOf: identifying.map((field) => ({
      required: [field],
      properties: { [field]: { type: "string", pattern: "\\S" } },
    })),
  });
}

/** What ingest answers: the stored contact, and what happened to it. */
export const ingestedSchema = contacts.schema.extend({
  created: z.boolean(),
  company: z.object({
    id: answer.id,
    name: z.string(),
    domain: answer.text,
    created: z.boolean(),
  }).nullable(),
  matched_by: z.literal("email").nullable(),
});

// A value of a wrong type is a mistake of its own, so it counts as given.
function isBlank(value: unknown): boolean {
  return typeof value === "string" ? value.trim() === "" : value === undefined || value === null;
}

const COLUMNS = Object.keys(contacts.columns).join(", ");
const FULL = `item, refused_by, contact_created, ${COLUMNS}, company`;
const BRIEF = "item, refused_by, contact_created, id, email";
const INGEST = `select ${FULL} from app.ingest($1::jsonb)`;
const INGEST_ONE = `select ${FULL} from app.ingest_one($1::jsonb)`;
const INGEST_BRIEFLY = `select ${BRIEF} from app.ingest($1::jsonb)`;
const INGEST_ALIKE = `select ${BRIEF} from app.ingest_alike($1::jsonb)`;

export interface IngestInput extends Fields {
  email?: string | null;
  company_name?: string | null;
  company_domain?: string | null;
  message?: string | null;
}

/** A contact after ingest, with what happened to it. */
export interface Ingested {
  contact: Fields & { id: string };
  created: boolean;
  company: { id: string; name: string; domain: string | null; created: boolean } | null;
}

/** Ingests contacts in order, in one statement (SQL: app.ingest, app.ingest_one). */
export function ingestContacts(inputs: readonly IngestInput[]): Statement {
  const [only] = inputs;
  if (only !== undefined && inputs.length === 1 && isPlain(only)) {
    return { text: INGEST_ONE, values: [JSON.stringify(only)], prepared: true };
  }
  return { text: INGEST, values: [JSON.stringify(inputs.map(toItem))], prepared: true };
}

/** Ingests contacts like {@link ingestContacts}; of each, only its id and email are answered. */
export function ingestBriefly(inputs: readonly IngestInput[]): Statement {
  if (areAlike(inputs)) {
    return { text: INGEST_ALIKE, values: [JSON.stringify(inputs)], prepared: true };
  }
  return { text: INGEST_BRIEFLY, values: [JSON.stringify(inputs.map(toItem))], prepared: true };
}

// Names no company, or that it has none, and brings no message.
function isPlain({ company_name, company_domain, message }: IngestInput): boolean {
  return company_name === undefined && company_domain === undefined && !message;
}

// Whether one upsert can write them all.
function areAlike(inputs: readonly IngestInput[]): boolean {
  const emails = new Set(inputs.map((input) => input.email ?? ""));
  const given = STORED.map((field) => inputs[0]?.[field] !== undefined);
  return emails.size === inputs.length && !emails.has("") &&
    inputs.every((input) =>
      isPlain(input) && STORED.every((field, at) => (input[field] !== undefined) === given[at])
    );
}

/** Reads the contacts that the inputs would update. */
export function contactsBefore(inputs: readonly IngestInput[]): Statement {
  const emails = inputs.flatMap((input) => input.email ?? []);
  return statement(
    sql`select ${columnsOf(contacts)} from crm.contacts where email = any(array(
      select app.present_email(given) from unnest(${emails}::text[]) given))`,
  );
}

/**
 * What became of each input, in their order. An input that would have passed a daily limit was
 * refused with all after it: the limit stands in its place.
 */
export function ingestedContacts(
  inputs: readonly IngestInput[],
  rows: Rows,
): (Ingested | DailyLimit)[] {
  const done = new Map(rows.map((row) => [row.item ?? row.email, row]));
  return inputs.map((input, index) => {
    const row = done.get(index + 1) ?? done.get(input.email);
    if (row === undefined) throw new Error("ingest answered nothing of an input");
    const { item: _, contact_created, company, refused_by, ...contact } = row;
    return (refused_by as DailyLimit | null) ?? {
      contact: contact as Ingested["contact"],
      created: Boolean(contact_created),
      company: (company ?? null) as Ingested["company"],
    };
  });
}

function toItem(input: IngestInput): Fields {
  const { company_name, company_domain, message } = input;
  return {
    fields: givenColumns(input, [company_name, company_domain]),
    ...(company_name ? { company_name } : {}),
    ...(company_domain ? { company_domain } : {}),
    ...(message ? { message } : {}),
  };
}

/**
 * The columns of a contact that were given, which overwrite; the others stay. What names its company
 * unlinks it when it was given as null.
 */
export function givenColumns(input: Fields, companyNames: readonly unknown[]): Fields {
  const unlinked = companyNames.includes(null) && !companyNames.some(Boolean);
  const columns: Fields = unlinked ? { company_id: null } : {};
  for (const field of STORED) if (input[field] !== undefined) columns[field] = input[field];
  return columns;
}
