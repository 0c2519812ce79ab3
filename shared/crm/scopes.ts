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

/** Every scope a key can be given, legacy ones included (spec: API key scopes); `events:read` is beyond it. */
export const SCOPES: readonly string[] = [
  ...WRITABLE.flatMap((resource) => [`${resource}:read`, `${resource}:write`]),
  "events:read",
  "read",
  "admin",
  ...Object.keys(LEGACY),
];

/**
 * Whether a key's scopes cover the one a route needs: `admin` covers all, `read` every `:read`, a
 * legacy scope its read and write pair. `:write` does not cover `:read`.
 */
export function grants(scopes: readonly string[], needed: Scope): boolean {
  return scopes.some((scope) =>
    scope === needed || scope === "admin" || (scope === "read" && needed.endsWith(":read")) ||
    (Object.hasOwn(LEGACY, scope) && LEGACY[scope]?.includes(needed))
  );
}
