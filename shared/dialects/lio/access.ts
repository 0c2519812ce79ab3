import type { UserRole } from "../../db/claims.ts";

/** A scope of a key of LIO (decisions: 2). None covers another. */
export type Scope = "leads:write" | "leads:read" | "web_forms";

/** Every scope a key can be given. */
export const SCOPES: readonly Scope[] = ["leads:write", "leads:read", "web_forms"];

/**
 * What a route asks of a user: to read, to read what no Rep may, to change what is their own, to write, to do
 * what a Manager may, or what an Admin may.
 */
export type Right = "read" | "review" | "own" | "write" | "manage" | "admin";

const READER: readonly (Right | Scope)[] = ["read", "own", "leads:read", "web_forms"];
const WRITER: readonly (Right | Scope)[] = [...READER, "write", "leads:write"];

/** What each role may (decisions: 2, Roles). */
export const RIGHTS: Readonly<Record<UserRole, readonly (Right | Scope)[]>> = {
  admin: [...WRITER, "review", "manage", "admin"],
  member: [...WRITER, "review", "manage"],
  rep: WRITER,
  viewer: [...READER, "review"],
};
