import { pascalCase } from "../../../formats/pascal-case.ts";
import { batchable, batchItem, type BatchName } from "../batch-item.ts";
import { type BatchResult, type ItemError, type ItemResult } from "../batch-result.ts";
import { ERROR_STATUS } from "../errors.ts";
import { dailyLimit } from "./error-kinds.ts";
import { fieldErrors } from "./field-errors.ts";
import { fieldChanges } from "./records.ts";
import {
  object,
  objectOf,
  oneOfThese,
  ref,
  type Schema,
  type Schemas,
} from "../../../openapi/schemas.ts";

const NAMES = batchItem.shape.resource.unwrap().options;

/** The schema of a batch's items: of the endpoint's own resource, or of another one by its name. */
export function batchItems(schemas: Schemas, own: string): Schema {
  const others = NAMES.filter((name) => name !== own).map((name) => ({
    allOf: [itemOf(schemas, name), { required: ["resource"] }],
  }));
  return { anyOf: [itemOf(schemas, own as BatchName), ...others] };
}

function itemOf(schemas: Schemas, name: BatchName): Schema {
  const resource: ReturnType<typeof batchable> = batchable(name);
  const { properties } = schemas.input(batchItem) as { properties: Record<string, Schema> };
  const common = {
    "resource?": { type: "string", const: name },
    "client_ref?": {
      ...properties.client_ref,
      description: "A name for the item, which later items can refer to and the result repeats.",
    },
  };
  const id = { id: ref("schemas", "RecordId") };
  const action = (...actions: string[]) => ({ type: "string", enum: actions });
  const created = object({
    "action?": { ...action("create", "upsert"), default: "create" },
    [needsNothing(resource) ? "data?" : "data"]: withReferences(
      schemas,
      schemas.input(resource.create),
    ),
    ...common,
  });
  const updated = resource.update && object({
    action: action("update", "upsert"),
    ...id,
    data: { ...withReferences(schemas, schemas.input(resource.update)), minProperties: 1 },
    ...common,
  });
  const deleted = object({ action: action("delete"), ...id, ...common });
  const variants = [created, ...(updated ? [updated] : []), deleted];
  return schemas.named(`${pascalCase(resource.record)}Item`, () => ({
    description: `One ${resource.record} of a batch: created, ${
      updated ? "changed by its id, " : ""
    }or deleted by its id.`,
    oneOf: variants,
  }));
}

// An item without data is one of an empty object.
function needsNothing({ create }: ReturnType<typeof batchable>): boolean {
  return create.safeParse({}).success;
}

function withReferences(schemas: Schemas, schema: Schema): Schema {
  const reference = schemas.named("ItemReference", () => ({
    description: "The record of an earlier item of the batch, by its `client_ref`.",
    ...object({ ref: { type: "string" } }),
  }));
  const properties = Object.entries(schema.properties as Record<string, Schema>);
  return {
    ...schema,
    properties: Object.fromEntries(
      properties.map(([name, property]) => [
        name,
        name.endsWith("_id") ? { anyOf: [...alternatives(property), reference] } : property,
      ]),
    ),
  };
}

function alternatives(schema: Schema): Schema[] {
  return Array.isArray(schema.anyOf) ? schema.anyOf : [schema];
}

/** The schema of what became of a batch. */
export function batchResult(schemas: Schemas): Schema {
  schemas.named("BatchItemResult", () => itemResult(schemas));
  schemas.named("BatchSummary", () => ({ description: "How many items ended how.", ...summary() }));
  return schemas.named("BatchResult", () =>
    objectOf<BatchResult>({
      results: {
        type: "array",
        items: ref("schemas", "BatchItemResult"),
        description: "In the order of the items.",
      },
      summary: ref("schemas", "BatchSummary"),
    }));
}

function itemResult(schemas: Schemas): Schema {
  const codes = Object.entries(ERROR_STATUS).filter(([, status]) => status < 500)
    .map(([code]) => code);
  return objectOf<ItemResult>({
    index: { type: "integer", minimum: 0, description: "The item's place, from 0." },
    status: oneOfThese<ItemResult["status"]>({
      created: "a record was made",
      updated: "a record was changed",
      unchanged: "in a dry run, the record has these values already",
      deleted: "the record was deleted",
      failed: "see `error`",
      skipped: "not tried, or undone, since another item failed",
    }),
    "id?": ref("schemas", "RecordId"),
    "client_ref?": { type: "string" },
    "changes?": { ...fieldChanges(schemas), description: "In a dry run, what would change." },
    "error?": objectOf<ItemError>({
      code: { type: "string", enum: codes },
      message: { type: "string" },
      "fields?": fieldErrors(schemas),
      "limit?": dailyLimit,
    }),
  });
}

function summary(): Schema {
  const count: Schema = { type: "integer", minimum: 0 };
  return objectOf<BatchResult["summary"]>({
    total: count,
    created: count,
    updated: count,
    unchanged: count,
    deleted: count,
    failed: count,
    skipped: count,
  });
}
