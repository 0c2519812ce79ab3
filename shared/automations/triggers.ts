import * as z from "zod";
import { optional } from "../crm/values/fields.ts";
import { tagName } from "../crm/values/tag-names.ts";
import type { LeadEvent, LeadEventType } from "../events/lead-event.ts";
import { customKey, fieldOf, LEAD_FIELDS } from "../events/lead-fields.ts";
import { lazy } from "../memory/lazy.ts";
import { notOneOf } from "../refusals/validation.ts";
import { folded } from "./compare.ts";
import { valueOf } from "./conditions.ts";
import { type Link, recordNumber } from "./links.ts";

/** What starts an automation. */
export type Trigger =
  | { type: "lead.created" }
  | { type: "lead.updated"; fields?: readonly string[] | null }
  | {
    type: "lead.stage_changed";
    pipeline_id?: number | null;
    from_stage_id?: number | null;
    to_stage_id?: number | null;
  }
  | { type: "lead.tag_added" | "lead.tag_removed"; tag?: string | null }
  | { type: "form.submitted"; form_id?: number | null }
  | { type: "lead.inactive"; days: number };

/** What an automation can be started by. */
export type TriggerEventType = Exclude<LeadEventType, "lead.deleted"> | "lead.inactive";

/** What happened, of which `lead.inactive` is no event of the log. */
export interface TriggerEvent extends Omit<LeadEvent, "type" | "sequence"> {
  type: LeadEventType | "lead.inactive";
  sequence: number | null;
  /** Since when the lead is quiet, in lead.inactive. */
  quietSince?: string;
}

const UNTOLD = new Set<string>(["id", "created_at", "updated_at", "tags"]);
const CHANGING = LEAD_FIELDS.filter((name) => !UNTOLD.has(name));
const DAYS = "Must be a whole number from 1 to 365";

/** The trigger of an automation, as it is given. */
export const triggerSchema = lazy(() =>
  z.discriminatedUnion("type", [
    of("lead.created", {}),
    of("lead.updated", {
      fields: optional(z.array(changingField()).min(1, "Must name a field")),
    }),
    of("lead.stage_changed", {
      pipeline_id: optional(recordNumber()),
      from_stage_id: optional(recordNumber()),
      to_stage_id: optional(recordNumber()),
    }),
    of("lead.tag_added", { tag: optional(tagName()) }),
    of("lead.tag_removed", { tag: optional(tagName()) }),
    of("form.submitted", { form_id: optional(recordNumber()) }),
    of("lead.inactive", { days: z.int(DAYS).min(1, DAYS).max(365, DAYS) }),
  ], {
    error: ({ code, input }) =>
      code === "invalid_union" ? notOneOf(valueOf(input, "type"), TYPES) : undefined,
  }).meta({ id: "AutomationTrigger" })
);

const TYPES: readonly TriggerEventType[] = [
  "lead.created",
  "lead.updated",
  "lead.stage_changed",
  "lead.tag_added",
  "lead.tag_removed",
  "form.submitted",
  "lead.inactive",
];

function of<T extends TriggerEventType, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.strictObject({ type: z.literal(type), ...shape });
}

function changingField() {
  return z.string().refine(
    (name) => CHANGING.some((known) => known === name) || customKey(name) !== undefined,
    { error: ({ input }) => notOneOf(input, [...CHANGING, "custom_fields.<key>"]) },
  );
}

/** The records that a trigger names. */
export function linksOfTrigger(trigger: Trigger): Link[] {
  const link = (name: string, record: string, table: Link["table"]) => {
    const number = valueOf(trigger, name);
    return typeof number === "number" ? [{ field: `trigger.${name}`, record, table, number }] : [];
  };
  return [
    ...link("pipeline_id", "pipeline", "pipelines"),
    ...link("from_stage_id", "stage", "stages"),
    ...link("to_stage_id", "stage", "stages"),
    ...link("form_id", "form", "forms"),
  ];
}

/** Whether a trigger is for an event. */
export function isFor(trigger: Trigger, event: TriggerEvent): boolean {
  const { lead, changes = {}, tag, form } = event.data;
  if (trigger.type !== event.type) return false;
  switch (trigger.type) {
    case "lead.updated":
      return trigger.fields?.some((name) => isAmong(changes, name)) ?? true;
    case "lead.stage_changed":
      return isOr(trigger.pipeline_id, lead.pipeline_id) &&
        isOr(trigger.from_stage_id, changes.pipeline_stage_id?.from) &&
        isOr(trigger.to_stage_id, changes.pipeline_stage_id?.to);
    case "lead.tag_added":
    case "lead.tag_removed":
      return typeof trigger.tag !== "string" || folded(trigger.tag) === folded(tag ?? "");
    case "form.submitted":
      return isOr(trigger.form_id, form?.id);
    default:
      return true;
  }
}

function isAmong(changes: NonNullable<LeadEvent["data"]["changes"]>, name: string): boolean {
  if (customKey(name) === undefined) return Object.hasOwn(changes, name);
  const { from, to } = changes.custom_fields ?? {};
  const [before, after] = [from, to].map((custom_fields) => fieldOf({ custom_fields }, name));
  return JSON.stringify(before) !== JSON.stringify(after);
}

// Without a parameter any will do.
function isOr(wanted: number | null | undefined, actual: unknown): boolean {
  return (wanted ?? null) === null || wanted === actual;
}
