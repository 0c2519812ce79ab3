import { Buffer } from "node:buffer";
import { sql, statement } from "../db/sql.ts";
import { stringify } from "lossless-json";
import * as z from "zod";
import { type FieldError, RecordNotFound } from "../refusals/errors.ts";
import type { Fields } from "../crm/plan.ts";
import * as column from "../crm/column.ts";
import * as answer from "../crm/values/record-schema.ts";
import { columnsOf } from "../crm/records.ts";
import { type Resource, resource } from "../crm/resource.ts";
import { uuid } from "../crm/values/fields.ts";
import { lazy } from "../memory/lazy.ts";
import { jsonObject } from "../formats/json-object.ts";
import { mended } from "../refusals/storable.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";

/** What became of a delivery so far. */
export const STATUSES = ["pending", "accepted", "failed", "ignored", "test"] as const;

export type Status = (typeof STATUSES)[number];

/** Deliveries: the events that came through connectors, kept for 30 days. */
export const deliveries: Resource = resource({
  record: "delivery",
  name: "connector_deliveries",
  table: "crm.connector_deliveries",
  columns: {
    id: column.id,
    connector_id: column.readOnly(answer.link, uuid),
    event_id: column.readOnly(answer.text),
    status: column.readOnly(
      z.enum(STATUSES),
      lazy(() => z.enum(STATUSES, `Must be one of ${STATUSES.join(", ")}`)),
    ),
    attempts: column.readOnly(z.int()),
    content_type: column.readOnly(z.string()),
    mapped: column.readOnly(jsonObject.nullable()),
    error: column.readOnly(
      z.object({
        code: z.string(),
        message: z.string(),
        fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
      }).nullable(),
    ),
    warnings: column.readOnly(z.array(z.object({ field: z.string(), message: z.string() }))),
    outcome: column.readOnly(z.enum(["created", "updated"]).nullable()),
    contact_id: column.readOnly(answer.link, uuid),
    activity_id: column.readOnly(answer.link, uuid),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["connector_id", "status", "contact_id"],
  counted: ["connector_id", "status"],
  sorts: { created_at: { column: "created_at", type: "timestamptz" } },
});

/** What is kept of an event that was received. */
export interface Received {
  connectorId: string;
  eventId: string | null;
  contentType: string;
  body: Uint8Array;
  /** Whether the body is one event of several, taken apart. */
  part: boolean;
}

/** What is known in the end of an event. */
export interface Ended {
  status: Exclude<Status, "pending">;
  mapped?: Fields | undefined;
  lookedUp?: unknown;
  error?: Fields | undefined;
  /** What could not be read as it was sent, of an event that was accepted. */
  warnings?: readonly FieldError[] | undefined;
  outcome?: "created" | "updated" | undefined;
  contactId?: string | undefined;
  activityId?: string | undefined;
}

/** Keeps an event, or finds its first try; answers its `id` (SQL: app.receive_delivery). */
export function receiveDelivery({ connectorId, eventId, contentType, body, part }: Received) {
  return statement(sql`select app.receive_delivery(
    ${connectorId}, ${eventId}, ${contentType}, ${Buffer.from(body)}, ${part}) as id`);
}

/** Locks a delivery that is under way; answers its `id`, or nothing when it was accepted meanwhile. */
export function holdDelivery(id: string): Statement {
  return statement(sql`select id from crm.connector_deliveries
    where id = ${id} and status <> 'accepted' for update`);
}

/** Takes a kept delivery up again; answers its `id`, or nothing when it was accepted already. */
export function retakeDelivery(id: string): Statement {
  return statement(sql`update crm.connector_deliveries set attempts = attempts + 1
    where id = ${id} and status <> 'accepted' returning id`);
}

/**
 * Gives a kept delivery the id of its event, as its connector now finds it; answers its `id`, or nothing
 * when another delivery has that event.
 */
export function identifyDelivery(id: string, eventId: string): Statement {
  return statement(sql`update crm.connector_deliveries as kept set event_id = ${eventId}
    where id = ${id} and not exists (
      select from crm.connector_deliveries other
      where other.connector_id = kept.connector_id and other.event_id = ${eventId}
        and other.id <> kept.id)
    returning id`);
}

/** Writes what became of a delivery, unless it was accepted meanwhile. */
export function endDelivery(id: string, ended: Ended): Statement {
  const { status, mapped, lookedUp, error, warnings, outcome, contactId, activityId } = ended;
  return statement(sql`update crm.connector_deliveries set status = ${status},
      mapped = ${json(mapped)}, looked_up = coalesce(${json(lookedUp)}, looked_up),
      error = ${json(error)}, warnings = ${json(warnings ?? [])}, outcome = ${outcome ?? null},
      contact_id = ${contactId ?? null}, activity_id = ${activityId ?? null}
    where id = ${id} and status <> 'accepted'`);
}

// A message may quote what was sent, also what PostgreSQL cannot store: an event is kept all the same.
function json(value: unknown) {
  return sql`${value === undefined || value === null ? null : stringify(mended(value))}::jsonb`;
}

/** A kept delivery, with what is needed to take it up again. */
export interface KeptDelivery {
  id: string;
  /** Null when its connector was deleted. */
  connector_id: string | null;
  event_id: string | null;
  status: Status;
  content_type: string;
  body: Uint8Array;
  /** Whether the body is one event of several, taken apart. */
  part: boolean;
}

/** Reads a delivery with its body. */
export function selectDelivery(id: string): Statement {
  return statement(sql`select ${columnsOf(deliveries)}, body, part, looked_up
    from crm.connector_deliveries where id = ${id}`);
}

/** The one delivery of a statement's rows. Throws RecordNotFound when there is none. */
export function theDelivery(id: string, rows?: Rows): KeptDelivery {
  const row = rows?.[0] as KeptDelivery | undefined;
  if (row === undefined) throw new RecordNotFound("delivery", id);
  return row;
}
