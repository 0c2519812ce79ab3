import type { Page } from "../lists.ts";
import type { Resource } from "../../../crm/resource.ts";
import { pascalCase } from "../../../formats/pascal-case.ts";
import { MADE_WHEN_STORED } from "../dry-run.ts";
import type { Contract } from "../contract.ts";
import { object, objectOf, ref, type Schema, type Schemas } from "../../../openapi/schemas.ts";

/** The schema of a record as it is read. */
function record(schemas: Schemas, resource: Resource): Schema {
  return schemas.named(pascalCase(resource.record), () => schemas.output(resource.schema));
}

/** The schema of a page of a list. */
export function page(schemas: Schemas, resource: Resource): Schema {
  const pagination = schemas.named("Pagination", () =>
    objectOf<Page["pagination"]>({
      page: { type: "integer", minimum: 1 },
      per_page: { type: "integer", minimum: 1, maximum: 100 },
      total: { type: "integer", minimum: 0, description: "Records that match, on all pages." },
      total_pages: { type: "integer", minimum: 0 },
      next_cursor: {
        type: ["string", "null"],
        description: "Sent back as `cursor`, continues the list; null on the last page.",
      },
    }));
  return schemas.named(`${pascalCase(resource.record)}Page`, () =>
    objectOf<Page>({
      items: { type: "array", items: record(schemas, resource) },
      pagination,
    }));
}

/** The schema of a page of a list that tells no total. */
export function newestPage(schemas: Schemas, resource: Resource): Schema {
  return schemas.named(`${pascalCase(resource.record)}Page`, () =>
    object({
      items: { type: "array", items: record(schemas, resource) },
      pagination: object({
        per_page: { type: "integer", minimum: 1, maximum: 100 },
        next_cursor: {
          type: ["string", "null"],
          description: "Sent back as `cursor`, continues the list; null on the last page.",
        },
      }),
    }));
}

/** The schema of a record that is retrieved by its id. */
export function retrieved(schemas: Schemas, { resource, answer }: Contract): Schema {
  if (answer === undefined) return record(schemas, resource);
  return schemas.named(`Retrieved${pascalCase(resource.record)}`, () => schemas.output(answer));
}

/** The schema of both ids of a record. */
export function recordIds(schemas: Schemas, { answer, action }: Contract): Schema {
  if (answer === undefined) throw new TypeError(`${action} does not say what it answers`);
  return schemas.named("RecordIds", () => schemas.output(answer));
}

const WRITTEN: Partial<Record<Contract["action"], string>> = {
  ingest: "Ingested",
  rotateToken: "NewTokenOf",
  rotate: "Rotated",
  presets: "PresetsOf",
  merge: "ContactAfter",
  undoMerge: "ContactAfterUndone",
};

/** The schema of what creating or changing answers. */
export function written(schemas: Schemas, { resource, answer, action }: Contract): Schema {
  if (answer === undefined) return record(schemas, resource);
  const name = `${WRITTEN[action] ?? "Created"}${pascalCase(resource.record)}`;
  return schemas.named(name, () => schemas.output(answer));
}

/** The schema of what deleting answers. */
export function deleted(schemas: Schemas): Schema {
  return schemas.named(
    "Deleted",
    () =>
      object({ deleted: { type: "boolean", const: true }, id: { type: "string", format: "uuid" } }),
  );
}

/** The schemas of what a dry run of an operation answers. */
export function rehearsals(schemas: Schemas, contract: Contract): Schema[] {
  const { action, resource, matchedBy, replaces } = contract;
  const name = pascalCase(resource.record);
  const made = () =>
    schemas.named(`${name}WouldBeCreated`, () => wouldBeCreated(schemas, contract));
  const changed = () =>
    schemas.named(`${name}WouldBeUpdated`, () => wouldBeUpdated(schemas, contract));
  if (action === "update" || action === "revoke") return [changed()];
  if (action === "delete") {
    return [schemas.named(`${name}WouldBeDeleted`, () => wouldBeDeleted(schemas, resource))];
  }
  return matchedBy || replaces ? [made(), changed()] : [made()];
}

const dry_run: Schema = { type: "boolean", const: true };

function wouldBeCreated(schemas: Schemas, contract: Contract): Schema {
  const { resource, answer, action, onceOnly = [] } = contract;
  const schema = action === "ingest" ? resource.schema : answer ?? resource.schema;
  const made = [...MADE_WHEN_STORED, ...onceOnly].filter((field) => field in schema.shape);
  const draft = schema.omit(Object.fromEntries(made.map((field) => [field, true])) as never);
  return object({
    dry_run,
    outcome: { type: "string", const: "created" },
    record: schemas.output(draft),
  });
}

function wouldBeUpdated(schemas: Schemas, { resource }: Contract): Schema {
  return object({
    dry_run,
    outcome: { type: "string", enum: ["updated", "unchanged"] },
    id: { type: "string", format: "uuid" },
    changes: {
      ...fieldChanges(schemas),
      propertyNames: { enum: Object.keys(resource.schema.shape) },
    },
    record: record(schemas, resource),
  });
}

function wouldBeDeleted(schemas: Schemas, resource: Resource): Schema {
  return object({
    dry_run,
    outcome: { type: "string", const: "deleted" },
    id: { type: "string", format: "uuid" },
    record: record(schemas, resource),
  });
}

/** The schema of the fields that would change. */
export function fieldChanges(schemas: Schemas): Schema {
  schemas.named("FieldChange", () => object({ from: {}, to: {} }));
  return { type: "object", additionalProperties: ref("schemas", "FieldChange") };
}
