import { ApiClient, type ApiResponse, type RequestOptions } from "./api-client.ts";
import { type TestConnector, testConnector } from "./connector.ts";
import { type TestWorkspace, testWorkspace } from "./workspace.ts";

export type Target = "contact" | "activity";
export type Event = Record<string, unknown>;

/** A workspace with connectors of one target. */
export interface ConnectorWorld {
  workspace: TestWorkspace;
  path: string;
  plain: TestConnector;
  /** One whose sender proves itself with a header. */
  proven: TestConnector;
  /** One that takes a request a minute. */
  scarce: TestConnector;
  /** One of the other target. */
  other: TestConnector;
  /** A workspace that may create nothing today. */
  spent: { workspace: TestWorkspace; connector: TestConnector };
  /** An event that becomes a record that is new. */
  good(): Event;
  /** One that becomes none. */
  bad: Event;
}

const MATCHING = { contact: ["id", "phone", "email"] };
const EXPRESSIONS = {
  items: "$exists(events) ? events : $",
  event_id: "id",
  skip: "skip",
  test: "test",
  prepare: '{"name": name}',
};
const OF_TARGETS = {
  contact: {
    path: "v1-public-contacts",
    field_map: { contact_id: "id", email: "email", phone: "phone", last_name: "prepared.name" },
    good: (i: number) => ({ email: `event${i}@example.com`, name: "Zoë" }),
    bad: { email: "nobody@" },
  },
  activity: {
    path: "v1-public-activities",
    field_map: { type: "kind", title: "name" },
    good: (i: number) => ({ kind: "form_submission", name: `Event ${i}` }),
    bad: { kind: "No Type" },
  },
};

/** What a connector of a target is made of. */
function connectorOf(target: Target): object {
  const { field_map } = OF_TARGETS[target];
  return { target, field_map, matching: MATCHING, ...EXPRESSIONS };
}

/** Makes such a workspace. */
export async function connectorWorld(target: Target): Promise<ConnectorWorld> {
  const workspace = await testWorkspace();
  const poor = await testWorkspace({ contacts_per_day: 0, activities_per_day: 0 });
  const make = (more: object) => testConnector(workspace, { ...connectorOf(target), ...more });
  const { path, good, bad } = OF_TARGETS[target];
  let made = 0;
  return {
    workspace,
    path,
    plain: await make({ slug: "plain", verify_token: "told" }),
    proven: await make({ verification: { type: "header", header: "X-Proof" }, secret: "proof" }),
    scarce: await make({ requests_per_minute: 1 }),
    other: await testConnector(
      workspace,
      connectorOf(target === "contact" ? "activity" : "contact"),
    ),
    spent: { workspace: poor, connector: await testConnector(poor, connectorOf(target)) },
    good: () => good(made++),
    bad,
  };
}

/** Sends through the plain connector, with an API key. */
export function keyed(
  { workspace, path, plain }: ConnectorWorld,
  body: unknown,
  query = "",
  options: RequestOptions = {},
): Promise<ApiResponse> {
  return workspace.api.send("POST", `${path}?connector=${plain.id}${query}`, { body, ...options });
}

/** Sends with a token and no key; the token's own address unless another is given. */
export function tokened(
  { workspace, path }: ConnectorWorld,
  token: string,
  body: unknown,
  query = "",
): Promise<ApiResponse> {
  const sender = new ApiClient(workspace.api.baseUrl, null);
  return sender.post(`${path}?connector=${token}${query}`, body);
}

/** Sends an event as a form in parts. */
export async function inParts({ workspace, path, good }: ConnectorWorld): Promise<ApiResponse> {
  const form = new FormData();
  for (const [name, value] of Object.entries(good())) form.set(name, String(value));
  const sent = new Response(form);
  const headers = {
    "content-type": sent.headers.get("content-type") ?? "",
    "x-connector": "plain",
  };
  return await workspace.api.send("POST", path, { raw: await sent.arrayBuffer(), headers });
}
