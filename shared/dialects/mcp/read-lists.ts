import type { Condition } from "../../crm/lists/conditions.ts";
import { List, type Page } from "../../crm/lists/list.ts";
import type { Resource } from "../../crm/resource.ts";
import { nativeView } from "../../crm/views/view.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { type Around, Listed, record } from "./bound.ts";
import type { McpCall } from "./caller.ts";

/** Records of a kind that meet conditions, in an order: the first ones, or those at a cursor. */
export interface Wanted {
  resource: Resource;
  conditions?: readonly Condition[];
  search?: string;
  /** A date or a time that records show. */
  sort: string;
  order: "asc" | "desc";
  size: number;
  cursor?: string;
}

/** Reads lists under the names that they are asked for by, in one round trip. */
export async function readLists<N extends string>(
  call: McpCall,
  wanted: Readonly<Record<N, Wanted>>,
): Promise<Record<N, Listed>> {
  const lists = Object.entries<Wanted>(wanted).map(([name, asked]) => ({
    name,
    cursor: asked.cursor,
    list: listOf(call, asked),
  }));
  if (lists.length === 0) return {} as Record<N, Listed>;
  const rows = await call.workspace.read(lists.map(({ list }) => list.statement()));
  return Object.fromEntries(lists.map(({ name, list, cursor }, at) => {
    const page = list.page(rows[at] ?? []);
    return [name, new Listed(page.items.map(record), around(list, page, cursor))];
  })) as Record<N, Listed>;
}

/** All lists; with a cursor the one that it is of, from there on. Throws InvalidInput when it is of none. */
export function goingOn<W extends Wanted>(
  call: McpCall,
  wanted: Readonly<Record<string, W>>,
  cursor: string | undefined,
): Readonly<Record<string, W>> {
  if (cursor === undefined) return wanted;
  for (const [name, one] of Object.entries(wanted)) {
    if (listOf(call, one).isOf(cursor)) return { [name]: { ...one, cursor } };
  }
  const message = "Must be a next_cursor that this tool answered for the same other arguments.";
  throw new InvalidInput([{ field: "cursor", message }]);
}

function listOf(
  { caller, workspace }: McpCall,
  { resource, conditions = [], search = "", cursor, ...asked }: Wanted,
): List {
  return new List(caller.workspaceId, {
    ...asked,
    conditions,
    search,
    view: nativeView(resource),
    isPartial: !workspace.seesAll,
    from: cursor === undefined ? 1 : { cursor },
    countsRecords: true,
  });
}

// A cursor's page is one more than how many records come before it.
function around(list: List, { items, total, page, next }: Page, cursor?: string): Around {
  const before = page - 1;
  return {
    total,
    before,
    after(kept) {
      if (kept === items.length && next === null) return null;
      if (kept === 0 && cursor !== undefined) return cursor;
      return list.cursorAfter(items[kept - 1], page + kept);
    },
  };
}
