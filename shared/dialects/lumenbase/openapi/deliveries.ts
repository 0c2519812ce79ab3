import * as z from "zod";
import type { Target } from "../../../connectors/connectors.ts";
import { NAMING_FIELDS } from "../../../connectors/landing-refusals.ts";
import { matchingSchema } from "../../../connectors/matching.ts";
import { activities } from "../../../crm/activities.ts";
import { ingestedSchema } from "../../../crm/contact-ingest.ts";
import { contacts } from "../../../crm/contacts.ts";
import * as answer from "../../../crm/values/record-schema.ts";
import type { WritableResource } from "../../../crm/resource.ts";
import { pascalCase } from "../../../formats/pascal-case.ts";
import { ERROR_STATUS } from "../errors.ts";
import { MADE_WHEN_STORED } from "../dry-run.ts";
import { fieldErrors } from "./field-errors.ts";
import { fieldChanges } from "./records.ts";
import { object, oneOfThese, ref, type Schema, type Schemas } from "../../../openapi/schemas.ts";

const CONTACT_RULES = matchingSchema.shape.contact.unwrap().element.options;

/** What a connector makes of an event, by its target. */
const RESOURCES: Record<Target, WritableResource> = { contact: contacts, activity: activities };
const warnings = z.array(z.object({ field: z.string(), message: z.string() })).meta({
  description: "The fields that could not be read as they were sent: what was sent is in the " +
    "message, and the record was made without them.",
});
const DELIVERED: Record<Target, z.ZodObject> = {
  contact: ingestedSchema.extend({
    matched_by: z.enum(CONTACT_RULES).nullable(),
    delivery_id: answer.id,
    warnings: warnings.optional(),
  }),
  activity: activities.schema.extend({
    unmatched: z.array(z.enum(NAMING_FIELDS)),
    delivery_id: answer.id,
    warnings: warnings.optional(),
  }),
};

/** The schemas of what requests through connectors and replays answer. */
export interface DeliveryAnswers {
  created: Schema[];
  updated: Schema[];
  /** One event, of which the sender is told no more, or that made no record. */
  taken: Schema;
  several: Schema;
  dryRuns: Schema[];
}

/** The answers of connectors for these targets. */
export function deliveryAnswers(schemas: Schemas, targets: readonly Target[]): DeliveryAnswers {
  const delivered = (target: Target) =>
    schemas.named(`Delivered${pascalCase(target)}`, () => ({
      description: `The ${target} that an event through a connector made or changed.`,
      ...schemas.output(DELIVERED[target]),
    }));
  return {
    created: targets.map(delivered),
    updated: targets.filter((target) => target === "contact").map(delivered),
    taken: schemas.named("DeliveryTaken", () => taken(schemas)),
    several: schemas.named("DeliveryResults", () => object(deliveryResults(schemas))),
    dryRuns: [
      ...targets.flatMap((target) => eventRehearsals(schemas, target)),
      schemas.named("EventWouldBeIgnored", () => wouldBeIgnored()),
      schemas.named("EventRehearsals", () => severalRehearsals(schemas)),
    ],
  };
}

function taken(schemas: Schemas): Schema {
  return {
    description: "The event was taken and made no record, or its sender may not see which.",
    ...object({
      delivery_id: { type: "string", format: "uuid" },
      status: oneOfThese({
        accepted: "it became a record; told to the holder of a token",
        ignored: "the connector skips such events; see `reason`",
        test: "the sender called it a test",
        duplicate: "it was accepted before, as this delivery",
        failed:
          "nobody can be identified by it, see `error`; told to the holder of a token, as no " +
          "other try would do better",
      }),
      "reason?": { type: "string" },
      "error?": eventError(schemas),
      "warnings?": schemas.output(warnings),
    }),
  };
}

/** The properties of what became of several events. */
export function deliveryResults(schemas: Schemas): Record<string, Schema> {
  const items = schemas.named("DeliveryResult", () => deliveryResult(schemas));
  const count: Schema = { type: "integer", minimum: 0 };
  return {
    results: { type: "array", items, description: "In the order of the events." },
    summary: object({ total: count, failed: count }),
  };
}

