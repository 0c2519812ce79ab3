import type { EndpointCase } from "./endpoints.ts";
import { idOf } from "./links.ts";
import type { TestWorkspace } from "./workspace.ts";

const CONNECTORS = "v1-public-connectors";
const DELIVERIES = "v1-public-connector-deliveries";
const LIMIT = 50 * 1024;
const CHALLENGE = "1158201444";
const CONNECTOR = { name: "Matrix", target: "contact", field_map: { email: "email" } };

async function connector({ api }: TestWorkspace): Promise<string> {
  return idOf(await api.post(CONNECTORS, CONNECTOR));
}

// One that failed, of a connector that has since been mended.
async function delivery(workspace: TestWorkspace): Promise<string> {
  const { api } = workspace;
  const id = await connector(workspace);
  const sent = await api.post(`v1-public-contacts?connector=${id}`, { email: "no address" });
  await api.patch(`${CONNECTORS}?id=${id}`, { field_map: { last_name: "email" } });
  return sent.body.error.details.delivery_id;
}

const admin = { scope: "admin", status: 200, byId: true } as const;
const ofConnector = {
  ...admin,
  path: (id: string) => `${CONNECTORS}?id=${id}`,
  existing: connector,
};
const ofDelivery = { ...admin, path: (id: string) => `${DELIVERIES}?id=${id}`, existing: delivery };

/** The operations on connectors and their deliveries, and the handshakes. */
export const connectorEndpoints: EndpointCase[] = [
  { ...ofConnector, name: "list connectors", method: "GET", path: () => CONNECTORS, byId: false },
  { ...ofConnector, name: "retrieve one of connectors", method: "GET" },
  {
    ...ofConnector,
    name: "create connector",
    method: "POST",
    path: () => CONNECTORS,
    body: CONNECTOR,
    status: 201,
    limit: LIMIT,
    byId: false,
  },
  {
    ...ofConnector,
    name: "update one of connectors",
    method: "PATCH",
    body: { name: "Changed" },
    limit: LIMIT,
  },
  { ...ofConnector, name: "delete one of connectors", method: "DELETE" },
  {
    ...ofConnector,
    name: "rotate the token of a connector",
    method: "POST",
    path: (id) => `${CONNECTORS}/rotate-token?id=${id}`,
    readAt: ofConnector.path,
    body: {},
    limit: LIMIT,
  },
  { ...ofDelivery, name: "list deliveries", method: "GET", path: () => DELIVERIES, byId: false },
  { ...ofDelivery, name: "retrieve one of deliveries", method: "GET" },
  { ...ofDelivery, name: "replay a delivery", method: "POST", status: 201 },
  handshake("contact", "contacts", { email: "email" }),
  handshake("activity", "activities", { type: "'note'" }),
];

function handshake(
  target: string,
  name: string,
  field_map: Record<string, string>,
): EndpointCase {
  const made = { name: "Matrix", target, field_map, verify_token: "told" };
  const hub = `hub.mode=subscribe&hub.verify_token=told&hub.challenge=${CHALLENGE}`;
  return {
    name: `handshake of a sender of ${name}`,
    method: "GET",
    path: (id) => `v1-public-${name}?connector=${id}&${hub}`,
    scope: `${name}:write`,
    status: 200,
    byId: false,
    text: CHALLENGE,
    existing: async ({ api }) => idOf(await api.post(CONNECTORS, made)),
  };
}
