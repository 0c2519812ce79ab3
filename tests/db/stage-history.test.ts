import { expect, test } from "vitest";
import { crmHttp } from "../support/crm-http.ts";
import { asOwner } from "../support/workspace.ts";

test("each stage that a deal enters is kept, through whatever API, and no other", async () => {
  const { id, api, native, leadhub } = await crmHttp();
  const stages = await api.listed("pipeline-stages", "stages");
  const [pipeline] = await leadhub.listed("pipelines");
  const { body: { data: deal } } = await native.post("v1-public-deals", { title: "D" });
  await native.patch(`v1-public-deals?id=${deal.id}`, { title: "E", stage: "lead" });
  await native.patch(`v1-public-deals?id=${deal.id}`, { stage: "Free text" });
  await api.changed(`leads/${deal.id}`, { stage: "proposal" });
  await leadhub.patch(`pipelines/${pipeline.id}/stages/${pipeline.stages[2].id}`, {
    name: "Offer",
  });
  const moved = `pipelines/${pipeline.id}/stages/${pipeline.stages[2].id}`;
  await leadhub.delete(`${moved}?move_to=${pipeline.stages[4].id}`);
  await leadhub.made("pipelines", { name: "R", stages: [{ name: "Won" }] });
  const { body } = await native.get("v1-public-pipelines");
  const other = body.data.items.find(({ name }: { name: string }) => name === "R");
  await native.patch(`v1-public-deals?id=${deal.id}`, { pipeline_id: other.id });
  const { items } = await api.read(`leads/${deal.id}/timeline`);
  const told = items.map((
    { data }: { data: Record<string, string> },
  ) => [data.fromStage, data.toStage, data.fromStageId, data.toStageId]);
  const [lead, won] = [stages[0].id, stages[4].id];
  expect(told).toEqual([
    ["Won", "Won", won, other.stages[0].id],
    ["Offer", "Won", null, won],
    // The stage was deleted meanwhile.
    ["Free text", "Proposal", null, null],
    ["Lead", "Free text", lead, null],
    [null, "Lead", null, lead],
  ]);
  const visited = "select visited from crm.deals where workspace_id = $1";
  const [{ visited: kept }] = await asOwner<{ visited: string[] }>(visited, [id]) as [
    { visited: string[] },
  ];
  expect(kept.toSorted())
    .toEqual([lead, stages[2].id, won, other.stages[0].id].toSorted());
});

test("a deal goes through more stages than a pipeline ever has", async () => {
  const { id, api } = await crmHttp();
  await asOwner(
    `insert into crm.stages (workspace_id, pipeline_id, name, position)
      select $1, p.id, 'S' || n, 6 + n from crm.pipelines p, generate_series(1, 200) n
      where p.workspace_id = $1`,
    [id],
  );
  const { id: deal } = await api.made("leads", { title: "D" });
  for (const { id: stageId } of await api.listed("pipeline-stages", "stages")) {
    await api.changed(`leads/${deal}/stage`, { stageId });
  }
  const { funnel } = await api.read("dashboard");
  expect(funnel.at(-1)).toMatchObject({ name: "S200", count: 1, reached: 1 });
  expect(funnel[0]).toMatchObject({ name: "Lead", count: 0, reached: 1 });
});
