import { expect } from "vitest";
import type { LeadWorld } from "./lead-world.ts";

/** A pipeline of these stages, and ways to read it. */
export async function pipelineOf(world: LeadWorld, stages: object[]) {
  const { call, rows } = world;
  const [pipeline] = await call("create_pipeline", { name: "P", stages });
  const inOrder = () =>
    rows(
      "select * from crm.stages_with_counts where pipeline_id = $1 order by position",
      pipeline!.id,
    );
  const [first, second, third] = await inOrder();
  const names = async () => {
    const all = await inOrder();
    expect(all.map(({ position }) => position)).toEqual(all.map((_, i) => i + 1));
    return all.map(({ name }) => name).join("");
  };
  return { id: pipeline!.id, first: first!, second: second!, third: third!, names };
}

export const ABC = [{ name: "A" }, { name: "B" }, { name: "C" }];
