import { describe, expect, test } from "vitest";
import type { ApiResponse, Json } from "../support/api-client.ts";
import { begin, besides, session } from "../support/as-role.ts";
import { expectLioError, expectLioFields } from "../support/lio.ts";
import { dealWorld } from "../support/lio-deals.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";

async function raceWorld() {
  const world = await dealWorld();
  const { workspace: { id }, admin: { api } } = world;
  const other = await api.made("pipelines/add", { name: "Other" });
  return {
    ...world,
    other,
    /** Has something done that is not committed before a call waits for it. */
    while: (text: string, work: () => Promise<ApiResponse>, ...values: unknown[]) =>
      besides(id, [text, ...values], work),
    /** Where the deals are, of which none may be at a stage that is gone. */
    deals: () =>
      asOwner<Json>(
        `select d.title, s.name as stage, d.stage = s.name and d.pipeline_id = s.pipeline_id as is_whole
          from crm.deals d left join crm.stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id
          where d.workspace_id = $1 order by d.number`,
        [id],
      ),
  };
}

const DELETED = "select app.delete_stage(null, s.id) from crm.stages s where s.number = $1";
const PUT_IN =
  `insert into crm.deals (title, stage_id) select 'Theirs', s.id from crm.stages s where s.number = $1`;

describe("what a deal is of is deleted meanwhile", () => {
  test("a stage", async () => {
    const { admin: { api }, while: meanwhile, deals, deal, body, stage } = await raceWorld();
    const made = await deal();
    const [proposal, negotiation] = [stage("Proposal"), stage("Negotiation")];
    const move = () => api.post(`lead/deal/update/${made.id}`, { stage_id: proposal });
    expectLioFields(await meanwhile(DELETED, move, proposal), 422, "stage_id");
    const add = () => api.post("lead/deal/add", body({ stage_id: negotiation }));
    expectLioFields(await meanwhile(DELETED, add, negotiation), 422, "stage_id");
    expect(await deals()).toEqual([{ title: "Licence", stage: "Qualified", is_whole: true }]);
    expect(await api.read(`forecast/deal/${made.id}/history`)).toHaveLength(1);
  });

  test("a pipeline, a lead and a deal", async () => {
    const { admin: { api }, while: meanwhile, deals, deal, body, other, lead } = await raceWorld();
    const there = { pipeline_id: other.id, stage_id: other.stages[0].id };
    const refused = await meanwhile(
      "select app.delete_pipeline(p.id) from crm.pipelines p where p.number = $1",
      () => api.post("lead/deal/add", body(there)),
      other.id,
    );
    expectLioFields(refused, 422, "pipeline_id");
    const made = await deal();
    const gone = await meanwhile(
      "delete from crm.deals where number = $1",
      () => api.post(`lead/deal/update/${made.id}`, { value: 5 }),
      made.id,
    );
    expectLioError(gone, 404, "not_found");
    const alone = await meanwhile(
      "delete from crm.leads where number = $1",
      () => api.post("lead/deal/add", body()),
      lead.id,
    );
    expectLioFields(alone, 422, "lead_id");
    expect(await deals()).toEqual([]);
  });
});

test("a stage or pipeline that a deal is put into meanwhile is in use", async () => {
  const { admin: { api }, while: meanwhile, deals, pipeline, other } = await raceWorld();
  const all: Json[] = pipeline.stages;
  const [, , proposal] = all;
  const without = await meanwhile(
    PUT_IN,
    () =>
      api.put(`pipelines/update/${pipeline.id}`, {
        stages: all.filter(({ id }) => id !== proposal?.id),
      }),
    proposal?.id,
  );
  expectLioError(without, 409, "conflict", "in_use");
  const removed = await meanwhile(
    PUT_IN,
    () => api.send("DELETE", "pipelines/delete", { body: { ids: [other.id] } }),
    other.stages[0].id,
  );
  expectLioError(removed, 409, "conflict", "in_use");
  expect(await deals()).toEqual([
    { title: "Theirs", stage: "Proposal", is_whole: true },
    { title: "Theirs", stage: "New", is_whole: true },
  ]);
});

