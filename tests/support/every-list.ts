import {
  listOf as nativeList,
  listParameters,
  type NativeList,
} from "../../shared/dialects/lumenbase/lists.ts";
import { filterCheck, type Resource } from "../../shared/crm/resource.ts";
import { validated } from "../../shared/refusals/validation.ts";
import type { Database } from "../../shared/db/database.ts";
import type { Rows, Statement } from "../../shared/db/wire/pipeline.ts";
import { claimsOf } from "./as-role.ts";
import { asOwner } from "./workspace.ts";

type Given = Record<string, string>;

/** A list as a client asks for it. */
export interface Asked {
  given: Given;
  /** How many records match. */
  found: number;
  /** How many match the one condition that fewest match. */
  narrowest: number;
  /** How many the search matches alone; 0 without one. */
  searched: number;
  /** How many of them come before the page. */
  skipped: number;
  list: NativeList;
  statement: Statement;
}

const RARE_WORD = "item-777";
const COMMON_WORD = "item-77";
const SEARCHES = [RARE_WORD, COMMON_WORD, "example ITEM-777", "nothing of this"];

function listOf(resource: Resource, id: string, given: Given): NativeList {
  return nativeList(resource, { id, seesAll: true }, validated(listParameters(resource), given));
}

function asked(
  resource: Resource,
  id: string,
  given: Given,
  counts: Pick<Asked, "found" | "narrowest" | "searched" | "skipped">,
): Asked {
  const list = listOf(resource, id, given);
  return { given, ...counts, list, statement: list.statement };
}

/** The values of a filter: the rarest, one between, the most frequent, and one that no record has. */
async function valuesOf(resource: Resource, id: string, filter: string) {
  const { table } = resource;
  const values = await asOwner<{ value: string }>(
    `select ${filter}::text as value from ${table}
      where workspace_id = $1 and ${filter} is not null group by 1 order by count(*), 1`,
    [id],
  );
  const absent = ["nothing.example.com", "nothing", id].filter((value) =>
    filterCheck(resource, filter).safeParse(value).success
  );
  const [rare, between, frequent] = [0, Math.floor(values.length / 2), values.length - 1]
    .map((at) => values[at]!.value) as [string, string, string];
  return { rare, frequent, all: [...new Set([rare, between, frequent]), ...absent.slice(0, 1)] };
}

/** Every way to ask for a list, but for its order. */
async function requestsOf(resource: Resource, id: string): Promise<Given[]> {
  const searching = resource.search !== undefined;
  const searches = searching ? SEARCHES.map((search) => ({ search })) : [];
  const requests: Given[] = [{}, ...searches];
  const rarest: Given = {};
  for (const filter of resource.filters) {
    const { rare, frequent, all } = await valuesOf(resource, id, filter);
    requests.push(...all.map((value) => ({ [filter]: value })));
    if (searching) requests.push({ [filter]: frequent, search: RARE_WORD });
    rarest[filter] = rare;
  }
  const filtered = Object.keys(rarest).length > 0;
  if (!filtered) return requests;
  return [...requests, rarest, ...searching ? [{ ...rarest, search: COMMON_WORD }] : []];
}

/** How many records match each request, and its narrowest condition. */
async function countsOf(
  database: Database,
  resource: Resource,
  id: string,
  requests: readonly Given[],
) {
  const found: number[] = [];
  for (const given of requests) {
    const list = listOf(resource, id, given);
    const [rows] = await database.read(claimsOf(id), [list.statement]);
    found.push(list.page(rows!).pagination.total);
  }
  const alone = new Map(
    requests.map((given, i) => [JSON.stringify(Object.entries(given)), found[i]!]),
  );
  const aloneOf = (condition: [string, string]) => alone.get(JSON.stringify([condition])) ?? 0;
  return requests.map((given, i) => ({
    found: found[i]!,
    searched: given.search === undefined ? 0 : aloneOf(["search", given.search]),
    narrowest: Math.min(
      ...Object.entries(given).map(aloneOf),
    ),
  }));
}

/** Lists with every filter, some searches and both, each in every order, from their first page. */
export async function everyList(
  database: Database,
  resource: Resource,
  id: string,
): Promise<Asked[]> {
  const orders = Object.keys(resource.sorts).flatMap((sort_by) =>
    ["asc", "desc"].map((sort_order) => ({ sort_by, sort_order }))
  );
  const requests = await requestsOf(resource, id);
  const counts = await countsOf(database, resource, id, requests);
  return requests.flatMap((request, i) =>
    orders.map((order) =>
      asked(resource, id, { ...request, ...order }, { ...counts[i]!, skipped: 0 })
    )
  );
}

const DEEP = 2_000;

/** The same lists from a cursor in their middle, or deep in them; those of one record have none. */
export async function continued(
  database: Database,
  resource: Resource,
  id: string,
  lists: readonly Asked[],
): Promise<Asked[]> {
  const long = lists.filter(({ found }) => found > 1);
  const skipped = long.map(({ found }) => Math.min(found >> 1, DEEP));
  const starts = long.map(({ given }, i) =>
    listOf(resource, id, { ...given, per_page: "1", page: String(skipped[i]) })
  );
  const pages: Rows[] = [];
  for (const list of starts) {
    pages.push(...await database.read(claimsOf(id), [list.statement]));
  }
  return long.map(({ given, list: _, statement: __, ...counts }, i) => {
    const { next_cursor } = starts[i]!.page(pages[i]!).pagination;
    return asked(resource, id, { ...given, cursor: next_cursor! }, {
      ...counts,
      skipped: skipped[i]!,
    });
  });
}
