import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";
import { expectConflict, expectGone, makePipeline } from "../support/leadhub-records.ts";

const PIPELINES = "pipelines";
const LEADS = "leads";

describe("a pipeline is deleted", () => {
  const target = { move_to: ["Must be another pipeline."] };

  test("when it is empty, with its stages", async () => {
    const workspace = await leadHub();
    const { id, stages } = await makePipeline(workspace, {});
    expectGone(await workspace.api.delete(`${PIPELINES}/${id}`));
    expectMissing(
      await workspace.api.delete(`${PIPELINES}/${id}`),
      `No pipeline with id ${id}.`,
    );
    expectMissing(
      await workspace.api.get(`${PIPELINES}/${id}/stages/${stages[0].id}`),
      `No stage with id ${stages[0].id}.`,
    );
  });

  test("never while it is the default, whatever else is asked", async () => {
    const workspace = await leadHub();
    const { id } = (await workspace.api.get(PIPELINES)).body.data[0];
    const other = await makePipeline(workspace, {});
    for (const query of ["", `?move_to=${other.id}`, `?move_to=${id}`, "?move_to=999999999"]) {
      expectConflict(
        await workspace.api.delete(`${PIPELINES}/${id}${query}`),
        "is_default",
        "The default pipeline cannot be deleted; make another one the default first.",
      );
    }
  });

  test("with leads and deals only when it is said where they go", async () => {
    const workspace = await leadHub();
    const { api: leadhub, native } = workspace;
    const from = await makePipeline(workspace, { name: "From" });
    const to = await makePipeline(workspace, {
      name: "To",
      stages: [{ name: "First" }, { name: "b", outcome: "lost" }],
    });
    const [a, b] = from.stages;
    const lead = async (stage: Json) =>
      record(
        await leadhub.post(LEADS, { first_name: "L", pipeline_stage_id: stage.id }),
        201,
      ).id;
    const leads = [await lead(a), await lead(b)];
    const { items } = (await native.get("v1-public-pipelines?search=From")).body.data;
    await native.post("v1-public-deals", { title: "D", pipeline_id: items[0].id, stage: "B" });
    expect((await leadhub.get(`${PIPELINES}/${from.id}`)).body.data.leads_count).toBe(2);

    const one = `${PIPELINES}/${from.id}`;
    expectConflict(
      await leadhub.delete(one),
      "move_to",
      "2 leads and 1 deal are in the pipeline: say which other one they go to.",
    );
    const theirs = await makePipeline(await leadHub(), {});
    for (const wrong of [from.id, theirs.id, 999_999_999]) {
      expectInvalid(await leadhub.delete(`${one}?move_to=${wrong}`), target);
    }
    expectInvalid(await leadhub.delete(`${one}?move_to=x&moveto=1`), {
      move_to: ["Must be a whole number."],
      moveto: ["Unknown; did you mean move_to?"],
    });

    expectGone(await leadhub.delete(`${one}?move_to=${to.id}`));
    const placed = async (id: number) => {
      const { pipeline_id, pipeline_stage_id, status } = (await leadhub.get(`${LEADS}/${id}`)).body
        .data;
      return [pipeline_id, pipeline_stage_id, status];
    };
    const [first, namesake] = to.stages;
    expect(await placed(leads[0])).toEqual([to.id, first.id, "new"]);
    expect(await placed(leads[1])).toEqual([to.id, namesake.id, "lost"]);
    const deals = (await native.get("v1-public-deals")).body.data.items;
    expect(deals).toMatchObject([{ title: "D", stage: "b", status: "lost" }]);
  });
});
