import { lio, type LioPage, type Query } from "../../api.ts";
import type { Role } from "./types.ts";

const MOST = 100;
const MOST_PAGES = 5;

/** The roles of the workspace, those of every workspace first. */
export async function allRoles(filters: Query, signal: AbortSignal): Promise<readonly Role[]> {
  const roles: Role[] = [];
  const query = { ...filters, limit: MOST, order_by: "id", order_in: "ASC" };
  for (let page = 1; page <= MOST_PAGES; page++) {
    const found = await lio.get<LioPage<Role>>("role/list", { ...query, page }, signal);
    roles.push(...found.data);
    if (roles.length >= found.total) break;
  }
  return roles;
}
