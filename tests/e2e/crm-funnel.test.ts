import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp } from "../support/crm-http.ts";

test("the funnel knows where leads were, whatever moved them, and what is there", async () => {
  const { api, native, leadhub } = await crmHttp();
  const stages = await api.listed("pipeline-stages", "stages");
  const lead = async (...moves: string[]) => {
    const { id } = await api.made("leads", { title: "D", value: 10 });
    for (const stage of moves) await native.patch(`v1-public-deals?id=${id}`, { stage });
    return id;
  };
  await lead("Qualified", "Lead");
  await lead("Negotiation", "Lost");
  await lead("Won");
  const gone = await lead("Proposal");
  const other = await leadhub.made("pipelines", { name: "R", stages: [{ name: "Due" }] });
  const { body } = await native.get("v1-public-pipelines");
  const elsewhere = body.data.items.find(({ name }: Json) => name === "R");
  await native.patch(`v1-public-deals?id=${gone}`, { pipeline_id: elsewhere.id });
  const funnel = async () =>
    (await api.read("dashboard")).funnel
      .map(({ name, count, reached, conversionPct, values }: Json) =>
        `${name} ${count} ${values[0]?.value ?? 0} ${reached} ${conversionPct}`
      );
  expect(other.stages).toHaveLength(1);
  expect(await funnel()).toEqual([
    "Lead 1 10 4 100",
    "Qualified 0 0 4 75",
    "Proposal 0 0 3 66.7",
    "Negotiation 0 0 2 50",
    "Won 1 10 1 null",
    "Lost 1 10 1 null",
  ]);
  await api.delete(`leads/${gone}`);
  await api.send("DELETE", `pipeline-stages/${stages[3].id}`, { body: {} });
  await api.changed(`pipeline-stages/${stages[4].id}`, { sortOrder: 0 });
  expect(await funnel()).toEqual([
    "Won 1 10 3 100",
    "Lead 1 10 3 33.3",
    "Qualified 0 0 1 0",
    "Proposal 0 0 0 null",
    "Lost 1 10 1 null",
  ]);
});
