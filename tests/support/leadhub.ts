import { expect } from "vitest";
import { ApiClient, type ApiResponse, type Json, type RequestOptions } from "./api-client.ts";
import { asOwner, gatewayUrl, type KeyOptions, type Limits, testWorkspace } from "./workspace.ts";

/** Calls LeadHub's API: paths are below `/api/v1`. */
export class LeadHubClient extends ApiClient {
  override send(
    method: string,
    path: string,
    options: RequestOptions & { headers?: Record<string, string> | undefined } = {},
  ): Promise<ApiResponse> {
    return super.send(method, `leadhub/api/v1/${path}`, options);
  }

  /** The record that a POST makes. */
  async made(path: string, body: object): Promise<Json> {
    return record(await this.post(path, body), 201);
  }

  /** The records of a list. */
  async listed(path: string): Promise<Json[]> {
    return listOf(await this.get(path));
  }
}

function listOf({ status, body, text }: ApiResponse): Json[] {
  expect(status, text).toBe(200);
  return body.data;
}

/** A workspace of one test, with a LeadHub key of every scope. */
export interface LeadHubWorld {
  id: string;
  slug: string;
  api: LeadHubClient;
  /** The same workspace by the native API. */
  native: ApiClient;
  apiWith(options: KeyOptions): Promise<LeadHubClient>;
}

export async function leadHub(
  limits: Limits = {},
  baseUrl = gatewayUrl(),
): Promise<LeadHubWorld> {
  const { id, slug, api: native, key } = await testWorkspace(limits, baseUrl);
  const apiWith = async (options: KeyOptions) =>
    new LeadHubClient(baseUrl, await key({ api: "leadhub", ...options }));
  return { id, slug, native, apiWith, api: await apiWith({ rateLimit: 100_000 }) };
}

/** The one record of an answer. */
export function record({ status, body, text }: ApiResponse, expected = 200): Json {
  expect(status, text).toBe(expected);
  expect(Object.keys(body)).toEqual(["data"]);
  return body.data;
}

/** A value that breaks a rule: 422 with these sentences by field, and nothing else. */
export function expectInvalid({ status, body }: ApiResponse, errors: Record<string, unknown[]>) {
  expect({ status, body }).toEqual({
    status: 422,
    body: {
      status: "error",
      message: "The given data was invalid.",
      code: "VALIDATION_FAILED",
      errors,
    },
  });
}

/** No such record: 404 with this sentence. */
export function expectMissing({ status, body }: ApiResponse, message: string) {
  expect({ status, body }).toEqual({
    status: 404,
    body: { status: "error", message, code: "NOT_FOUND" },
  });
}

/** Makes a user, and answers its number. */
export async function userNumber(workspace: string, name: string, status = "active") {
  const [user] = await asOwner<{ number: string }>(
    `insert into crm.users (workspace_id, name, email, status) values ($1, $2, $2 || '@example.com', $3)
      returning number`,
    [workspace, name, status],
  );
  return Number(user?.number);
}
