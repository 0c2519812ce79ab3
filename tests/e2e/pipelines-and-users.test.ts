import { describe, expect, test } from "vitest";
import { pipelines } from "../../shared/crm/pipelines.ts";
import { users } from "../../shared/dialects/lumenbase/users.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { expectError } from "../support/expect-error.ts";
import { pipelineIn, userIn } from "../support/links.ts";
import { everyPage, expectMistakes, expectRecord, NOBODY } from "../support/records.ts";
import { testWorkspace } from "../support/workspace.ts";

const PIPELINES = "v1-public-pipelines";
const USERS = "v1-public-users";

async function items(api: ApiClient, path: string): Promise<Json[]> {
  const { status, body, text } = await api.get(path);
  expect(status, text).toBe(200);
  return body.data.items;
}

test("a new workspace has one default pipeline, and no users", async () => {
  const { api } = await testWorkspace();
  const [pipeline, ...others] = await items(api, PIPELINES);
  expect(others).toEqual([]);
  expectRecord(pipelines, pipeline);
  expect(pipeline).toMatchObject({ name: "Sales pipeline", is_default: true });
  const stages = pipeline.stages.map(({ name, position, outcome }: Json) =>
    [position, name, outcome].join(" ")
  );
  expect(stages).toEqual([
    "1 Lead open",
    "2 Qualified open",
    "3 Proposal open",
    "4 Negotiation open",
    "5 Won won",
    "6 Lost lost",
  ]);
  expect(await items(api, USERS)).toEqual([]);
  expect((await api.get(PIPELINES)).body.data.pagination.total).toBe(1);
});

test("a pipeline is read alone as in the list, its stages in their order", async () => {
  const { api, id } = await testWorkspace();
  const pipeline_id = await pipelineIn(id, ["Z first", "A second/won", "M third/lost"], "Renewals");
  const { body } = await api.get(`${PIPELINES}?id=${pipeline_id}`);
  const { totals, ...pipeline } = body.data;
  expectRecord(pipelines, pipeline);
  expect(totals).toEqual([]);
  expect(pipeline.stages.map(({ name }: Json) => name)).toEqual([
    "Z first",
    "A second",
    "M third",
  ]);
  const listed = await items(api, `${PIPELINES}?search=renew`);
  expect(listed).toEqual([pipeline]);
  const bare = await pipelineIn(id, [], "Bare");
  expect((await api.get(`${PIPELINES}?id=${bare}`)).body.data.stages).toEqual([]);
});

test("a pipeline tells what the deals at each stage come to, by currency", async () => {
  const { api, id } = await testWorkspace();
  const pipeline_id = await pipelineIn(id, ["First", "Second", "Third", "Sold/won"], "Renewals");
  const totals = async () => {
    const { data } = (await api.get(`${PIPELINES}?id=${pipeline_id}`)).body;
    const names = new Map(data.stages.map((stage: Json) => [stage.id, stage.name]));
    return data.totals.map(({ stage_id, currency, deals, value }: Json) =>
      [names.get(stage_id), currency, deals, value].join(" ")
    );
  };
  const made: string[] = [];
  const deals = [
    ["Second", "USD", 0.1],
    ["Second", "USD", 0.2],
    ["Second", "EUR", 50],
    ["First", "USD", null],
    ["Sold", "USD", 7],
  ];
  for (const [stage, currency, value] of deals) {
    const { body } = await api.post("v1-public-deals", {
      title: "T",
      pipeline_id,
      stage,
      currency,
      ...(value === null ? {} : { value }),
    });
    made.push(body.data.id);
  }
  await api.post("v1-public-deals", { title: "Of another pipeline", value: 9 });
  expect(await totals()).toEqual([
    "First USD 1 0",
    "Second EUR 1 50",
    "Second USD 2 0.3",
    "Sold USD 1 7",
  ]);
  await api.patch(`v1-public-deals?id=${made[2]}`, { stage: "Third" });
  expect((await api.delete(`v1-public-deals?id=${made[3]}`)).status).toBe(200);
  expect(await totals()).toEqual(["Second USD 2 0.3", "Third EUR 1 50", "Sold USD 1 7"]);
});

