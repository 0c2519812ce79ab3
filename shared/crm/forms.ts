import { stringify } from "lossless-json";
import * as z from "zod";
import { STAGE_ELSEWHERE, USER_INACTIVE } from "../db/errors.ts";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { formFields, formFieldsAnswer } from "./form-fields.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { label, text, website } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";
import { tagNames } from "./values/tag-names.ts";
import { linkedIds } from "./views/statements.ts";
import type { Given } from "./views/view.ts";

const LONGEST_ADDRESS = 1_000;

/** Forms: what they ask, and what the leads get that their submissions make. */
export const forms: WritableResource = resource({
  record: "form",
  name: "forms",
  table: "crm.forms_with_counts",
  columns: {
    id: column.id,
    name: column.required(column.title(255)),
    is_active: column.of(z.boolean(), () => z.boolean()),
    fields: column.required(column.of(formFieldsAnswer, formFields)),
    source: column.text(255),
    tags: column.of(z.array(z.string()), sortedTags, { clears: true }),
    pipeline_id: column.link("pipeline"),
    stage_id: column.link("stage"),
    assigned_to: column.link("user"),
    public: column.of(z.boolean(), () => z.boolean()),
    honeypot_field: column.of(answer.text, () => label(64)),
    success_message: column.of(answer.text, () => text(1_000)),
    redirect_url: column.of(answer.text, address),
    submissions_count: column.readOnly(z.int()),
    created_at: column.time,
    updated_at: column.time,
  },
  sorts: {
    ...TIME_SORTS,
    name: { column: "name_key", type: "text" },
  },
  constraints: {
    [STAGE_ELSEWHERE]: { field: "stage_id", message: "Must be a stage of the pipeline." },
    [USER_INACTIVE]: { field: "assigned_to", message: "The user is inactive." },
    forms_honeypot_field_check: {
      field: "honeypot_field",
      message: "Must not be the key of a field of the form.",
    },
  },
});

/** The query that makes a form and answers its `id`. */
export function formCreation(given: Given): Sql {
  return sql`select id from app.create_form(${fieldsOf(given)})`;
}

/** The query that changes the form with a number, and answers its `id`. */
export function formChange(number: number, given: Given): Sql {
  return sql`select id from app.change_form(
    (select id from crm.forms where number = ${number}), ${fieldsOf(given)})`;
}

function fieldsOf({ columns, links }: Given): Sql {
  const fields = sql`${stringify(columns)}::jsonb`;
  return links.length === 0 ? fields : sql`${fields} || ${linkedIds(links)}`;
}

// As a lead's are answered.
function sortedTags() {
  const { compare } = new Intl.Collator("en");
  return tagNames().transform((names) => names.toSorted(compare));
}

function address() {
  const known = website();
  return known.refine(
    (given) => given.length <= LONGEST_ADDRESS,
    `Must have at most ${LONGEST_ADDRESS} characters`,
  ).meta({ ...known.meta(), id: undefined, maxLength: LONGEST_ADDRESS });
}
