import type { ApiClient, ApiResponse } from "./api-client.ts";
import { connectorEndpoints } from "./connector-endpoints.ts";
import { idOf, pipelineIn, userIn } from "./links.ts";
import type { ResourceCase } from "./resource-case.ts";
import { RESOURCES } from "./resources.ts";
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
  /** Where the record can be read, when it is not where the operation is. */
  readAt?(id: string): string;
  /** What it answers instead of JSON. */
  text?: string;
  /** Makes the record that the operation works on when it works by id. */
  existing(workspace: TestWorkspace): Promise<string>;
}

const KB = 1024;
const SINGLE = 50 * KB;
const BATCH = 500 * KB;

type Existing = EndpointCase["existing"];

/** Functions that take no key, and so have none of what the matrix checks. */
export const KEYLESS = ["v1-public-docs", "v1-public-openapi"];

const contact: Existing = async ({ api }) =>
  idOf(await api.post("v1-public-contacts", { email: "existing@example.com" }));

/** Every operation that takes a key; the security matrix runs for each of them. */
export const endpoints: EndpointCase[] = [
  posting("ingest contact", "contacts", { email: "matrix@example.com" }, SINGLE, contact),
  posting(
    "batch ingest contacts",
    "contacts-batch",
    { contacts: [{ email: "matrix@example.com" }] },
    BATCH,
    contact,
  ),
  ...reading("contacts", "contacts-crud", "contacts:read", contact),
  ...changing("contacts", "contacts-crud", { title: "Changed" }, contact),
  ...RESOURCES.flatMap(ofResource),
  ...reading("pipelines", "pipelines", "deals:read", ({ id }) => pipelineIn(id, ["First"])),
  ...reading("users", "users", "read", ({ id }) => userIn(id, "Existing")),
  ...connectorEndpoints,
];

function ofResource({ name, resource, path, records, minimal, searched }: ResourceCase) {
  const existing: Existing = async ({ api }) => idOf(await api.post(path, minimal));
  const crud = records.replace("v1-public-", "");
  const items = [{ data: minimal }];
  return [
    posting(`create ${resource.record}`, name, minimal, SINGLE, existing),
    posting(`batch of ${name}`, `${name}-batch`, { items }, BATCH, existing),
    ...reading(name, crud, `${name}:read`, existing),
    ...changing(name, crud, resource.update ? { [searched]: "Changed" } : undefined, existing),
  ];
}

function posting(
  name: string,
  path: string,
  body: object,
  limit: number,
  existing: Existing,
): EndpointCase {
  const scope = `${path.replace("-batch", "")}:write`;
  const at = () => `v1-public-${path}`;
  return { name, method: "POST", path: at, body, scope, status: 201, limit, byId: false, existing };
}

function reading(name: string, path: string, scope: string, existing: Existing): EndpointCase[] {
  const all = { method: "GET" as const, scope, status: 200, existing };
  const at = `v1-public-${path}`;
  return [
    { ...all, name: `list ${name}`, path: () => at, byId: false },
    { ...all, name: `retrieve one of ${name}`, path: (id) => `${at}?id=${id}`, byId: true },
  ];
}

function changing(
  name: string,
  path: string,
  body: object | undefined,
  existing: Existing,
): EndpointCase[] {
  const all = { scope: `${name}:write`, status: 200, byId: true, existing };
  const at = (id: string) => `v1-public-${path}?id=${id}`;
  const remove: EndpointCase = {
    ...all,
    name: `delete one of ${name}`,
    method: "DELETE",
    path: at,
  };
  if (body === undefined) return [remove];
  const update = { ...all, name: `update one of ${name}`, method: "PATCH" as const, path: at };
  return [{ ...update, body, limit: SINGLE }, remove];
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
