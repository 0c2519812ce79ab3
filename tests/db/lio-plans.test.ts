import { beforeAll, expect, test } from "vitest";
import type { Condition } from "../../shared/crm/lists/conditions.ts";
import { List } from "../../shared/crm/lists/list.ts";
import type { View } from "../../shared/crm/views/view.ts";
import { listing as companies } from "../../shared/dialects/lio/company-list.ts";
import { company } from "../../shared/dialects/lio/company-view.ts";
import { listing } from "../../shared/dialects/lio/lead-list.ts";
import { lead } from "../../shared/dialects/lio/lead-view.ts";
import { selectHistory } from "../../shared/events/history.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { brief, plansOf, rowsRead, scanned } from "../support/explain.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const LEADS = 20_000;
const COMPANIES = 2_000;
const PAGE = 10;

let id: string;

// Among many small workspaces a large one, of which one lead in a hundred is contacted, in Bonn and urgent.
beforeAll(async () => {
  id = (await testWorkspace()).id;
  await asOwner(
    "insert into crm.workspaces (slug, name) select 's-' || n, 'S' from generate_series(1, 100) n",
  );
  await asOwner(
    `insert into crm.leads (workspace_id, pipeline_id, first_name, email, linkedin_url, city, status, priority,
        estimated_value, fit_intent_score, last_activity_at)
      select p.workspace_id, p.id, 'Ann ' || n, 'p' || n || '@x.com',
        'https://linkedin.com/in/p' || n, case n % 100 when 0 then 'Bonn' else 'Rome' end,
        case n % 100 when 0 then 'contacted' else 'new' end, case n % 100 when 0 then 4 else 2 end,
        n, n % 100, now() - n * interval '1 minute'
      from crm.pipelines p, generate_series(1, case when p.workspace_id = $1 then ${LEADS} else 20 end) n`,
    [id],
  );
  await asOwner(
    `insert into crm.companies (workspace_id, name, rating)
      select w.id, 'Acme ' || n, nullif(n % 6, 0)
      from crm.workspaces w, generate_series(1, case when w.id = $1 then ${COMPANIES} else 5 end) n`,
    [id],
  );
  await asOwner("vacuum analyze crm.leads, crm.lookups, crm.companies, crm.events");
});

async function planOf(sort: string, conditions: readonly Condition[] = [], view: View = lead) {
  const list = new List(id, {
    view,
    conditions,
    search: "",
    sort,
    order: "desc",
    size: PAGE,
    from: 1,
  });
  const [nodes = []] = await plansOf(apiDatabase({ size: 1 }), claimsOf(id), [list.statement()]);
  return nodes;
}

const condition = async (name: string, value: string): Promise<Condition> => {
  const filter = listing.filters?.[name];
  const given = filter?.check().parse(value);
  const caller = { caller: { actor: { id } } } as never;
  return await filter?.condition(given, caller) as Condition;
};

// By company and by status leads are sorted once they are read: what they are sorted by is another table's.
test("a page by status looks each status up once", async () => {
  const nodes = await planOf("status");
  expect(rowsRead(nodes, "lookups"), brief(nodes)).toBeLessThanOrEqual(100);
});

test.each(listing.sorts.filter((sort) => !["company", "status"].includes(sort)))(
  "a page by %s reads a page",
  async (sort) => {
    const nodes = await planOf(sort);
    expect(scanned(nodes).filter((table) => table === "leads"), brief(nodes)).toEqual([]);
    expect(rowsRead(nodes, "leads"), brief(nodes)).toBeLessThanOrEqual(2 * (PAGE + 1));
  },
);

test.each(companies.sorts)("a page of companies by %s reads a page", async (sort) => {
  const nodes = await planOf(sort, [], company);
  expect(rowsRead(nodes, "companies"), brief(nodes)).toBeLessThanOrEqual(2 * (PAGE + 1));
});

test("a page of the feed is read in order, whatever there is to count", async () => {
  const [nodes = []] = await plansOf(apiDatabase({ size: 1 }), claimsOf(id), [
    selectHistory({ page: 1, size: PAGE }),
  ]);
  const sorted = nodes.filter((node) => node["Node Type"] === "Sort")
    .flatMap(({ Plans = [] }) => Plans.map((under) => under["Actual Rows"]));
  expect(Math.max(0, ...sorted), brief(nodes)).toBeLessThanOrEqual(PAGE);
  expect(nodes.map((node) => node["Node Type"]), brief(nodes)).not.toContain("CTE Scan");
});

test.each([
  [["status", "2"]],
  [["state_id", "2,3"]],
  [["city", "bonn"]],
  [["priority", "4"]],
  [["status", "2"], ["city", "bonn"], ["priority", "4"]],
])("a page of %j reads what that finds, twice: to count and to sort", async (...filters) => {
  const conditions = await Promise.all(
    filters.map(([name = "", value = ""]) => condition(name, value)),
  );
  const nodes = await planOf("score", conditions);
  const read = rowsRead(nodes, "leads");
  expect(read, brief(nodes)).toBeGreaterThan(0);
  expect(read, brief(nodes)).toBeLessThanOrEqual(2 * LEADS / 100);
});

test("another lead with an email or a profile is found by an index", async () => {
  const nodes = await plansOf(apiDatabase({ size: 1 }), claimsOf(id), [{
    text: `select id from crm.leads where linkedin_key = 'linkedin.com/in/p777'`,
    values: [],
  }]);
  expect(nodes[0]?.map((node) => node["Index Name"])).toContain("leads_linkedin_idx");
});
