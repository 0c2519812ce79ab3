import type { Condition } from "../../crm/lists/conditions.ts";
import { List } from "../../crm/lists/list.ts";
import type { Resource } from "../../crm/resource.ts";
import { nativeView } from "../../crm/views/view.ts";
import { Listed, record } from "./bound.ts";
import type { McpCall } from "./caller.ts";

/** The first records of a kind that meet conditions, in an order. */
export interface Wanted {
  resource: Resource;
  conditions?: readonly Condition[];
  search?: string;
  sort: string;
  order: "asc" | "desc";
  size: number;
}

/** Reads lists under the names that they are asked for by, in one round trip. */
export async function readLists<N extends string>(
  { caller, workspace }: McpCall,
  wanted: Readonly<Record<N, Wanted>>,
): Promise<Record<N, Listed>> {
  const lists = Object.entries<Wanted>(wanted).map(([name, { resource, ...asked }]) => ({
    name,
    list: new List(caller.workspaceId, {
      conditions: [],
      search: "",
      ...asked,
      view: nativeView(resource),
      isPartial: !workspace.seesAll,
      from: 1,
    }),
  }));
  if (lists.length === 0) return {} as Record<N, Listed>;
  const rows = await workspace.read(lists.map(({ list }) => list.statement()));
  return Object.fromEntries(lists.map(({ name, list }, at) => {
    const { items, total } = list.page(rows[at] ?? []);
    return [name, new Listed(items.map(record), total)];
  })) as Record<N, Listed>;
}
