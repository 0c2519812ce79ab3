import * as z from "zod";
import {
  EMAIL_TAKEN_SINCE,
  isPostgresError,
  KEPT_CONTACT_GONE,
  LEADS_OF_OTHERS,
  MERGE_EXPIRED,
  MERGE_UNDONE,
} from "../db/errors.ts";
import { sql, statement } from "../db/sql.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import { lazy } from "../memory/lazy.ts";
import { RecordNotFound } from "../refusals/errors.ts";
import { Refusal } from "../refusals/refusal.ts";
import * as column from "./column.ts";
import { contacts } from "./contacts.ts";
import { domainError } from "./records.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { uuid } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";

/** What is linked to contacts, and so moves with one that is merged (SQL: app.contact_links). */
export const LINKED = [
  "leads",
  "deals",
  "tasks",
  "invoices",
  "activities",
  "meetings",
  "calls",
  "messages",
  "attachments",
  "company_memberships",
  "contact_tags",
  "marketing_list_members",
  "target_account_contacts",
  "outreach_steps",
  "connector_deliveries",
  "contact_addresses",
] as const;

/** Of these a contact has one of a kind: both contacts' become one. */
export const MERGED_WITH_THEIR_LIKE = [
  "attachments",
  "company_memberships",
  "contact_tags",
  "marketing_list_members",
  "target_account_contacts",
] as const satisfies readonly (typeof LINKED)[number][];

/** The fields of which a merge can be told whose value to keep. */
export const MERGED_FIELDS = Object.keys(contacts.columns)
  .filter((name) => !["id", "created_at", "updated_at"].includes(name));

const moved = counts(LINKED).meta({
  id: "MovedRecords",
  description: "How many records of each kind were moved.",
});
const actor = z.object({ kind: z.string(), id: z.string() }).nullable();

/** Merges of contacts, each of which can be undone for 30 days. */
export const contactMerges: WritableResource = resource({
  record: "merge",
  name: "contact_merges",
  table: "crm.contact_merges",
  columns: {
    id: column.id,
    keep_id: column.readOnly(answer.id, uuid),
    merged_id: column.readOnly(answer.id, uuid),
    moved: column.readOnly(moved),
    actor: column.readOnly(actor),
    undo_until: column.time,
    undone_at: column.readOnly(answer.timestamp.nullable()),
    undone_by: column.readOnly(actor),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["keep_id", "merged_id"],
  sorts: { created_at: TIME_SORTS.created_at },
  constraints: {
    [MERGE_UNDONE]: { field: "id", message: "This merge was undone before.", blocks: true },
    [MERGE_EXPIRED]: {
      field: "id",
      message: "A merge can be undone for 30 days; this one is older, so make the contact anew.",
      blocks: true,
    },
    [KEPT_CONTACT_GONE]: {
      field: "id",
      message: "The contact that was kept is gone. Where it was merged into another one, undo " +
        "that merge first.",
      blocks: true,
    },
    [EMAIL_TAKEN_SINCE]: {
      field: "email",
      message: "The email of one of the two is another contact's by now; change it there first.",
      blocks: true,
    },
  },
});

/** What a merge did, as it is told with the contact that is kept. */
export const mergeSchema = lazy(() =>
  z.object({
    id: answer.id,
    merged_id: answer.id,
    moved,
    merged: counts(MERGED_WITH_THEIR_LIKE).meta({
      description: "How many records became one with their like that the kept contact had.",
    }),
    lost: z.array(z.object({ record: z.string(), field: z.string(), value: z.unknown() })).meta({
      description: "What of the merged contact and its records is nowhere any more.",
    }),
    undo_until: answer.timestamp,
  })
);

/** What undoing a merge did, as it is told with the contact that is back. */
export const undoneSchema = lazy(() =>
  z.object({
    id: answer.id,
    keep_id: answer.id,
    moved,
    kept_changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })).meta({
      description: "The fields of the kept contact that stay as they are (`to`), as something " +
        "changed them since the merge; before it they were `from`.",
    }),
  })
);

/** Merges a contact into one that is kept (SQL: app.merge_contacts). */
export function mergeContacts(
  keep: string,
  merge: string,
  fields: Readonly<Record<string, unknown>>,
): Statement {
  return statement(
    sql`select missing, id, ${merge}::uuid as merged_id, moved, merged, lost, undo_until
    from app.merge_contacts(${keep}, ${merge}, ${JSON.stringify(fields)}::jsonb)`,
  );
}

/** What became of a merge. Throws RecordNotFound when one of the two contacts is missing. */
export function mergeOf(rows: Rows | undefined) {
  const { missing, ...merge } = rows?.[0] ?? {};
  if (typeof missing === "string") throw new RecordNotFound("contact", missing);
  return merge;
}

/** Undoes a merge (SQL: app.undo_merge). */
export function undoMerge(id: string): Statement {
  return statement(
    sql`select id, keep_id, merged_id, moved, kept_changes from app.undo_merge(${id})`,
  );
}

/** Turns what the database refused of a merge into the rule that was broken. */
export function mergeError(error: unknown): unknown {
  if (!isPostgresError(error) || error.code !== LEADS_OF_OTHERS) {
    return domainError(contactMerges, error);
  }
  return new Refusal(
    "forbidden",
    "A lead of these contacts is another user's, so only a manager or an admin may do this.",
  );
}

function counts(names: readonly string[]) {
  return z.object(Object.fromEntries(names.map((name) => [name, z.int()])));
}
