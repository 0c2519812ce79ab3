import * as z from "zod";
import { lazy } from "../memory/lazy.ts";
import { label, optional } from "./values/fields.ts";

/** The types of a form's fields. */
export const FIELD_TYPES = [
  "text",
  "textarea",
  "email",
  "phone",
  "number",
  "date",
  "url",
  "select",
  "radio",
  "multiselect",
  "checkbox",
  "hidden",
] as const;

/** The fields of a lead that those of a form can fill. */
const LEAD_FIELDS = [
  "first_name",
  "last_name",
  "email",
  "phone",
  "company",
  "notes",
] as const;

type LeadField = (typeof LEAD_FIELDS)[number];

/** Whether what a field of a form fills is one of the lead's own. */
export function isLeadField(name: string): name is LeadField {
  return LEAD_FIELDS.some((field) => field === name);
}

/** The fields of a lead of which a form must fill one, so that it is somebody's. */
export const NAMING = ["email", "phone", "first_name"] as const;

/** A field of a form, as it is kept. */
export interface FormField {
  key: string;
  label: string;
  type: (typeof FIELD_TYPES)[number];
  required: boolean;
  /** What can be chosen; null for a type without choices. */
  options: string[] | null;
  /** The field of the lead that it fills, `custom_fields.<key>` for one of the client's own. */
  maps_to: string;
}

const MOST_FIELDS = 100;
const MOST_OPTIONS = 100;
const LONGEST_OPTION = 1_000;
const KEY = /^[a-z][a-z0-9_]{0,63}$/;
const CUSTOM = /^custom_fields\..{1,64}$/su;
const WITH_OPTIONS: ReadonlySet<unknown> = new Set(["select", "radio", "multiselect"]);

const type = z.enum(FIELD_TYPES, `Must be one of ${FIELD_TYPES.join(", ")}`);

const options = lazy(() =>
  z.array(
    z.string().min(1, "Must not be empty").max(
      LONGEST_OPTION,
      `Must have at most ${LONGEST_OPTION} characters`,
    ),
  )
    .min(1, `Must have 1 to ${MOST_OPTIONS} texts`)
    .max(MOST_OPTIONS, `Must have 1 to ${MOST_OPTIONS} texts`)
    .refine((all) => new Set(all).size === all.length, "Must have each text once")
    .meta({ uniqueItems: true })
);

const mapsTo = lazy(() =>
  z.string().refine(
    (given) => isLeadField(given) || CUSTOM.test(given),
    `Must be one of ${LEAD_FIELDS.join(", ")}, or custom_fields. and a key of 1 to 64 characters`,
  ).meta({
    examples: ["notes", "custom_fields.topic"],
    pattern: `^(?:${LEAD_FIELDS.join("|")}|custom_fields\\.[\\s\\S]{1,64})$`,
  })
);

/** A form's field as it is answered. */
const fieldAnswer = z.object({
  key: z.string(),
  label: z.string(),
  type: z.enum(FIELD_TYPES),
  required: z.boolean(),
  options: z.array(z.string()).nullable(),
  maps_to: z.string(),
}).meta({ id: "FormField" });

/** The fields of a form as they are answered. */
export const formFieldsAnswer = z.array(fieldAnswer);

/** What can be given of a field. */
const fieldInput = lazy(() =>
  z.strictObject({
    key: z.string().regex(
      KEY,
      "Must be a snake_case word of at most 64 characters, such as first_name",
    ).meta({ examples: ["email", "first_name", "topic"] }),
    label: optional(label(255)),
    type,
    required: optional(z.boolean()),
    options: optional(options()),
    maps_to: optional(mapsTo()),
  }).superRefine(({ type: given, options: some }, issues) => {
    const complain = (message: string) =>
      issues.addIssue({ code: "custom", path: ["options"], message });
    if (WITH_OPTIONS.has(given) && some == null) {
      complain("Is required for select, radio and multiselect");
    } else if (!WITH_OPTIONS.has(given) && some != null) {
      complain(`Must be null for ${given}`);
    }
  }).transform((field): FormField => ({
    key: field.key,
    label: field.label ?? field.key,
    type: field.type,
    required: field.required ?? false,
    options: field.options ?? null,
    maps_to: field.maps_to ?? defaultTarget(field.key),
  }))
);

/** The fields of a form: 1 to 100, each key once, of which one fills a field that names somebody. */
export const formFields = lazy(() =>
  z.array(fieldInput())
    .min(1, `Must have 1 to ${MOST_FIELDS} fields`)
    .max(MOST_FIELDS, `Must have 1 to ${MOST_FIELDS} fields`)
    .superRefine(eachKeyOnce, { when: ({ value }) => Array.isArray(value) })
    .refine(
      (fields) => fields.some(namesSomebody),
      `Must have a field that maps to ${NAMING.slice(0, -1).join(", ")} or ${NAMING.at(-1)}`,
    )
);

/** Whether a field fills one that names somebody; also one that is wrong, which lacks its defaults. */
export function namesSomebody(
  { key, maps_to = defaultTarget(key) }: Pick<FormField, "key" | "maps_to">,
): boolean {
  return NAMING.some((name) => name === maps_to);
}

function defaultTarget(key: string): string {
  return isLeadField(key) ? key : `custom_fields.${key}`;
}

function eachKeyOnce(fields: readonly unknown[], { addIssue }: z.RefinementCtx): void {
  const keys = fields.map(keyOf);
  keys.forEach((key, at) => {
    if (key === undefined || keys.indexOf(key) === at) return;
    const message = "Must be another key than those of the fields before";
    addIssue({ code: "custom", path: [at, "key"], message });
  });
}

function keyOf(field: unknown): unknown {
  return typeof field === "object" && field !== null && "key" in field ? field.key : undefined;
}
