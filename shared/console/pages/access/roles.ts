import { native } from "../../api.ts";
import { begin, type Session, session } from "../../session.ts";
import type { Role } from "./types.ts";

/** The roles whose rights others can have, in the order of their numbers. */
export const BASES = [
  ["admin", "Admin", "Everything, also who may do what."],
  ["member", "Manager", "Reads and writes all, but users, roles and keys."],
  ["rep", "Rep", "Works on their own and nobody’s; deletes and imports nothing."],
  ["viewer", "Viewer", "Reads what a Manager reads; changes only their own profile."],
] as const;

interface Roles {
  data: { items: readonly Role[]; pagination: { next_cursor: string | null } };
}

const EVERY = { per_page: 100, sort_by: "number", sort_order: "asc" };
const MOST_PAGES = 5;

/** The roles of the workspace, those of every workspace first. */
export async function allRoles(signal: AbortSignal): Promise<readonly Role[]> {
  const roles: Role[] = [];
  let cursor: string | null = null;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data }: Roles = await native.get("v1-public-roles", { ...EVERY, cursor }, signal);
    roles.push(...data.items);
    cursor = data.pagination.next_cursor;
    if (cursor === null) break;
  }
  return roles;
}

/** Reads anew what whoever is signed in may do, whose role may be the one that was changed. */
export async function readOwnRole(): Promise<void> {
  const { data: { user } } = await native.get<{ data: Pick<Session, "user"> }>("v1-public-sign-in");
  if (session.value !== null) begin({ ...session.value, user });
}
