const AREAS = [
  "leads",
  "pipelines",
  "tags",
  "users",
  "forms",
  "automations",
  "integrations",
] as const;
const DELETABLE = ["leads", "users", "forms", "automations"] as const;

/** A scope of a LeadHub key (spec: Required scope). None covers another. */
export type Scope =
  | `${"read" | "write"}:${(typeof AREAS)[number]}`
  | `delete:${(typeof DELETABLE)[number]}`;

/** Every scope a key can be given. */
export const SCOPES: readonly Scope[] = [
  ...AREAS.flatMap((area): Scope[] => [`read:${area}`, `write:${area}`]),
  ...DELETABLE.map((area): Scope => `delete:${area}`),
];
