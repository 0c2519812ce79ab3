import type { ApiClient, ApiResponse } from "./api-client.ts";
import type { ContractOperation } from "./contract-document.ts";
import { type ConnectorWorld, connectorWorld } from "./contract-connector-world.ts";
import { connectorCases } from "./contract-connectors.ts";
import { deliveriesIn, goodBody } from "./contract-world.ts";
import type { DialectWorld } from "./dialects/dialect.ts";
import { pathOf } from "./operation-requests.ts";
import type { TestWorkspace } from "./workspace.ts";

/** Requests that make an operation of the native API answer in ways of its own. */
export async function provoke(
  operation: ContractOperation,
  world: DialectWorld,
): Promise<ApiResponse[]> {
  const { workspace, api } = world;
  return [
    ...await throughConnectors(operation, workspace),
    ...await brokenItems(operation, api),
    ...await dryRuns(operation, world),
  ];
}

async function throughConnectors(
  { id, parameters, resource }: ContractOperation,
  workspace: TestWorkspace,
): Promise<ApiResponse[]> {
  if (id === "rehearseConnectorDelivery") return await rehearsals(workspace);
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

async function rehearsals(workspace: TestWorkspace): Promise<ApiResponse[]> {
  const ids = await deliveriesIn(workspace, 8);
  const at = (id: string) => `v1-public-connector-deliveries/rehearse?id=${id}`;
  const rehearse = (id = "") => workspace.api.post(at(id), { field_map: { email: "email" } });
  const answers = await Promise.all(ids.map(rehearse));
  const { body } = await workspace.api.get(`v1-public-connector-deliveries?id=${ids[0]}`);
  await workspace.api.delete(`v1-public-connectors?id=${body.data.connector_id}`);
  return [...answers, await rehearse(ids[0])];
}

async function brokenItems(operation: ContractOperation, api: ApiClient): Promise<ApiResponse[]> {
  const { method, path, body } = operation;
  const good = body && goodBody(operation) as Record<string, unknown[] | undefined>;
  const answers: ApiResponse[] = [];
  for (const list of ["items", "contacts"]) {
    const items = good?.[list];
    if (!items) continue;
    answers.push(await api.send(method, path, { body: { [list]: [...items, { wrong: 1 }] } }));
  }
  return answers;
}

// The same idempotency key as that of a request without `dry_run` is of another request.
async function dryRuns(
  operation: ContractOperation,
  world: DialectWorld,
): Promise<ApiResponse[]> {
  if (!operation.parameters.some(({ name }) => name === "Idempotency-Key")) return [];
  const { method } = operation;
  const target = world.targets(operation).at(-1) ?? {};
  const body = operation.body && goodBody(operation);
  const headers = { "Idempotency-Key": `again-${operation.id}` };
  return [
    await world.api.send(method, pathOf(operation, target, { dry_run: "false" }), {
      body,
      headers,
    }),
    await world.api.send(method, pathOf(operation, target, { dry_run: "true" }), { body }),
  ];
}