test("many deals move into a stage while it is removed and made again: each is at a stage that is there", async () => {
  const { workspace, admin: { api }, deals, deal, other, stage } = await raceWorld();
  const made = await Promise.all(
    Array.from({ length: 8 }, (_, at) => deal({ title: `Deal ${at}` })),
  );
  const path = `pipelines/update/${other.id}`;
  for (let round = 0; round < 3; round += 1) {
    const { body: { data: { stages } } } = await api.put(path, {
      stages: [...(await api.read(`pipelines/stages/${other.id}`)), { name: `Hot ${round}` }],
    });
    const hot = stages.find(({ name }: Json) => name === `Hot ${round}`);
    const answers = await Promise.all(made.map(async ({ id }, at) => {
      if (at !== 4) {
        return await api.post(`lead/deal/update/${id}`, {
          pipeline_id: other.id,
          stage_id: hot.id,
        });
      }
      return await api.put(path, { stages: stages.filter((one: Json) => one.id !== hot.id) });
    }));
    for (const { status, text } of answers) expect([200, 409, 422], text).toContain(status);
    expect((await deals()).filter(({ is_whole }) => !is_whole)).toEqual([]);
    await Promise.all(
      made.map(({ id }) =>
        api.done(`lead/deal/update/${id}`, {
          pipeline_id: made[0]?.pipeline_id,
          stage_id: stage("Lead"),
        })
      ),
    );
  }
  const kept = await asOwner<Json>(
    `select p.name, (select sum(c.records)::int from crm.record_counts c where c.workspace_id = p.workspace_id
        and c.resource = 'deals' and c.field = 'pipeline_id' and c.value = p.id::text) as counted,
      (select count(*)::int from crm.deals d where d.workspace_id = p.workspace_id and d.pipeline_id = p.id) as deals
      from crm.pipelines p where p.workspace_id = $1`,
    [workspace.id],
  );
  for (const { name, counted, deals: there } of kept) expect(counted ?? 0, name).toBe(there);
});

test("two change a deal at once: each change is kept, and noted in its order", async () => {
  const { admin: { api }, workspace, while: meanwhile, deal } = await raceWorld();
  const made = await deal();
  const path = `lead/deal/update/${made.id}`;
  const due = { expected_close_date: "2030-01-01" };
  const value = "update crm.deals set value = $2 where number = $1";
  const changed = await meanwhile(value, () => api.post(path, due), made.id, 7);
  expect(changed.body.data).toMatchObject({ value: 7, ...due });
  // Begun before, and made after what another changes.
  const holder = await session(databaseUrl("adminUrl"));
  await begin(holder, workspace.id);
  await api.done(path, { value: 8 });
  await holder.query(value, [made.id, 9]);
  await holder.query("commit");
  const history: Json[] = await api.read(`forecast/deal/${made.id}/history`);
  expect(history.map(({ reason, value: worth }) => [reason, worth])).toEqual([
    ["value_changed", 9],
    ["value_changed", 8],
    ["close_date_changed", 7],
    ["value_changed", 7],
    ["created", 1000.1],
  ]);
});

test("a deal at a text that is no stage is closed, forecast and deleted as any other", async () => {
  const { workspace, admin: { api } } = await raceWorld();
  const [bare] = await asOwner<{ id: string }>(
    "insert into crm.pipelines (workspace_id, name) values ($1, 'Bare') returning id",
    [workspace.id],
  );
  const deals: string[] = [];
  for (const status of ["open", "won", "lost"]) {
    const answer = await workspace.api.post("v1-public-deals", {
      title: status,
      value: 10,
      stage: "Somewhere",
      pipeline_id: bare?.id,
      status,
    });
    expect(answer.status, answer.text).toBe(201);
    deals.push(answer.body.data.id);
  }
  const [open] = deals;
  for (const change of [{ stage: "Elsewhere" }, { status: "won" }, { status: "open" }]) {
    const { status, text } = await workspace.api.patch(`v1-public-deals?id=${open}`, change);
    expect(status, text).toBe(200);
  }
  const listed: Json[] = await api.read("lead/deal/list?order_in=asc");
  expect(listed.map(({ status, stage_id, probability }) => [status, stage_id, probability]))
    .toEqual([["open", null, 0], ["won", null, 1], ["lost", null, 0]]);
  expect(await api.read(`forecast/deal/${listed[0]?.id}`)).toMatchObject({ probability: 0 });
  const history = await api.read(`forecast/deal/${listed[0]?.id}/history`);
  expect(history.map(({ reason }: Json) => reason)).toEqual(["stage_changed", "created"]);
  expect((await api.read("forecast/pipeline")).beyond).toMatchObject({ deal_count: 1 });
  const removed = await api.send("DELETE", "lead/deal/delete", {
    body: { ids: listed.map(({ id }) => id) },
  });
  expect(removed.body.data.deleted).toBe(3);
});
