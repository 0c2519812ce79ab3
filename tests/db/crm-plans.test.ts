import { beforeAll, expect, test } from "vitest";
import { selectDashboard } from "../../shared/crm/dashboard.ts";
import type { Condition } from "../../shared/crm/lists/conditions.ts";
import { List } from "../../shared/crm/lists/list.ts";
import { selectTimeline } from "../../shared/crm/timeline.ts";
import type { View } from "../../shared/crm/views/view.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { company } from "../../shared/dialects/crm-http/companies.ts";
import { lead } from "../../shared/dialects/crm-http/lead-view.ts";
import { task } from "../../shared/dialects/crm-http/task-view.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { brief, plansOf, rowsRead, scanned } from "../support/explain.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const DEALS = 20_000;
const ON_ONE = 4_000;
const PAGE = 25;
const RECORDS = ["deals", "activities", "tasks", "stage_changes", "companies"];

let id: string;
/** A deal to which much has happened, and one of the others. */
let busy: string;
let quiet: string;
let user: string;

beforeAll(async () => {
  ({ id } = await testWorkspace());
  const one = async (text: string) => (await asOwner<{ id: string }>(text, [id]))[0]!.id;
  user = await one(
    "insert into crm.users (workspace_id, name, email) values ($1, 'U', 'u@example.com') returning id",
  );
  await asOwner(
    `insert into crm.deals (workspace_id, title, value, stage)
      select $1, 'D' || n, n, (array['Lead', 'Proposal', 'Won'])[1 + n % 3] from generate_series(1, $2::int) n`,
    [id, DEALS],
  );
  busy = await one("insert into crm.deals (workspace_id, title) values ($1, 'Busy') returning id");
  quiet = await one("select id from crm.deals where workspace_id = $1 and title = 'D7'");
  await asOwner(
    `insert into crm.activities (workspace_id, type, title, deal_id)
      select $1, 'call', n::text, $2 from generate_series(1, $3::int) n`,
    [id, busy, ON_ONE],
  );
  await asOwner(
    `insert into crm.tasks (workspace_id, title, deal_id, due_date, status)
      select $1, n::text, $2, '2026-01-01', case n % 2 when 0 then 'done' else 'open' end
      from generate_series(1, $3::int) n`,
    [id, busy, ON_ONE],
  );
  await asOwner(
    `insert into crm.companies (workspace_id, name, relationship, owner_id, status)
      select $1, 'C' || n, case n % 1000 when 0 then 'vendor' else 'prospect' end,
        case n % 1000 when 0 then $2::uuid end, case n % 1000 when 0 then 'inactive' else 'active' end
      from generate_series(1, 20000) n`,
    [id, user],
  );
  await asOwner(`vacuum analyze ${RECORDS.map((table) => `crm.${table}`).join()}, crm.deal_totals,
    crm.record_counts`);
});

/** The rows that statements read of each table of records, none of which they read from end to end. */
async function read(statements: readonly Statement[]): Promise<Record<string, number>> {
  const nodes = (await plansOf(apiDatabase({ size: 1 }), claimsOf(id), statements)).flat();
  for (const table of RECORDS) expect(scanned(nodes), brief(nodes)).not.toContain(table);
  return Object.fromEntries(
    RECORDS.map((table) => [table, rowsRead(nodes, table)] as const).filter(([, rows]) => rows > 0),
  );
}

test("a timeline reads a page of each kind, however much happened", async () => {
  expect(await read([selectTimeline(quiet, PAGE, 0)]))
    .toEqual({ deals: 1, stage_changes: 2 });
  const first = await read([selectTimeline(busy, PAGE, 0)]);
  expect(first.deals).toBe(1);
  // Each kind as far as the page, then what is shown.
  for (const table of ["activities", "tasks"]) expect(first[table]).toBeLessThanOrEqual(2 * PAGE);
  const later = await read([selectTimeline(busy, PAGE, 2 * PAGE)]);
  for (const table of ["activities", "tasks"]) expect(later[table]).toBeLessThanOrEqual(4 * PAGE);
});

test("the dashboard reads no deals and no tasks", async () => {
  expect(await read(selectDashboard({ from: "2026-01-01", to: "2999-12-31" }))).toEqual({});
});

test.each<[string, View, Condition, string, number]>([
  ["a user's companies", company, { is: "equal", column: "owner_id", value: "USER" }, "name", 20],
  [
    "a few companies of a relationship",
    company,
    {
      is: "equal",
      column: "relationship",
      value: "vendor",
    },
    "name",
    20,
  ],
  [
    "the companies that are inactive",
    company,
    {
      is: "equal",
      column: "lifecycle",
      value: "inactive",
    },
    "name",
    20,
  ],
  [
    "leads of an outcome",
    lead,
    { is: "equal", column: "outcome", value: "won" },
    "createdAt",
    PAGE + 1,
  ],
  [
    "tasks that are to be done",
    task,
    {
      is: "equal",
      column: "is_done",
      value: "false",
    },
    "dueDate",
    PAGE + 1,
  ],
])("%s are found by index", async (_, view, condition, sort, most) => {
  const list = new List(id, {
    view,
    conditions: [JSON.parse(JSON.stringify(condition).replace("USER", user))],
    search: "",
    sort,
    order: "asc",
    size: PAGE,
    from: 1,
  });
  const rows = await read([list.statement()]);
  expect(rows[view.resource.name]).toBeLessThanOrEqual(2 * most);
});
