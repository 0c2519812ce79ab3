import type { Json } from "./api-client.ts";
import { type LioClient, lioWorld } from "./lio.ts";
import { leadOf } from "./lio-leads.ts";

/** A workspace with a lead and the pipeline that it begins with. */
export async function dealWorld() {
  const world = await lioWorld();
  const { api } = world.admin;
  const [pipeline] = await api.read("pipelines/list");
  const lead = await leadOf(api);
  const stage = (name: string): number =>
    pipeline.stages.find((one: Json) => one.name === name)?.id;
  const body = (more: object = {}) => ({
    lead_id: lead.id,
    pipeline_id: pipeline.id,
    stage_id: stage("Qualified"),
    title: "Licence",
    value: 1000.1,
    expected_close_date: dayFromNow(30),
    ...more,
  });
  return {
    ...world,
    pipeline,
    lead,
    stage,
    body,
    /** Makes a deal. */
    deal: (more: object = {}, as: LioClient = api): Promise<Json> =>
      as.made("lead/deal/add", body(more)),
  };
}

/** The day of UTC that is so many days from now. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
