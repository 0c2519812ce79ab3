import { beforeAll, describe, expect, test } from "vitest";
import { activities } from "../../shared/crm/activities.ts";
import { companies } from "../../shared/crm/companies.ts";
import { contacts } from "../../shared/crm/contacts.ts";
import { deals } from "../../shared/crm/deals.ts";
import { invoices } from "../../shared/crm/invoices.ts";
import { List, listParameters } from "../../shared/crm/list.ts";
import type { Resource } from "../../shared/crm/resource.ts";
import { tasks } from "../../shared/crm/tasks.ts";
import { users } from "../../shared/crm/users.ts";
import { validated } from "../../shared/crm/validation.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { brief, type PlanNode, plansOf, rowsRead, scanned } from "../support/explain.ts";
import { fillLists, RECORDS } from "../support/list-samples.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

type Given = Record<string, string>;

const RESOURCES: Resource[] = [
  activities,
  companies,
  contacts,
  deals,
  invoices,
  tasks,
  users,
];
const PER_PAGE = 25;
const SEARCHES = ["item-777", "example ITEM-77", "nothing of this"];
/** Indexes that no list needs: ingest finds companies by their names. */
const OTHER_USES = ["companies_name_key_idx"];

let id: string;

beforeAll(async () => {
  const [big, other] = [await testWorkspace(), await testWorkspace()];
  id = big.id;
  await fillLists([big.id, other.id]);
});

function nameOf(resource: Resource): string {
  return resource.table.replace("crm.", "");
}

function listOf(resource: Resource, given: Given): List {
  return new List(resource, id, validated(listParameters(resource), given));
}

/** The most frequent and the rarest value of a filter, and one that no record has. */
async function valuesOf(resource: Resource, filter: string) {
  const values = await asOwner<{ value: string }>(
    `select ${filter}::text as value from ${resource.table}
      where workspace_id = $1 and ${filter} is not null group by 1 order by count(*), 1`,
    [id],
  );
  const absent = filter.endsWith("_id") || filter === "assigned_to" ? id : "nothing.example.com";
  const known = resource.filters[filter]!.safeParse(absent).success;
  return {
    rare: values[0]!.value,
    frequent: values.at(-1)!.value,
    ...(known ? { absent } : {}),
  };
}

/** Every way to ask for a list, but for its order. */
async function requestsOf(resource: Resource): Promise<Given[]> {
  const requests: Given[] = [{}, ...SEARCHES.map((search) => ({ search }))];
  const rarest: Given = {};
  for (const filter of Object.keys(resource.filters)) {
    const values = await valuesOf(resource, filter);
    requests.push(...Object.values(values).map((value) => ({ [filter]: value })));
    requests.push({ [filter]: values.frequent, search: "item-777" });
    rarest[filter] = values.rare;
  }
  return [...requests, rarest, { ...rarest, search: "example" }];
}

function ordersOf(resource: Resource): Given[] {
  return Object.keys(resource.sorts).flatMap((sort_by) =>
    ["asc", "desc"].map((sort_order) => ({ sort_by, sort_order }))
  );
}

/** The lists in every order, each with how many records match. */
async function everyList(resource: Resource) {
  const database = apiDatabase({ size: 1 });
  const requests = await requestsOf(resource);
  const totals = await database.read(
    claimsOf(id),
    requests.map((given) => listOf(resource, given).statements()[1]!),
  );
  return {
    database,
    lists: requests.flatMap((request, i) =>
      ordersOf(resource).map((order) => ({
        given: { ...request, ...order },
        found: Number(totals[i]![0]!.total),
      }))
    ),
  };
}

/** Asks for the same lists from a cursor in their middle; those of one page have none. */
async function continued(
  resource: Resource,
  { database, lists }: Awaited<ReturnType<typeof everyList>>,
) {
  const long = lists.filter(({ found }) => found > 1);
  const starts = long.map(({ given, found }) =>
    listOf(resource, { ...given, per_page: "1", page: String(found >> 1) })
  );
  const pages = await database.read(claimsOf(id), starts.map((list) => list.statements()[0]!));
  return long.map(({ given, found }, i) => {
    const { next_cursor } = starts[i]!.page([pages[i]!]).pagination;
    return { given: { ...given, cursor: next_cursor! }, found };
  });
}

// What most records match is found among the first ones; what few match, all of it may be sorted.
function expectBounded(resource: Resource, nodes: PlanNode[], found: number, given: Given): void {
  const most = found > RECORDS / 2 ? 4 * PER_PAGE : Math.max(found, PER_PAGE + 1);
  const message = `${JSON.stringify(given)} found ${found}: ${brief(nodes)}`;
  expect(scanned(nodes), message).toEqual([]);
  expect(rowsRead(nodes, nameOf(resource)), message).toBeLessThanOrEqual(most);
}

describe.each(RESOURCES)("$name", (resource) => {
  test("every list in every order reads a page, or what matches", async () => {
    const { database, lists } = await everyList(resource);
    const pages = lists.map(({ given }) => listOf(resource, given).statements()[0]!);
    const plans = await plansOf(database, claimsOf(id), pages);
    plans.forEach((nodes, i) => {
      expectBounded(resource, nodes, lists[i]!.found, lists[i]!.given);
    });
  });

  test("every list in every order continues from a cursor at the same cost", async () => {
    const all = await everyList(resource);
    const lists = await continued(resource, all);
    expect(lists.length).toBeGreaterThan(ordersOf(resource).length);
    const pages = lists.map(({ given }) => listOf(resource, given).statements()[0]!);
    const plans = await plansOf(all.database, claimsOf(id), pages);
    plans.forEach((nodes, i) => {
      expectBounded(resource, nodes, lists[i]!.found, lists[i]!.given);
    });
  });

  test("a total reads what matches, and nothing without filters", async () => {
    const { database, lists } = await everyList(resource);
    const totals = lists.map(({ given }) => listOf(resource, given).statements()[1]!);
    const plans = await plansOf(database, claimsOf(id), totals);
    plans.forEach((nodes, i) => {
      const { found, given } = lists[i]!;
      const { sort_by: _, sort_order: __, ...conditions } = given;
      const counted = Object.keys(conditions).length === 0 ? 0 : Math.max(found, 1);
      // Nearly all of a workspace may as well be counted by reading all of it.
      const most = found > RECORDS / 2 ? Math.min(counted, 1) * RECORDS : counted;
      const message = `${JSON.stringify(given)} found ${found}: ${brief(nodes)}`;
      expect(scanned(nodes), message).not.toContain(nameOf(resource));
      expect(rowsRead(nodes, nameOf(resource)), message).toBeLessThanOrEqual(most);
    });
  });

  test("every index serves a list, a key, a link or a search", async () => {
    const { database, lists } = await everyList(resource);
    const all = [...lists, ...await continued(resource, { database, lists })];
    const pages = all.map(({ given }) => listOf(resource, given).statements()[0]!);
    const plans = await plansOf(database, claimsOf(id), pages);
    const used = plans.flat().flatMap((node) => node["Index Name"] ?? []);
    const idle = await asOwner<{ name: string }>(
      `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid = $1::regclass and not i.indisunique and c.relname <> all ($2)
          and c.relname not like '%\\_search\\_idx' and not exists (
            select from pg_constraint f where f.conrelid = i.indrelid and f.contype = 'f'
              and cardinality(f.conkey) = 2 and (i.indkey::int2[])[0:1] @> f.conkey)`,
      [resource.table, [...used, ...OTHER_USES]],
    );
    expect(idle).toEqual([]);
  });
});
