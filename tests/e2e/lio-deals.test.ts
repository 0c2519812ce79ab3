import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields, TIME } from "../support/lio.ts";
import { dayFromNow, dealWorld } from "../support/lio-deals.ts";
import { asOwner } from "../support/workspace.ts";

test("a deal is made of a lead, at a stage, and is worth what that promises", async () => {
  const { admin, lead, pipeline, stage, deal } = await dealWorld();
  const made = await deal({ priority: 3, description: "Größe 🙂" });
  expect(made).toEqual({
    id: expect.any(Number),
    lead_id: lead.id,
    pipeline_id: pipeline.id,
    pipeline_name: "Sales pipeline",
    stage_id: stage("Qualified"),
    stage_name: "Qualified",
    title: "Licence",
    value: 1000.1,
    currency: "USD",
    status: "open",
    probability: 0.25,
    weighted_value: 250.03,
    expected_close_date: dayFromNow(30),
    priority: 3,
    description: "Größe 🙂",
    assigned_to: admin.number,
    company_id: null,
    contact_id: expect.any(Number),
    stage_changed_at: TIME,
    closed_at: null,
    created_at: TIME,
    updated_at: TIME,
  });
});

test("what is wrong with a deal is told by field", async () => {
  const { admin: { api }, pipeline, body, deal, stage } = await dealWorld();
  const add = (more: object) => api.post("lead/deal/add", body(more));
  expectLioFields(
    await api.post("lead/deal/add", {}),
    422,
    ..."lead_id pipeline_id stage_id title value expected_close_date".split(" "),
  );
  const wrong = { title: "x", value: 0.99, priority: 5, description: "x".repeat(1001), id: 1 };
  expectLioFields(await add(wrong), 422, ..."title value priority description id".split(" "));
  expectLioFields(
    await add({ lead_id: 9, pipeline_id: 9, stage_id: 9, assigned_to: 9, currency: "QQQ" }),
    422,
    "currency",
  );
  expectLioFields(
    await add({ lead_id: 9, pipeline_id: 9, stage_id: 9, assigned_to: 9 }),
    422,
    ..."lead_id pipeline_id stage_id assigned_to".split(" "),
  );
  const other = await api.made("pipelines/add", { name: "Small", max_deal_limit: 500.5 });
  const [first] = other.stages;
  expectLioFields(await add({ stage_id: first.id }), 422, "stage_id");
  expectLioFields(
    await add({ pipeline_id: other.id, stage_id: first.id, value: 500.51 }),
    422,
    "value",
  );
  const made = await deal({ pipeline_id: other.id, stage_id: first.id, value: 500.5 });
  const update = (more: object) => api.post(`lead/deal/update/${made.id}`, more);
  expectLioFields(await update({ pipeline_id: pipeline.id }), 422, "stage_id");
  expectLioFields(await update({ value: null, title: null, lead_id: null }), 422, "title");
  expectLioFields(await update({ value: null, lead_id: null }), 422, "lead_id", "value");
  expectLioFields(await update({}), 422, "body");
  await api.put(`pipelines/update/${other.id}`, { state_id: 0 });
  expectLioFields(
    await add({ pipeline_id: other.id, stage_id: first.id, value: 1 }),
    422,
    "pipeline_id",
  );
  expect((await update({ title: "Stays" })).status).toBe(200);
  const moved = await update({ pipeline_id: pipeline.id, stage_id: stage("Lead") });
  expect(moved.body.data).toMatchObject({ pipeline_id: pipeline.id, stage_name: "Lead" });
  expectLioError(await api.post("lead/deal/update/99", { title: "xx" }), 404, "not_found");
});

test("a won or lost stage closes a deal, an open one opens it again, and it can be sent as it was read", async () => {
  const { admin: { api }, deal, stage } = await dealWorld();
  const made = await deal();
  const update = (more: object) => api.done(`lead/deal/update/${made.id}`, more);
  expect(await update(made)).toMatchObject({ ...made, updated_at: TIME });
  const won = await update({ stage_id: stage("Won") });
  expect(won).toMatchObject({
    status: "won",
    probability: 1,
    weighted_value: 1000.1,
    closed_at: TIME,
  });
  expect(await update({ stage_id: stage("Lost") }))
    .toMatchObject({ status: "lost", probability: 0, weighted_value: 0, closed_at: TIME });
  expect(await update({ stage_id: stage("Proposal") }))
    .toMatchObject({ status: "open", closed_at: null, stage_name: "Proposal" });
});

