import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp, expectRefused } from "../support/crm-http.ts";
import { orderOf, STAGES, stagesOf } from "../support/crm-stages.ts";

test("another order shows in every API", async () => {
  const { api, native, leadhub } = await crmHttp();
  const stages = await stagesOf(api);
  const ids = stages.map(({ id }) => id).toReversed();
  const body = (await api.post(`${STAGES}/reorder`, { stageIds: ids })).body;
  expect(body.stages).toEqual(await stagesOf(api));
  const names = stages.map(({ name }) => name).toReversed();
  expect(await orderOf(api)).toBe(names.join(" "));
  const { body: { data } } = await native.get("v1-public-pipelines");
  expect(data.items[0].stages.map(({ name }: Json) => name)).toEqual(names);
  const [pipeline] = await leadhub.listed("pipelines");
  expect(pipeline.stages.map(({ name }: Json) => name)).toEqual(names);

  const renewals = await leadhub.made("pipelines", { name: "R", stages: [{ name: "Due" }] });
  const { body: pipelines } = await native.get("v1-public-pipelines?search=R");
  const other = pipelines.data.items.find((one: Json) => one.name === "R");
  const [due] = await stagesOf(api, `?pipelineId=${other.id}`);
  expect(due).toMatchObject({ name: "Due", sortOrder: 0, systemKey: null });
  expect(renewals.stages).toHaveLength(1);
  expect(await stagesOf(api, `?pipelineId=${randomUUID()}`)).toEqual([]);
  const wrong = "stageIds: Must be all stages of one pipeline, each once.";
  for (
    const stageIds of [
      ids.slice(1),
      [...ids, ids[0]],
      [...ids.slice(1), ids[1]],
      [...ids, due.id],
      [...ids.slice(1), randomUUID()],
      [randomUUID()],
    ]
  ) {
    expectRefused(await api.post(`${STAGES}/reorder`, { stageIds }), 400, wrong);
  }
  for (const stageIds of [undefined, [], "x", ["x"], [5]]) {
    expect((await api.post(`${STAGES}/reorder`, { stageIds })).body.error).toMatch(/^stageIds/);
  }
  expect(await orderOf(api)).toBe(names.join(" "));
  expect((await api.get(`${STAGES}?pipelineId=x&page=1`)).body.error)
    .toMatch(/pipelineId: .* page: |page: .* pipelineId: /);
});

test("a pipeline keeps an open stage, whatever is changed and deleted at once", async () => {
  const { api } = await crmHttp();
  const stages = await stagesOf(api);
  const open = stages.filter(({ kind }) => kind === "open");
  const answers = await Promise.all(
    [...open, ...open].map(({ id }, at) =>
      at % 2 ? api.delete(`${STAGES}/${id}`) : api.patch(`${STAGES}/${id}`, { kind: "won" })
    ),
  );
  const last = (await stagesOf(api)).filter(({ kind }) => kind === "open");
  expect(last).toHaveLength(1);
  const refusal = "kind: A pipeline keeps an open stage, and this is the last one.";
  for (const answer of answers) expect([200, 204, 404, 409]).toContain(answer.status);
  const refused = answers.filter((answer) => answer.status === 409);
  expect(new Set(refused.map(({ body }) => body.error))).toEqual(new Set([refusal]));
  const path = `${STAGES}/${last[0].id}`;
  expectRefused(await api.patch(path, { kind: "lost" }), 409, refusal);
  expectRefused(await api.delete(path), 409, refusal);
  expect((await api.changed(path, { kind: "open", name: "Only" })).name).toBe("Only");
  await orderOf(api);
});
