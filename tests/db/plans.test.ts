import { beforeAll, describe, expect, test } from "vitest";
import { pipelines } from "../../shared/crm/pipelines.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import type { Resource } from "../../shared/crm/resource.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { LISTED } from "../support/counted-resources.ts";
import { type Asked, continued, everyList } from "../support/every-list.ts";
import {
  brief,
  type PlanNode,
  plansOf,
  preparedPlansOf,
  rowsRead,
  scanned,
} from "../support/explain.ts";
import { fillLists, recordsOf } from "../support/list-samples.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const RESOURCES = LISTED.filter(({ name }) => name !== "pipelines");
const PER_PAGE = 25;
const STAGES = 6;
/** A plain query sorts all records for a page: a million of them take minutes, of all lists together. */
const SORTING_ALL_MS = 1_200_000;
/** How far a list is looked through in order for what a filter matches. */
const NEAR = 20_000;
/** Indexes for other than these lists: matching rules, old records that go, lists of the other APIs. */
const OTHER_USES = ["companies_name_key_idx", "contacts_phone_idx", "contacts_owner_id_idx"]
  .concat("deals_title_key_idx")
  .concat("connector_deliveries_expiry_idx")
  .concat("leads_source_idx", "leads_status_idx", "leads_starred_idx", "leads_phone_idx")
  // See lio-plans.test.ts.
  .concat("leads_linkedin_idx", "leads_fit_intent_score_idx", "leads_last_activity_idx")
  .concat("leads_estimated_value_idx", "leads_priority_idx", "leads_city_idx", "leads_state_idx")
  .concat("leads_country_idx", "companies_rating_idx")
  // See crm-list-plans.test.ts and timeline-plan.test.ts.
  .concat("companies_relationship_idx", "companies_lifecycle_idx", "deals_outcome_idx")
  .concat("tasks_open_idx", "activities_timestamp_idx", "activities_timeline_idx")
  // Deals won in a period of a forecast, and leads with a profile, the newest first.
  .concat("deals_closed_at_idx", "leads_linkedin_number_idx");

let id: string;

beforeAll(async () => {
  await loadRegistries();
  const [big, other] = [await testWorkspace(), await testWorkspace()];
  id = big.id;
  await fillLists(big.id, [other.id]);
}, 1_200_000);

const lists = new Map<Resource, ReturnType<typeof listsOf>>();

/** The lists of a resource and those that continue them, made once; their plans are explained anew. */
async function explained(resource: Resource) {
  const database = apiDatabase({ size: 1 });
  const made = lists.get(resource) ?? listsOf(resource);
  lists.set(resource, made);
  const plans = (asked: Asked[], plan = plansOf) =>
    plan(database, claimsOf(id), asked.map(({ statement }) => statement));
  return { database, ...await made, plans };
}

async function listsOf(resource: Resource) {
  const database = apiDatabase({ size: 1 });
  const first = await everyList(database, resource, id);
  return { first, next: await continued(database, resource, id, first) };
}

function expectAtMost(most: number, table: string, list: Asked, nodes: PlanNode[]): void {
  const { given, found } = list;
  const message = `${JSON.stringify(given)} found ${found}: ${brief(nodes)}`;
  expect(scanned(nodes), message).not.toContain(table);
  expect(rowsRead(nodes, table), message).toBeLessThanOrEqual(most);
}

/** How many records a list may read. */
function mostRead(resource: Resource, list: Asked): number {
  return pageReads(resource, list) + totalReads(resource, list);
}

// Each record that a search finds is looked at, however few of them the filters leave. What most
// records match is found among the first ones; where no index has the filter and the sort, all of few
// are sorted, and all of more when none is near.
function pageReads({ name }: Resource, { found, narrowest, searched, given }: Asked): number {
  const { sort_by, sort_order: _, cursor: __, ...conditions } = given;
  const filters = Object.keys(conditions).length;
  if (conditions.search !== undefined) return Math.max(PER_PAGE + 1, narrowest, searched);
  if (filters === 0 || filters === 1 && sort_by === "created_at") return PER_PAGE + 1;
  const records = recordsOf(name);
  // The sample's last names keep apart who has which status, also among those of one first name.
  const apart = sort_by === "last_name" || sort_by === "first_name";
  if (found > records / 2) return 4 * PER_PAGE + (apart ? records - found : 0);
  const few = Math.sqrt((PER_PAGE + 1) * records);
  return Math.max(narrowest, PER_PAGE) + 1 + (found > few ? NEAR : 0);
}

