import * as z from "zod";
import { mergeSchema, undoneSchema } from "../../../crm/contact-merges.ts";
import { contacts } from "../../../crm/contacts.ts";
import * as answer from "../../../crm/values/record-schema.ts";
import { object, type Schema, type Schemas } from "../../../openapi/schemas.ts";
import type { Contract } from "../contract.ts";
import { fieldChanges, written } from "./records.ts";

const dry_run: Schema = { type: "boolean", const: true };

/** What merging two contacts answers, and what undoing that does. */
export function mergeAnswer(
  schemas: Schemas,
  contract: Contract,
): { description: string; kinds: Schema[] } {
  const stored = written(schemas, contract);
  if (contract.action === "merge") {
    const would = schemas.named("ContactsWouldBeMerged", () => wouldBeMerged(schemas));
    return { description: "The contact that is kept, or a dry run.", kinds: [stored, would] };
  }
  const would = schemas.named("MergeWouldBeUndone", () => wouldBeUndone(schemas));
  return { description: "The contact that is back, or a dry run.", kinds: [stored, would] };
}

function wouldBeMerged(schemas: Schemas): Schema {
  return object({
    dry_run,
    outcome: { type: "string", const: "updated" },
    id: schemas.output(answer.id),
    changes: {
      ...fieldChanges(schemas),
      propertyNames: { enum: Object.keys(contacts.schema.shape) },
    },
    record: schemas.output(contacts.schema),
    merge: schemas.output(mergeSchema().omit({ id: true, undo_until: true })),
  });
}

function wouldBeUndone(schemas: Schemas): Schema {
  return schemas.output(z.object({
    dry_run: z.literal(true),
    outcome: z.literal("created"),
    id: answer.id,
    record: contacts.schema,
    undone: undoneSchema(),
  }));
}
