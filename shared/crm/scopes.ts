import type { UserRole } from "../db/claims.ts";
import type { ResourceName } from "./resources.ts";

/** The resources that the native API writes, each with scopes of its own. */
export const WRITABLE = [
  "contacts",
  "companies",
  "deals",
  "tasks",
  "invoices",
  "activities",
] as const satisfies readonly ResourceName[];

/** A scope that a route can ask for. */
export type Scope =
  | `${(typeof WRITABLE)[number]}:${"read" | "write"}`
  | "events:read"
  | "read"
  | "admin";

const LEGACY: Record<string, readonly Scope[]> = {
  contact_ingest: ["contacts:read", "contacts:write"],
  activity_ingest: ["activities:read", "activities:write"],
};

/** What a Rep has, which no key can be given: of invoices, and of what changed, rows are not hidden from them. */
const REP = "role:rep";
const REPS: readonly Scope[] = [
  "read",
  ...WRITABLE.filter((name) => name !== "invoices").flatMap((name): Scope[] => [
    `${name}:read`,
    `${name}:write`,
  ]),
];

const GIVES: Record<string, readonly Scope[]> = { ...LEGACY, [REP]: REPS };

/** The scopes that each role of a user has. */
export const ROLE_SCOPES: Readonly<Record<UserRole, readonly string[]>> = {
  admin: ["admin"],
  member: ["read", ...WRITABLE.map((name) => `${name}:write`)],
  rep: [REP],
  viewer: ["read"],
};

const NEEDED: readonly Scope[] = [
  ...WRITABLE.flatMap((name): Scope[] => [`${name}:read`, `${name}:write`]),
  "events:read",
  "read",
  "admin",
];

/** Every scope that a route can ask for and that some scopes cover. */
export function coveredScopes(scopes: readonly string[]): Scope[] {
  return NEEDED.filter((needed) => grants(scopes, needed));
}

/** Every scope a key can be given, legacy ones included (spec: API key scopes); `events:read` is beyond it. */
export const SCOPES: readonly string[] = [
  ...NEEDED,
  ...Object.keys(LEGACY),
];

/**
 * Whether a key's scopes cover the one a route needs: `admin` covers all, `read` every `:read`, a
 * legacy scope its read and write pair. `:write` does not cover `:read`.
 */
export function grants(scopes: readonly string[], needed: Scope): boolean {
  return scopes.some((scope) =>
    scope === needed || scope === "admin" || (scope === "read" && needed.endsWith(":read")) ||
    (Object.hasOwn(GIVES, scope) && GIVES[scope]?.includes(needed))
  );
}