// Which of two conditions that few match is the narrower is a guess. What counters know is not counted.
function totalReads({ counted = [] }: Resource, { narrowest, given }: Asked): number {
  const { sort_by: _, sort_order: __, cursor: ___, search, ...filters } = given;
  const [first, ...others] = Object.keys(filters);
  const known = first === undefined || counted.includes(first) && others.length === 0;
  return known || search !== undefined ? 0 : Math.max(narrowest, PER_PAGE) + 1;
}

async function plainPage({ table, sorts }: Resource, { given, skipped }: Asked): Promise<string[]> {
  const { sort_by, sort_order, cursor: _, ...filters } = given;
  const conditions = Object.keys(filters).map((filter, i) => `and ${filter}::text = $${i + 2}`);
  const rows = await asOwner<{ id: string }>(
    `select id from ${table} where workspace_id = $1 ${conditions.join(" ")}
      order by ${sorts[sort_by!]!.column} ${sort_order}, id ${sort_order}
      limit ${PER_PAGE} offset ${skipped}`,
    [id, ...Object.values(filters)],
  );
  return rows.map((row) => row.id);
}

describe.each(RESOURCES)("$name", (resource) => {
  test("every list in every order reads a page, or what matches", async () => {
    const { first, plans } = await explained(resource);
    const all = await plans(first);
    all.forEach((nodes, i) =>
      expectAtMost(mostRead(resource, first[i]!), resource.name, first[i]!, nodes)
    );
  });

  test("every list in every order continues from a cursor at the same cost", async () => {
    const { next, plans } = await explained(resource);
    // More than the plain list in each order, if there are others.
    const hasOthers = resource.filters.length > 0 || resource.search !== undefined;
    const plain = Object.keys(resource.sorts).length * 2;
    expect(next.length).toBeGreaterThanOrEqual(plain + Number(hasOthers));
    const all = await plans(next);
    all.forEach((nodes, i) =>
      expectAtMost(mostRead(resource, next[i]!), resource.name, next[i]!, nodes)
    );
  });

  test("plans that are kept, made for no value, cost no more", async () => {
    const { first, next, plans } = await explained(resource);
    const prepared = [...first, ...next].filter(({ statement }) => statement.prepared);
    expect(prepared.length).toBeGreaterThan(Object.keys(resource.sorts).length * 2);
    const all = await plans(prepared, preparedPlansOf);
    all.forEach((nodes, i) =>
      expectAtMost(mostRead(resource, prepared[i]!), resource.name, prepared[i]!, nodes)
    );
  });

  test("every page holds what a plain query finds", { timeout: SORTING_ALL_MS }, async () => {
    const { database, first, next } = await explained(resource);
    const unsearched = [...first, ...next].filter(({ given }) => given.search === undefined);
    for (const asked of unsearched) {
      const [rows] = await database.read(claimsOf(id), [asked.statement]);
      const ids = asked.list.page(rows!).items.map((text) =>
        (JSON.parse(text) as { id: string }).id
      );
      expect(ids, JSON.stringify(asked.given)).toEqual(await plainPage(resource, asked));
    }
  });

  test("every index serves a list, a key, a link or a search", async () => {
    const { first, next, plans } = await explained(resource);
    const all = [...await plans(first), ...await plans(next)];
    const used = all.flat().flatMap((node) => node["Index Name"] ?? []);
    const idle = await asOwner<{ name: string }>(
      `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid = $1::regclass and not i.indisunique and c.relname <> all ($2)
          and c.relname <> $3 || '_search_idx' and not exists (
            select from pg_constraint f where f.conrelid = i.indrelid and f.contype = 'f'
              and cardinality(f.conkey) = 2 and (i.indkey::int2[])[0:1] @> f.conkey)`,
      [`crm.${resource.name}`, [...used, ...OTHER_USES], resource.name],
    );
    expect(idle).toEqual([]);
  });
});

test("pipelines, a view, read their own stages and no more pipelines than a page", async () => {
  const { first, next, plans } = await explained(pipelines);
  const both = [...first, ...next];
  const all = await plans(both);
  all.forEach((nodes, i) => {
    expectAtMost(pageReads(pipelines, both[i]!), "pipelines", both[i]!, nodes);
    expectAtMost(pageReads(pipelines, both[i]!) * STAGES, "stages", both[i]!, nodes);
  });
});
