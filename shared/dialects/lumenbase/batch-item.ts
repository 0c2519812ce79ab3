import * as z from "zod";
import { Conflict, InvalidInput } from "../../refusals/errors.ts";
import { text, uuid } from "../../crm/values/fields.ts";
import { jsonObject } from "../../formats/json-object.ts";
import type { Fields, Plan } from "../../crm/plan.ts";
import { deletion } from "../../crm/records.ts";
import type { CreatableResource, UpdatableResource } from "../../crm/resource.ts";
import { resources } from "../../crm/resources.ts";
import { requireChanges, validated } from "../../refusals/validation.ts";
import { WRITABLE } from "../../crm/scopes.ts";

type Batchable = CreatableResource & Partial<UpdatableResource>;

const NAMES = WRITABLE.filter((name): name is BatchName => "creation" in resources[name]);
const ACTIONS = ["create", "update", "upsert", "delete"] as const;

/** The resources that can be written in batches. */
export type BatchName = Exclude<(typeof WRITABLE)[number], "contacts">;

/** One item of a batch. `resource` may name another than the endpoint's. */
export const batchItem = z.strictObject({
  action: z.enum(ACTIONS, `Must be one of ${ACTIONS.join(", ")}`).default("create"),
  resource: z.enum(NAMES, `Must be one of ${NAMES.join(", ")}`).optional(),
  id: uuid().optional(),
  data: jsonObject.optional(),
  client_ref: text(255).min(1, "Must not be empty").optional(),
});

export type BatchItem = z.output<typeof batchItem>;

/** The id behind each client_ref of a batch so far; null when its item failed. */
export type References = ReadonlyMap<string, string | null>;

/** The resource of a batchable name. */
export function batchable(name: BatchName): Batchable {
  return resources[name];
}

/** The client_refs that an item's data refers to, as in `"company_id": {"ref": "acme"}`. */
export function referencesOf({ data = {} }: BatchItem): string[] {
  return Object.values(data).flatMap((value) => refOf(value) ?? []);
}

/** What an item writes. Throws InvalidInput with the fields as the item has them. */
export function planOf(item: BatchItem, resource: Batchable, references: References): Plan {
  const { action, id } = item;
  if (action === "create" && id !== undefined) throw wrong("id", "Must be absent; ids are made.");
  if (action === "delete") {
    if (item.data !== undefined) throw wrong("data", "Must be absent when deleting.");
    return deletion(resource, required(id));
  }
  const data = resolved(item.data ?? {}, references);
  if (action === "create" || (action === "upsert" && id === undefined)) {
    return resource.creation(within(() => validated(resource.create, data)));
  }
  if (!isUpdatable(resource)) {
    throw wrong("action", `Must be create or delete; ${resource.name} cannot be changed.`);
  }
  return resource.change(required(id), within(() => requireChanges(resource.update, data)));
}

function isUpdatable(resource: Batchable): resource is CreatableResource & UpdatableResource {
  return resource.update !== undefined;
}

function refOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Object.keys(value).join() !== "ref") {
    return undefined;
  }
  const { ref } = value as { ref: unknown };
  return typeof ref === "string" ? ref : undefined;
}

function resolved(data: Fields, references: References): Fields {
  return Object.fromEntries(
    Object.entries(data).map(([field, value]) => {
      const ref = field.endsWith("_id") ? refOf(value) : undefined;
      if (ref === undefined) return [field, value];
      const id = references.get(ref);
      if (typeof id === "string") return [field, id];
      const reason = id === null
        ? "The item with this client_ref failed."
        : "No earlier item has this client_ref.";
      throw wrong(`data.${field}.ref`, reason);
    }),
  );
}

function required(id: string | undefined): string {
  if (id === undefined) throw wrong("id", "Must be the id of the record.");
  return id;
}

function within<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw inData(error);
  }
}

/** Names the mistakes of an item's data as fields of the item; other errors stay as they are. */
export function inData(error: unknown): unknown {
  if (!(error instanceof InvalidInput || error instanceof Conflict)) return error;
  const fields = error.fields.map(({ field, message }) => ({
    field: field === "body" ? "data" : `data.${field}`,
    message,
  }));
  return error instanceof Conflict ? new Conflict(fields) : new InvalidInput(fields);
}

function wrong(field: string, message: string): InvalidInput {
  return new InvalidInput([{ field, message }]);
}
