import { expect } from "vitest";
import type { ApiClient, ApiResponse, Json } from "./api-client.ts";
import { leadHub, type LeadHubClient, type LeadHubWorld } from "./leadhub.ts";

/** What a time looks like. */
export const TIME: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

/** Something is in the way: 409 with this sentence for a field. */
export function expectConflict({ status, body }: ApiResponse, field: string, message: string) {
  expect({ status, body }).toEqual({
    status: 409,
    body: { status: "error", message, code: "CONFLICT", errors: { [field]: [message] } },
  });
}

/** A record was deleted: 204 and no body. */
export function expectGone({ status, text }: ApiResponse) {
  expect([status, text]).toEqual([204, ""]);
}

/** One field of the records that a list shows. */
export async function listed(api: LeadHubClient, path: string, field: string): Promise<Json[]> {
  return (await api.listed(path)).map((record) => record[field]);
}

let users = 0;

/** Makes a user, by default a new one without password. */
export async function makeUser({ api, slug }: LeadHubWorld, fields: object = {}): Promise<Json> {
  const email = `user-${users++}@${slug}.example.com`;
  return await api.made("users", { name: "Jane Roe", email, ...fields });
}

/** Makes a pipeline, by default of the stages A and B (won). */
export async function makePipeline({ api }: LeadHubWorld, fields: object): Promise<Json> {
  const stages = [{ name: "A" }, { name: "B", outcome: "won" }];
  return await api.made("pipelines", { name: "P", stages, ...fields });
}

/** A workspace with a pipeline of the stages A, B (won) and C (lost). */
export interface StageWorld {
  leadhub: LeadHubClient;
  native: ApiClient;
  pipeline: Json;
  /** The path of its stages. */
  stages: string;
  /** Its stages in order, such as `1 A`. */
  order(): Promise<string[]>;
}

export async function stageWorld(): Promise<StageWorld> {
  const world = await leadHub();
  const { api: leadhub, native } = world;
  const pipeline = await makePipeline(world, {
    stages: [{ name: "A" }, { name: "B", outcome: "won" }, { name: "C", outcome: "lost" }],
  });
  const stages = `pipelines/${pipeline.id}/stages`;
  const order = async () =>
    (await leadhub.listed(stages)).map(({ position, name }) => `${position} ${name}`);
  return { leadhub, native, pipeline, stages, order };
}
