import { expect } from "vitest";
import type { ApiClient, ApiResponse, Json } from "./api-client.ts";
import { type TestWorkspace, testWorkspace } from "./workspace.ts";

/** Where LeadHub's records are, below the functions. */
export const LEADHUB = "leadhub/api/v1";

/** A workspace with a client of each API. */
export interface LeadHubWorkspace extends TestWorkspace {
  leadhub: ApiClient;
}

export async function leadhubWorkspace(): Promise<LeadHubWorkspace> {
  const workspace = await testWorkspace();
  return {
    ...workspace,
    leadhub: await workspace.apiWith({ api: "leadhub", rateLimit: 100_000 }),
  };
}

/** The record of an answer with this status. */
export function expectData(response: ApiResponse, status = 200): Json {
  expect(response.status, response.text).toBe(status);
  expect(Object.keys(response.body)).toEqual(["data"]);
  return response.body.data;
}

/** A refusal of values: the sentences of each field. */
export function expectInvalid(response: ApiResponse, errors: Record<string, Json>): void {
  expect(response.body, response.text).toEqual({
    status: "error",
    message: "The given data was invalid.",
    code: "VALIDATION_FAILED",
    errors,
  });
  expect(response.status).toBe(422);
}

/** A refusal because of something that is in the way. */
export function expectConflict(response: ApiResponse, field: string, sentence: string): void {
  expect(response.body, response.text).toEqual({
    status: "error",
    message: sentence,
    code: "CONFLICT",
    errors: { [field]: [sentence] },
  });
  expect(response.status).toBe(409);
}

/** What is answered of a record that does not exist. */
export function expectMissing(response: ApiResponse, message: string): void {
  expect(response.body, response.text).toEqual({ status: "error", message, code: "NOT_FOUND" });
  expect(response.status).toBe(404);
}

export function expectGone(response: ApiResponse): void {
  expect([response.status, response.text]).toEqual([204, ""]);
}

/** What a list shows of its records. */
export async function listed(api: ApiClient, path: string, field: string): Promise<Json[]> {
  const { status, body, text } = await api.get(path);
  expect(status, text).toBe(200);
  return body.data.map((record: Json) => record[field]);
}
