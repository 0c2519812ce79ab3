import { gzipSync } from "node:zlib";
import { ApiClient, type ApiResponse, type RequestOptions } from "./api-client.ts";
import type { ContractOperation } from "./contract-document.ts";
import { type ConnectorWorld, connectorWorld } from "./contract-connector-world.ts";
import { connectorCases } from "./contract-connectors.ts";
import { type ContractWorld, deliveriesIn, goodBody } from "./contract-world.ts";
import { type TestWorkspace, testWorkspace } from "./workspace.ts";

/** Workspaces that have used up their limits, for the answers that say so. */
export interface UsedUp {
  requests: ApiClient;
  day: ApiClient;
}

/** Makes them. */
export async function usedUp(): Promise<UsedUp> {
  const requests = (await testWorkspace({ requests_per_minute: 1 })).api;
  const day = (await testWorkspace({ contacts_per_day: 0, activities_per_day: 0 })).api;
  return { requests, day };
}

/** Sends one request for each refusal that every operation of its kind can give. */
export async function refusals(
  operation: ContractOperation,
  { workspace, ids }: ContractWorld,
  spent: UsedUp,
): Promise<ApiResponse[]> {
  const { api } = workspace;
  const { method, path, parameters, scope } = operation;
  const required = parameters.filter((one) => one.required && one.in === "query");
  const known: Record<string, unknown> = { id: ids[operation.resource]?.at(-1) };
  const at = required.reduce(
    (to, { name, example }) =>
      `${to}${to.includes("?") ? "&" : "?"}${name}=${known[name] ?? example}`,
    path,
  );
  const needsId = required.some(({ name }) => name === "id");
  const good = operation.body && goodBody(operation);
  const body = operation.body ? { body: good } : {};
  const other = await workspace.apiWith({ scopes: [otherThan(scope ?? "")] });
  const send = (client: ApiClient, options: RequestOptions = body, to = at, verb = method) =>
    client.send(verb, to, options);
  const answers = [
    await send(new ApiClient(api.baseUrl, null)),
    await send(new ApiClient(api.baseUrl, "lb_live_nonsense")),
    await send(other),
    await send(api, {}, path, "PUT"),
    await send(api, body, `${path}?unknown=1`),
    await overTheLimit(send, spent),
    await send(spent.day),
  ];
  if (parameters.some(({ name }) => name === "id")) {
    answers.push(await send(api, body, `${path}?id=${crypto.randomUUID()}`));
  }
  if (operation.body) answers.push(...await refusedBodies(send, api));
  answers.push(...await throughConnectors(operation, workspace));
  for (const list of ["items", "contacts"]) {
    const items = (good as Record<string, unknown[]> | undefined)?.[list];
    if (items) answers.push(await send(api, { body: { [list]: [...items, { wrong: 1 }] } }));
  }
  if (parameters.some(({ name }) => name === "Idempotency-Key")) {
    const headers = { "Idempotency-Key": `again-${operation.id}` };
    const first = await send(api, { ...body, headers });
    answers.push(first, await send(api, { ...body, headers }));
    const and = `${at}${needsId ? "&" : "?"}dry_run=`;
    answers.push(await send(api, { ...body, headers }, `${and}false`));
    answers.push(await send(api, body, `${and}true`));
  }
  return answers;
}

async function throughConnectors(
  { id, parameters, resource }: ContractOperation,
  workspace: TestWorkspace,
): Promise<ApiResponse[]> {
  if (id === "replayConnectorDelivery") return await replays(workspace);
  if (!parameters.some(({ name }) => name === "connector")) return [];
  const target = resource === "contacts" ? "contact" : "activity";
  const world = await connectorWorld(target);
  if (id.startsWith("handshake")) return await handshakes(world);
  const answers: ApiResponse[] = [];
  for (const [, , , send] of connectorCases(target)) answers.push(await send(world));
  return answers;
}

async function handshakes({ workspace: { api }, path }: ConnectorWorld): Promise<ApiResponse[]> {
  const hub = "hub.mode=subscribe&hub.challenge=1&hub.verify_token=told";
  return await Promise.all(
    ["plain", "nobody"].map((connector) => api.get(`${path}?connector=${connector}&${hub}`)),
  );
}

async function replays(workspace: TestWorkspace): Promise<ApiResponse[]> {
  const answers: ApiResponse[] = [];
  for (const id of await deliveriesIn(workspace, 8)) {
    const at = `v1-public-connector-deliveries?id=${id}`;
    for (const query of ["&dry_run=true", "", ""]) {
      answers.push(await workspace.api.send("POST", at + query, {}));
    }
  }
  return answers;
}

type Send = (client: ApiClient, options?: RequestOptions, to?: string) => Promise<ApiResponse>;

// The minute may turn between two requests, but not between all of four.
async function overTheLimit(send: Send, { requests }: UsedUp): Promise<ApiResponse> {
  let answer = await send(requests);
  for (let tries = 0; tries < 3 && answer.status !== 429; tries++) answer = await send(requests);
  return answer;
}

async function refusedBodies(send: Send, api: ApiClient): Promise<ApiResponse[]> {
  const json = { "content-type": "application/json" };
  const gzip = { "content-encoding": "gzip" };
  return [
    await send(api, { raw: "a=b", headers: { "content-type": "text/plain" } }),
    await send(api, { raw: "{}", headers: { ...json, "content-encoding": "br" } }),
    await send(api, { raw: gzipSync("x".repeat(600 * 1024)), headers: { ...json, ...gzip } }),
    await send(api, { raw: '{"a": 1, "a": 1}', headers: json }),
    await send(api, { raw: "[", headers: json }),
    await send(api, { raw: new Uint8Array([0xff, 0xfe]), headers: json }),
  ];
}

function otherThan(scope: string): string {
  return scope === "tasks:write" ? "deals:write" : "tasks:write";
}
