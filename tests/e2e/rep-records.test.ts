import { beforeAll, describe, expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { type LioUser, lioUser } from "../support/lio.ts";
import { asOwner, gatewayUrl, type TestWorkspace, testWorkspace } from "../support/workspace.ts";

/** What hangs on a lead or a deal of a Manager, and on one of the Rep, by the table of it. */
interface Made {
  theirs: Record<string, string>;
  mine: Record<string, string>;
}

let workspace: TestWorkspace;
let manager: LioUser;
let rep: LioUser;
let made: Made;
let client: ApiClient;
let managers: ApiClient;

beforeAll(async () => {
  workspace = await testWorkspace();
  [manager, rep] = [await lioUser(workspace, "manager"), await lioUser(workspace, "rep")];
  client = new ApiClient(gatewayUrl(), rep.api.key);
  managers = new ApiClient(gatewayUrl(), manager.api.key);
  made = {
    theirs: await records("Secret", manager.id),
    mine: await records("Mine", rep.id),
  };
});

async function records(title: string, owner: string): Promise<Record<string, string>> {
  const [row] = await asOwner<Record<string, string>>(
    `with lead as (
      insert into crm.leads (workspace_id, pipeline_id, first_name, assigned_to)
      select $1, id, $2, $3 from crm.pipelines where workspace_id = $1 and is_default
      returning id, number
    ), deal as (
      insert into crm.deals (workspace_id, title, value, assigned_to)
      values ($1, $2, 5, $3) returning id
    ), tasks as (
      insert into crm.tasks (workspace_id, title, deal_id, lead_id, due_date)
      select $1, $2, deal.id, null, '2020-01-01'::date from deal
      union all select $1, $2, null, lead.id, '2020-01-01' from lead returning id
    ), activities as (
      insert into crm.activities (workspace_id, type, title, deal_id, lead_id)
      select $1, 'call', $2, deal.id, null from deal union all select $1, 'call', $2, null, lead.id from lead
      returning id
    ) select (select id from lead) as lead, (select number from lead) as number,
      (select id from deal) as deals, (select min(id::text) from tasks) as tasks,
      (select min(id::text) from activities) as activities`,
    [workspace.id, title, owner],
  );
  return row ?? {};
}

describe.each(["deals", "tasks", "activities"])("%s of the native API", (name) => {
  const path = `v1-public-${name === "activities" ? "activities-crud" : name}`;

  test.each(["", "?search=secret", "?sort_by=created_at&per_page=1", "?search=mine"])(
    "a Rep's list%s has none of a Manager's, nor counts them",
    async (query) => {
      const { status, body, text } = await client.get(path + query);
      expect(status, text).toBe(200);
      expect(text).not.toContain("Secret");
      const titles = body.data.items.map(({ title }: { title: string }) => title);
      expect(new Set(titles)).toEqual(new Set(query.includes("secret") ? [] : ["Mine"]));
      const each = name === "deals" ? 1 : 2;
      expect(body.data.pagination.total).toBe(query.includes("secret") ? 0 : each);
      expect((await managers.get(path)).body.data.pagination.total).toBe(2 * each);
    },
  );

  test("a Rep finds one of a Manager as little as none", async () => {
    const { theirs, mine } = made;
    expect((await client.get(`${path}?id=${mine[name]}`)).status).toBe(200);
    expect((await client.get(`${path}?id=${theirs[name]}`)).status).toBe(404);
    const changed = await client.patch(`${path}?id=${theirs[name]}`, { title: "x" });
    expect(changed.status, changed.text).toBe(name === "activities" ? 405 : 404);
    const deleted = await client.delete(`${path}?id=${theirs[name]}`);
    expect(deleted.status, deleted.text).toBe(name === "deals" ? 403 : 404);
    expect((await managers.get(`${path}?id=${theirs[name]}`)).status).toBe(200);
  });
});

test("either id of a record tells both, to whoever may see it", async () => {
  const company = await manager.api.made("company/add", { company_name: "Acme" });
  const contact = await manager.api.made("contact/add", { name: "Jo", company_id: company.id });
  const other = await testWorkspace();
  const known = [["companies", company], ["contacts-crud", contact]] as const;
  for (const [name, { id: number }] of known) {
    const path = `v1-public-${name}/ids`;
    const { body, text } = await client.get(`${path}?id=${number}`);
    expect(body.data, text).toEqual({ id: expect.any(String), number });
    expect((await client.get(`${path}?id=${body.data.id}`)).body.data).toEqual(body.data);
    expect((await other.api.get(`${path}?id=${number}`)).status).toBe(404);
  }
  const [theirs] = await asOwner("select number from crm.deals where id = $1", [made.theirs.deals]);
  for (const id of [made.theirs.deals, theirs?.number]) {
    const path = `v1-public-deals/ids?id=${id}`;
    expect((await client.get(path)).status).toBe(404);
    expect((await managers.get(path)).body.data).toEqual({
      id: made.theirs.deals,
      number: Number(theirs?.number),
    });
  }
});

test("a Rep gives nothing away, and hangs nothing on what they do not see", async () => {
  const { theirs: { deals: deal }, mine } = made;
  const refused = [
    await client.post("v1-public-deals", { title: "Given", assigned_to: manager.id }),
    await client.patch(`v1-public-deals?id=${mine.deals}`, { assigned_to: manager.id }),
    await client.post("v1-public-tasks", { title: "Hung", deal_id: deal }),
  ];
  for (const { status, body, text } of refused) {
    expect([status, body.error?.code], text).toEqual([403, "FORBIDDEN"]);
  }
  const activity = { type: "note", title: "Mine", entity_id: deal };
  const dry = await client.post("v1-public-activities?dry_run=true", activity);
  expect(dry.body.data.record.unmatched, dry.text).toEqual(["entity_id"]);

  const batch = await client.post("v1-public-tasks-batch", {
    items: [
      { action: "update", id: made.theirs.tasks, data: { title: "x" } },
      { action: "delete", id: mine.deals, resource: "deals" },
      { data: { title: "Hung", deal_id: deal } },
      {
        resource: "invoices",
        data: { issue_date: "2026-01-01", due_date: "2026-01-01", total: 1 },
      },
    ],
  });
  const codes = batch.body.error?.details.results.map((one: { error: { code: string } }) =>
    one.error.code
  );
  expect(codes, batch.text).toEqual(["NOT_FOUND", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
});

test("LeadHub shows a Rep no lead of a Manager", async () => {
  const list = await client.get("leadhub/api/v1/leads");
  expect([list.status, list.body.meta.total], list.text).toEqual([200, 1]);
  expect(list.text).not.toContain("Secret");
  const path = `leadhub/api/v1/leads/${made.theirs.number}`;
  expect((await client.get(path)).status).toBe(404);
  expect((await client.post(`${path}/tags`, { tag: "x" })).status).toBe(404);
  const changed = await client.patch(path, { notes: "x" });
  expect(changed.status, changed.text).toBe(404);
  expect((await managers.get("leadhub/api/v1/leads")).body.meta.total).toBe(2);
});

test("LeadHub's intake is not for a Rep, who cannot tell whether a person has a lead", async () => {
  const own = await testWorkspace();
  const inbound = `leadhub/api/inbound/leads?tenant=${own.slug}`;
  const clientOf = async (role: "manager" | "rep") =>
    new ApiClient(gatewayUrl(), (await lioUser(own, role)).api.key);
  const lead = { email: "jane@person.example", source: "zapier" };
  expect((await (await clientOf("manager")).post(inbound, lead)).status).toBe(201);
  const refused = await (await clientOf("rep")).post(inbound, lead);
  expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining("Rep")]);
});
