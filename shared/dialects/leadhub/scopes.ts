import type { UserRole } from "../../db/claims.ts";

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

const READS = AREAS.map((area): Scope => `read:${area}`);
// Secrets of other services, and who may sign in, are the Admins' to change.
const ADMINS: ReadonlySet<Scope> = new Set<Scope>([
  "write:integrations",
  "write:users",
  "delete:users",
]);

/** The scopes that each role of a user has. What was sent to other services tells of every lead. */
export const ROLE_SCOPES: Readonly<Record<UserRole, readonly Scope[]>> = {
  admin: SCOPES,
  member: SCOPES.filter((scope) => !ADMINS.has(scope)),
  rep: ["write:leads", ...READS.filter((scope) => scope !== "read:integrations")],
  viewer: READS,
};
