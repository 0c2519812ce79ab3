import * as z from "zod";
import type { Resource } from "../../../crm/resource.ts";
import * as answer from "../../../crm/values/record-schema.ts";
import { jsonObject } from "../../../formats/json-object.ts";
import { lazy } from "../../../memory/lazy.ts";
import type { ActorKind } from "../../../db/claims.ts";
import { TYPES } from "./types.ts";

const ACTORS = Object.keys(
  {
    key: true,
    user: true,
    connector: true,
    automation: true,
    job: true,
    mcp: true,
    form: true,
    booking: true,
    message: true,
    call: true,
  } satisfies Record<ActorKind, true>,
);

const schema = lazy(() =>
  z.object({
    id: z.string().meta({
      description: "Its cursor: with it as `since`, the feed goes on behind it.",
    }),
    sequence: z.int().meta({ description: "Its number, by which `cause` names it." }),
    type: z.enum(TYPES as [string, ...string[]]),
    record_id: answer.id.meta({ description: "The record; of a `lead_tag` the lead." }),
    at: answer.timestamp,
    before: jsonObject.nullable().meta({
      description: "The record as it was, with the fields that the API names; null when created.",
    }),
    after: jsonObject.nullable().meta({
      description: "The record as the change left it; null when deleted.",
    }),
    changed: z.array(z.string()).meta({
      description: "The fields that an update changed, but for `updated_at`; else none.",
    }),
    actor: z.object({ kind: z.enum(ACTORS), id: z.string() }).nullable().meta({
      description: "Who did it, null for the operator of the service.",
    }),
    cause: z.int().nullable().meta({
      description: "The `sequence` of the event that this was done because of.",
    }),
    request_id: z.string().nullable().meta({ description: "The request that did it." }),
  })
);

/** Events, as the contract knows them. */
export const events: Resource = {
  record: "event",
  name: "events",
  table: "crm.events",
  columns: {},
  get schema() {
    return schema();
  },
  filters: [],
  sorts: {},
};
