import { beforeAll, expect, test } from "vitest";
import type { Condition } from "../../shared/crm/lists/conditions.ts";
import { List } from "../../shared/crm/lists/list.ts";
import type { View } from "../../shared/crm/views/view.ts";
import { activity } from "../../shared/dialects/crm-http/activity-view.ts";
import { company } from "../../shared/dialects/crm-http/companies.ts";
import { lead } from "../../shared/dialects/crm-http/lead-view.ts";
import { task } from "../../shared/dialects/crm-http/task-view.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { brief, plansOf, rowsRead, scanned } from "../support/explain.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const RECORDS = 4_000;
const PAGE = 25;

let id: string;

beforeAll(async () => {
  ({ id } = await testWorkspace());
  for (
    const insert of [
      `companies (workspace_id, name, relationship, status)
        select $1, 'C' || n, case n % 50 when 0 then 'vendor' else 'customer' end,
          case n % 40 when 0 then 'inactive' else 'active' end`,
      `deals (workspace_id, title, status)
        select $1, 'D' || n, case n % 40 when 0 then 'won' else 'open' end`,
      `tasks (workspace_id, title, status, due_date)
        select $1, 'T' || n, case n % 2 when 0 then 'done' else 'open' end, '2020-01-01'::date + n`,
      `activities (workspace_id, type, title, timestamp)
        select $1, 'call', 'A' || n, now() - n * interval '1 minute'`,
    ]
  ) {
    await asOwner(`insert into crm.${insert} from generate_series(1, $2::int) n`, [id, RECORDS]);
  }
  await asOwner("vacuum analyze crm.companies, crm.deals, crm.tasks, crm.activities");
});

const LISTS: [string, View, Condition[], { sort: string; order: "asc" | "desc" }][] = [
  ["companies_relationship_idx", company, [
    { is: "equal", column: "relationship", value: "vendor" },
  ], { sort: "name", order: "asc" }],
  ["companies_lifecycle_idx", company, [
    { is: "equal", column: "lifecycle", value: "inactive" },
  ], { sort: "name", order: "asc" }],
  ["deals_outcome_idx", lead, [
    { is: "equal", column: "outcome", value: "won" },
  ], { sort: "createdAt", order: "desc" }],
  ["tasks_open_idx", task, [
    { is: "equal", column: "is_done", value: "false" },
    { is: "before", column: "due_date_key", value: "2020-03-01" },
  ], { sort: "dueDate", order: "asc" }],
  ["activities_timestamp_idx", activity, [], { sort: "occurredAt", order: "desc" }],
];

test.each(LISTS)("%s serves a list of the CRM HTTP API", async (index, view, conditions, by) => {
  const asked = { view, conditions, search: "", size: PAGE, from: 1, ...by };
  const [nodes = []] = await plansOf(apiDatabase({ size: 1 }), claimsOf(id), [
    new List(id, asked).statement(),
  ]);
  expect(scanned(nodes), brief(nodes)).toEqual([]);
  expect(nodes.map((node) => node["Index Name"]), brief(nodes)).toContain(index);
  expect(rowsRead(nodes, view.resource.name), brief(nodes)).toBeLessThanOrEqual(4 * (PAGE + 1));
});