function deliveryResult(schemas: Schemas): Schema {
  return object({
    index: { type: "integer", minimum: 0, description: "The event's place, from 0." },
    delivery_id: { type: "string", format: "uuid" },
    status: oneOfThese({
      created: "a record was made",
      updated: "a contact was changed",
      accepted: "either of these, as the holder of a token is told",
      ignored: "the connector skips such events; see `reason`",
      test: "the sender called it a test",
      duplicate: "it was accepted before, as this delivery",
      failed: "see `error`; it is kept, and can be replayed",
    }),
    "id?": ref("schemas", "RecordId"),
    "reason?": { type: "string" },
    "error?": eventError(schemas),
    "warnings?": schemas.output(warnings),
  });
}

function eventError(schemas: Schemas): Schema {
  return object({
    code: { type: "string", enum: Object.keys(ERROR_STATUS) },
    message: { type: "string" },
    "fields?": fieldErrors(schemas),
    "limit?": { type: "string" },
  });
}

const dry_run: Schema = { type: "boolean", const: true };
const event_id: Schema = {
  type: ["string", "null"],
  description: "The sender's own id of the event, by which its retries are recognised.",
};

// What an event would do that would become a record.
function eventRehearsals(schemas: Schemas, target: Target): Schema[] {
  const name = pascalCase(target);
  const made = schemas.named(`${name}EventWouldCreate`, () => wouldCreate(schemas, target));
  if (target === "activity") return [made];
  return [made, schemas.named(`${name}EventWouldUpdate`, () => wouldUpdate(schemas, target))];
}

function eventProperties(schemas: Schemas, target: Target): Record<string, Schema> {
  return {
    dry_run,
    event_id,
    mapped: { type: "object", description: "What the field map and the defaults give." },
    ...(target === "contact" ? { "matched_by?": { type: "string", enum: CONTACT_RULES } } : {}),
    "warnings?": schemas.output(warnings),
    "index?": { type: "integer", minimum: 0, description: "The place of one of several events." },
  };
}

function wouldCreate(schemas: Schemas, target: Target): Schema {
  const schema: z.ZodObject = target === "contact" ? contacts.schema : DELIVERED.activity;
  const made = [...MADE_WHEN_STORED, "delivery_id"].filter((field) => field in schema.shape);
  const draft = schema.omit(Object.fromEntries(made.map((field) => [field, true])) as never);
  return object({
    ...eventProperties(schemas, target),
    outcome: { type: "string", const: "created" },
    record: schemas.output(draft),
  });
}

function wouldUpdate(schemas: Schemas, target: Target): Schema {
  const { schema } = RESOURCES[target];
  return object({
    ...eventProperties(schemas, target),
    outcome: { type: "string", enum: ["updated", "unchanged"] },
    id: { type: "string", format: "uuid" },
    changes: { ...fieldChanges(schemas), propertyNames: { enum: Object.keys(schema.shape) } },
    record: schemas.named(pascalCase(target), () => schemas.output(schema)),
  });
}

function wouldBeIgnored(): Schema {
  return object({
    dry_run,
    outcome: oneOfThese({
      ignored: "the connector skips such events; see `reason`",
      test: "the sender called it a test",
    }),
    "reason?": { type: "string" },
    event_id,
    "index?": { type: "integer", minimum: 0, description: "The place of one of several events." },
  });
}

function severalRehearsals(schemas: Schemas): Schema {
  const events = (["contact", "activity"] as const)
    .flatMap((target) => eventRehearsals(schemas, target));
  const failed = object({
    index: { type: "integer", minimum: 0 },
    outcome: { type: "string", const: "failed" },
    error: eventError(schemas),
  });
  const items = { anyOf: [...events, ref("schemas", "EventWouldBeIgnored"), failed] };
  return object({ dry_run, results: { type: "array", items } });
}