test("a user is read alone, by email in any case, and by search", async () => {
  const { api, id } = await testWorkspace();
  const user = await userIn(id, "Zoë");
  await userIn(id, "Adam");
  const { body } = await api.get(`${USERS}?id=${user}`);
  expectRecord(users, body.data);
  expect(body.data).toMatchObject({ name: "Zoë", email: "zoë@team.example" });
  for (const query of [`email=${encodeURIComponent("ZOË@team.example")}`, "search=ZO%C3%8B"]) {
    expect(await items(api, `${USERS}?${query}`)).toEqual([body.data]);
  }
  expect(await items(api, `${USERS}?email=nobody@team.example`)).toEqual([]);
});

describe.each(
  [
    ["pipelines", PIPELINES, pipelines, (id: string, name: string) => pipelineIn(id, ["A"], name)],
    ["users", USERS, users, userIn],
  ] as const,
)("%s", (_name, path, resource, make) => {
  test("sort and page, each record once in one order", async () => {
    const { api, id } = await testWorkspace();
    const known = (await items(api, path)).length;
    const names = ["Zoë", "adam", "Björn", "ärger", "zoe", "Łukasz", "bernd", "ADELE"];
    for (const name of names) await make(id, name);
    for (const sort of Object.keys(resource.sorts)) {
      const list = (order: string, step: "page" | "cursor") =>
        everyPage(api, path, `per_page=3&sort_by=${sort}&sort_order=${order}`, step);
      const ascending = await list("asc", "page");
      expect(new Set(ascending.map((one) => one.id)).size).toBe(known + names.length);
      expect(await list("desc", "cursor")).toEqual(ascending.toReversed());
      expect(await list("asc", "cursor")).toEqual(ascending);
    }
    const byName = await items(api, `${path}?sort_by=name&sort_order=asc`);
    const sorted = byName.map(({ name }) => name).toSorted(new Intl.Collator("und").compare);
    expect(byName.map(({ name }) => name)).toEqual(sorted);
  });

  test("are read-only: every other method is refused", async () => {
    const { api } = await testWorkspace();
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const response = await api.send(method, `${path}?id=${NOBODY}`, {});
      expectError(response, 405, "METHOD_NOT_ALLOWED");
      expect(response.headers.get("allow")).toBe("GET, OPTIONS");
    }
  });

  test("one of another workspace is not there, and not in its lists", async () => {
    const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
    const foreign = await make(theirs.id, "Foreign");
    expect((await mine.api.get(`${path}?id=${foreign}`)).status).toBe(404);
    expect(await items(mine.api, `${path}?search=Foreign`)).toEqual([]);
    const listed = (await items(mine.api, path)).map(({ id }) => id);
    expect(listed).not.toContain(foreign);
  });

  test("unknown and malformed parameters are named", async () => {
    const { api } = await testWorkspace();
    expectMistakes(await api.get(`${path}?nmae=x`), ["nmae"]);
    expectMistakes(await api.get(`${path}?sort_by=number`), ["sort_by"]);
    expectMistakes(await api.get(`${path}?id=42`), ["id"]);
  });
});

test.each([
  ["deals:read", PIPELINES, 200],
  ["deals:write", PIPELINES, 403],
  ["tasks:read", PIPELINES, 403],
  ["read", PIPELINES, 200],
  ["admin", PIPELINES, 200],
  ["deals:read", USERS, 403],
  ["tasks:read", USERS, 403],
  ["contact_ingest", USERS, 403],
  ["read", USERS, 200],
  ["admin", USERS, 200],
])("a key with %s reading %s is answered %i", async (scope, path, status) => {
  const workspace = await testWorkspace();
  const api = await workspace.apiWith({ scopes: [scope] });
  expect((await api.get(path)).status).toBe(status);
});