test("deals are listed in pages, in each order, with filters and words, and deleted", async () => {
  const { admin: { api, number }, user, deal, stage, pipeline, lead } = await dealWorld();
  const manager = await user("manager");
  const [beta, alpha, gamma] = [
    await deal({ title: "beta", value: 20 }),
    await deal({ title: "Alpha 100%", value: 3.5, stage_id: stage("Lead") }),
    await deal({
      title: "Gamma",
      value: 100,
      assigned_to: manager.number,
      expected_close_date: "2020-02-29",
    }),
  ];
  const ids = async (query: string) =>
    (await api.read(`lead/deal/list?${query}`)).map(({ id }: Json) => id);
  expect(await ids("")).toEqual([gamma.id, beta.id, alpha.id].sort((a, b) => b - a));
  expect(await ids("order_by=value&order_in=asc")).toEqual([alpha.id, beta.id, gamma.id]);
  expect(await ids("order_by=title&order_in=ASC")).toEqual([alpha.id, beta.id, gamma.id]);
  expect((await ids("order_by=expected_close_date&order_in=asc"))[0]).toBe(gamma.id);
  expect(await ids(`status=${stage("Lead")}`)).toEqual([alpha.id]);
  expect(await ids(`lead_id=${lead.id}&pipeline_id=${pipeline.id}&assigned_to=${manager.number}`))
    .toEqual([gamma.id]);
  expect(await ids(`assigned_to=true&search_value=100%25`)).toEqual([alpha.id]);
  expect(await ids(`assigned_to=${number},${manager.number}&limit=1&page=3`)).toHaveLength(1);
  expect((await api.read("pipelines/list"))[0]).toMatchObject({
    deal_count: 3,
    total_value: 123.5,
  });
  const wrong = await api.get("lead/deal/list?status=a&order_by=priority&assigned_to=x&a=1");
  expectLioFields(wrong, 400, "status", "assigned_to", "order_by", "a");
  const removed = await api.send("DELETE", "lead/deal/delete", { body: { ids: [beta.id, 7] } });
  expect(removed.body.data).toEqual({ deleted: 1, not_found: [7] });
  expectLioFields(await api.send("DELETE", "lead/deal/delete", { body: {} }), 422, "ids");
});

test("a deal stays when its lead is deleted, and the other APIs show it", async () => {
  const { workspace, admin: { api }, deal, lead } = await dealWorld();
  const made = await deal();
  expect((await api.delete(`lead/delete?ids=${lead.id}`)).status).toBe(200);
  const [left] = await api.read("lead/deal/list");
  expect(left).toMatchObject({ id: made.id, lead_id: null, title: "Licence" });
  const native = await workspace.api.get("v1-public-deals");
  expect(native.body.data.items).toMatchObject([{
    title: "Licence",
    value: 1000.1,
    stage: "Qualified",
  }]);
  const other = await workspace.api.post("v1-public-deals", { title: "Elsewhere" });
  expect(other.status).toBe(201);
  const [shown] = await api.read("lead/deal/list?search_value=elsewhere");
  expect(shown).toMatchObject({
    lead_id: null,
    value: null,
    weighted_value: 0,
    stage_name: "Lead",
  });
  // As it was read.
  expect((await api.post(`lead/deal/update/${shown.id}`, shown)).status).toBe(200);
});

test.each([["swapped", "Qualified"], ["shifted", "Discovery"]])(
  "deals stay in their stages while the names of those are %s",
  async (_, name) => {
    const { workspace, admin: { api }, deal } = await dealWorld();
    const own = await api.made("pipelines/add", { name: "Own" });
    const [first, second, ...others] = own.stages;
    const deals: Json[] = [];
    for (const { id } of [first, second, first]) {
      deals.push(await deal({ pipeline_id: own.id, stage_id: id }));
    }
    const { status } = await api.put(`pipelines/update/${own.id}`, {
      stages: [
        { ...second, name: first.name, position: 1 },
        { ...first, name, position: 2 },
        ...others,
      ],
    });
    expect(status).toBe(200);
    const all = await api.read("lead/deal/list?order_in=asc");
    const places = all.map(({ stage_id, stage_name }: Json) => [stage_id, stage_name]);
    expect(places).toEqual([[first.id, name], [second.id, first.name], [first.id, name]]);
    for (const { id } of deals) {
      const kept = await api.read(`forecast/deal/${id}/history`);
      expect(kept.map(({ reason }: Json) => reason)).toEqual(["created"]);
    }
    const moved =
      "select from crm.stage_changes where workspace_id = $1 and from_stage_id is not null";
    expect(await asOwner(moved, [workspace.id])).toEqual([]);
  },
);
