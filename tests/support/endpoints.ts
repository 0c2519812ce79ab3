import type { ApiClient, ApiResponse } from "./api-client.ts";
import type { TestWorkspace } from "./workspace.ts";

/** One operation of one endpoint, with a request that succeeds on a fresh record. */
export interface EndpointCase {
  name: string;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** The path after /functions/v1/, for the id of an existing record. */
  path(id: string): string;
  body?: unknown;
  scope: string;
  status: number;
  /** The most bytes of a body. */
  limit?: number;
  /** Whether the operation works on one record by its id. */
  byId: boolean;
}

const KB = 1024;
const crud = (id: string) => `v1-public-contacts-crud?id=${id}`;

/** Every operation; the security matrix runs for each of them. */
export const endpoints: EndpointCase[] = [
  {
    name: "ingest contact",
    method: "POST",
    path: () => "v1-public-contacts",
    body: { email: "matrix@example.com" },
    scope: "contacts:write",
    status: 201,
    limit: 50 * KB,
    byId: false,
  },
  {
    name: "batch ingest contacts",
    method: "POST",
    path: () => "v1-public-contacts-batch",
    body: { contacts: [{ email: "matrix@example.com" }] },
    scope: "contacts:write",
    status: 201,
    limit: 500 * KB,
    byId: false,
  },
  {
    name: "list contacts",
    method: "GET",
    path: () => "v1-public-contacts-crud",
    scope: "contacts:read",
    status: 200,
    byId: false,
  },
  {
    name: "retrieve contact",
    method: "GET",
    path: crud,
    scope: "contacts:read",
    status: 200,
    byId: true,
  },
  {
    name: "update contact",
    method: "PATCH",
    path: crud,
    body: { title: "Changed" },
    scope: "contacts:write",
    status: 200,
    limit: 50 * KB,
    byId: true,
  },
  {
    name: "delete contact",
    method: "DELETE",
    path: crud,
    scope: "contacts:write",
    status: 200,
    byId: true,
  },
];

/** Makes the record that the operations by id work on. */
export async function contactIn(workspace: TestWorkspace): Promise<string> {
  const { body } = await workspace.api.post("v1-public-contacts", {
    email: "existing@example.com",
  });
  return body.data.id;
}

/** Sends the operation's request. */
export function callEndpoint(
  api: ApiClient,
  { method, path, body }: EndpointCase,
  id: string,
  headers?: Record<string, string>,
): Promise<ApiResponse> {
  return api.send(method, path(id), { body, headers });
}
