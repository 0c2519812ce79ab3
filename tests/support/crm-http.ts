import { expect } from "vitest";
import { ApiClient, type ApiResponse, type Json, type RequestOptions } from "./api-client.ts";
import { LeadHubClient } from "./leadhub.ts";
import { asOwner, gatewayUrl, type KeyOptions, type Limits, testWorkspace } from "./workspace.ts";

/** What a time looks like. */
export const TIME: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

/** What an id looks like. */
export const ID: unknown = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** Calls the CRM HTTP API: paths are below `/api/crm`, the workspace is named in the query. */
export class CrmClient extends ApiClient {
  override send(
    method: string,
    path: string,
    options: RequestOptions & { headers?: Record<string, string> | undefined } = {},
  ): Promise<ApiResponse> {
    return super.send(method, `crm/api/crm/${path}`, options);
  }

  /** The record that a POST makes. */
  async made(path: string, body: object): Promise<Json> {
    return answered(await this.post(path, body), 201);
  }

  /** What a GET answers. */
  async read(path: string): Promise<Json> {
    return answered(await this.get(path));
  }

  /** The record that a PATCH answers. */
  async changed(path: string, body: object): Promise<Json> {
    return answered(await this.patch(path, body));
  }

  /** The records of a list, by the name that its path ends with. */
  async listed(path: string, plural = /([\w-]+)(\?|$)/.exec(path)?.[1] ?? ""): Promise<Json[]> {
    return (await this.read(path))[plural];
  }
}

function answered({ status, body, text }: ApiResponse, expected = 200): Json {
  expect(status, text).toBe(expected);
  return body;
}

/** A workspace of one test, with a key of every scope. */
export interface CrmWorld {
  id: string;
  slug: string;
  api: CrmClient;
  /** The same workspace by the other APIs. */
  native: ApiClient;
  leadhub: LeadHubClient;
  apiWith(options: KeyOptions): Promise<CrmClient>;
  /** Makes a user, and answers its id. */
  user(name: string): Promise<string>;
}

export async function crmHttp(limits: Limits = {}): Promise<CrmWorld> {
  const { id, slug, api: native, key } = await testWorkspace(limits);
  const url = gatewayUrl();
  const apiWith = async (options: KeyOptions) =>
    new CrmClient(url, await key({ api: "crm", ...options }), id);
  return {
    id,
    slug,
    native,
    leadhub: new LeadHubClient(url, await key({ api: "leadhub", rateLimit: 100_000 })),
    apiWith,
    api: await apiWith({ rateLimit: 100_000 }),
    async user(name) {
      const [user] = await asOwner<{ id: string }>(
        `insert into crm.users (workspace_id, name, email) values ($1, $2, lower($2) || '@example.com')
          returning id`,
        [id, name],
      );
      return user!.id;
    },
  };
}

/** A refusal: this status, and this sentence alone. */
export function expectRefused({ status, body }: ApiResponse, expected: number, error: unknown) {
  expect({ status, body }).toEqual({ status: expected, body: { error } });
}

/** Something was deleted: 204 and no body. */
export function expectGone({ status, text }: ApiResponse) {
  expect([status, text]).toEqual([204, ""]);
}

/** A lead with a company and a contact, and the path of its activities. */
export async function linkedLead(api: CrmClient) {
  const companyId = (await api.made("companies", { name: "A" })).id;
  const contactId = (await api.made("contacts", {})).id;
  const { id: leadId } = await api.made("leads", { title: "D", companyId, contactId });
  return { leadId, companyId, contactId, path: `leads/${leadId}/activities` };
}
