import { beforeAll, describe, expect, test } from "vitest";
import { connectors } from "../../shared/connectors/connectors.ts";
import { deliveries } from "../../shared/connectors/deliveries.ts";
import { activities } from "../../shared/crm/activities.ts";
import { companies } from "../../shared/crm/companies.ts";
import { contacts } from "../../shared/crm/contacts.ts";
import { deals } from "../../shared/crm/deals.ts";
import { invoices } from "../../shared/crm/invoices.ts";
import { pipelines } from "../../shared/crm/pipelines.ts";
import type { Resource } from "../../shared/crm/resource.ts";
import { tasks } from "../../shared/crm/tasks.ts";
import { users } from "../../shared/crm/users.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { type Asked, continued, everyList } from "../support/every-list.ts";
import { brief, type PlanNode, plansOf, rowsRead, scanned } from "../support/explain.ts";
import { fillLists, RECORDS } from "../support/list-samples.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const RESOURCES: Resource[] = [
  activities,
  companies,
  connectors,
  contacts,
  deals,
  deliveries,
  invoices,
  tasks,
  users,
];
const PER_PAGE = 25;
const STAGES = 6;
/** Indexes that no list needs: matching rules find records by what these hold, or old ones go. */
const OTHER_USES = ["companies_name_key_idx", "contacts_phone_idx", "deals_title_key_idx"]
  .concat("connector_deliveries_expiry_idx");

let id: string;

beforeAll(async () => {
  const [big, other] = [await testWorkspace(), await testWorkspace()];
  id = big.id;
  await fillLists([big.id, other.id]);
});

/** The lists of a resource and those that continue them, with the plans of their pages. */
async function explained(resource: Resource) {
  const database = apiDatabase({ size: 1 });
  const first = await everyList(database, resource, id);
  const next = await continued(database, resource, id, first);
  const plans = (lists: Asked[], statement: "page" | "total") =>
    plansOf(database, claimsOf(id), lists.map((list) => list[statement]));
  return { first, next, plans };
}

function expectAtMost(most: number, table: string, list: Asked, nodes: PlanNode[]): void {
  const { given, found } = list;
  const message = `${JSON.stringify(given)} found ${found}: ${brief(nodes)}`;
  expect(scanned(nodes), message).not.toContain(table);
  expect(rowsRead(nodes, table), message).toBeLessThanOrEqual(most);
}

// What most records match is found among the first ones; of what few match, or a search finds, all
// may be sorted.
function page({ found, narrowest, given }: Asked): number {
  const isCommon = found > RECORDS / 2 && given.search === undefined;
  return isCommon ? 4 * PER_PAGE : Math.max(Math.min(narrowest, RECORDS), PER_PAGE + 1);
}

// Nearly all of a workspace may as well be counted by reading all of it; which of two conditions
// that few match is the narrower is a guess.
function matches({ narrowest }: Asked): number {
  if (narrowest === Infinity) return 0;
  return narrowest > RECORDS / 2 ? RECORDS : Math.max(narrowest, PER_PAGE);
}

describe.each(RESOURCES)("$name", (resource) => {
  test("every list in every order reads a page, or what matches", async () => {
    const { first, plans } = await explained(resource);
    const all = await plans(first, "page");
    all.forEach((nodes, i) => expectAtMost(page(first[i]!), resource.name, first[i]!, nodes));
  });

  test("every list in every order continues from a cursor at the same cost", async () => {
    const { next, plans } = await explained(resource);
    expect(next.length).toBeGreaterThan(Object.keys(resource.sorts).length * 2);
    const all = await plans(next, "page");
    // The rest of a run of one sort value and what comes after may be looked for apart.
    all.forEach((nodes, i) => expectAtMost(2 * page(next[i]!), resource.name, next[i]!, nodes));
  });

  test("a total reads what matches, and nothing without filters", async () => {
    const { first, plans } = await explained(resource);
    const all = await plans(first, "total");
    all.forEach((nodes, i) => expectAtMost(matches(first[i]!), resource.name, first[i]!, nodes));
  });

  test("every index serves a list, a key, a link or a search", async () => {
    const { first, next, plans } = await explained(resource);
    const all = [...await plans(first, "page"), ...await plans(next, "page")];
    const used = all.flat().flatMap((node) => node["Index Name"] ?? []);
    const idle = await asOwner<{ name: string }>(
      `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid = $1::regclass and not i.indisunique and c.relname <> all ($2)
          and c.relname <> $3 || '_search_idx' and not exists (
            select from pg_constraint f where f.conrelid = i.indrelid and f.contype = 'f'
              and cardinality(f.conkey) = 2 and (i.indkey::int2[])[0:1] @> f.conkey)`,
      [resource.table, [...used, ...OTHER_USES], resource.name],
    );
    expect(idle).toEqual([]);
  });
});

test("pipelines, a view, read their own stages and no more pipelines than a page", async () => {
  const { first, next, plans } = await explained(pipelines);
  const lists = [...first, ...next];
  const all = await plans(lists, "page");
  all.forEach((nodes, i) => {
    expectAtMost(page(lists[i]!), "pipelines", lists[i]!, nodes);
    expectAtMost((PER_PAGE + 1) * STAGES, "stages", lists[i]!, nodes);
  });
});

/** What a search finds, and how many rows of the table it read for that. */
async function readsOf({ name, search }: Resource, longest: string, words: string[]) {
  // What other tests have just written waits outside the index's tree, and counts as its cost.
  await asOwner(`select gin_clean_pending_list('crm.${name}_search_idx')`);
  const [found, [read]] = await apiDatabase({ size: 1 }).read(claimsOf(id), [
    { text: `select ${search}($1, $2)`, values: [longest, words] },
    {
      text: `select seq_scan::int, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
        from pg_stat_xact_user_tables where schemaname = 'crm' and relname = $1`,
      values: [name],
    },
  ]) as [unknown[], [{ seq_scan: number; rows: number }]];
  return { found: found.length, ...read };
}

const SEARCHABLE = [...RESOURCES, pipelines].filter(({ search }) => search !== undefined);

describe.each(SEARCHABLE)("a search of $name", (resource) => {
  test.each([
    ["%item-1777%", ["%1777%"], 1],
    ["%M-2345%", [], 1],
    ["%nothing of this%", [], 0],
  ])("for %s %o reads little more than it finds", async (longest, words, finds) => {
    const { found, rows, seq_scan } = await readsOf(resource, longest, words);
    expect({ seq_scan, found: found <= finds }).toEqual({ seq_scan: 0, found: true });
    // Trigrams find some that the pattern then does not match.
    expect(rows).toBeLessThan(RECORDS / 50);
  });
});
