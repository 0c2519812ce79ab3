import { expect } from "vitest";
import type { Json } from "./api-client.ts";
import type { CrmClient } from "./crm-http.ts";

/** Where stages are. */
export const STAGES = "pipeline-stages";

/** The stages of a pipeline in order. */
export const stagesOf = (api: CrmClient, query = ""): Promise<Json[]> =>
  api.listed(`${STAGES}${query}`, "stages");

/** The stage of the default pipeline with this name. */
export async function stageNamed(api: CrmClient, name: string): Promise<Json> {
  return (await stagesOf(api)).find((one) => one.name === name);
}

/** The names of a pipeline's stages, which stand at 0, 1, 2 … */
export async function orderOf(api: CrmClient, query = ""): Promise<string> {
  const stages = await stagesOf(api, query);
  expect(stages.map(({ sortOrder }) => sortOrder)).toEqual(stages.map((_, at) => at));
  return stages.map(({ name }) => name).join(" ");
}
