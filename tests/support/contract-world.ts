import type { ContractOperation } from "./contract-document.ts";
import { idOf, pipelineIn, userIn } from "./links.ts";
import { testConnector } from "./connector.ts";
import { mergeable, mergesIn } from "./contract-merges.ts";
import { accountsIn, deadJobsIn, rolesIn } from "./contract-records.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "./workspace.ts";

/** A workspace with records of every kind that requests can name. */
export interface ContractWorld {
  workspace: TestWorkspace;
  /** Ids of records, by resource. */
  ids: Record<string, string[]>;
  /** The same ids, by the fields that hold them. */
  known: Record<string, string[]>;
}

const FEW = 3;
const MADE: Record<string, (i: number) => unknown> = {
  companies: (i) => ({ name: `Company ${i}`, domain: `company${i}.example` }),
  deals: (i) => ({ title: `Deal ${i}` }),
  tasks: (i) => ({ title: `Task ${i}` }),
  invoices: (i) => ({ notes: `Invoice ${i}` }),
  activities: () => ({ type: "note" }),
};
const KEY = { name: "Web forms", scopes: ["contacts:read"] };
const APP = { provider: "hubspot", access_token: "a-token" };
const CONNECTOR = { name: "Form", target: "contact", field_map: { email: "email" } };

/** A body that the operation takes, and no other record has; `i` tells its record from others. */
export function goodBody({ id, resource, body }: ContractOperation, i = 999): unknown {
  const made = MADE[resource]?.(i) ?? { email: `good${i}@example.com` };
  if (id === "signIn") return { email: "nobody@example.com", password: "none" };
  if (/^(update|rehearse|mergeContacts)/.test(id)) return body?.examples[0];
  if (resource === "connectors") return id.startsWith("rotate") ? {} : CONNECTOR;
  if (resource === "api_keys") return id.startsWith("rotate") ? {} : KEY;
  if (resource === "connected_accounts") return APP;
  if (resource === "roles") return { name: `Role ${i}`, base: "viewer" };
  if (id === "ingestContacts") return { contacts: [made] };
  return id.startsWith("batch") ? { items: [{ data: made }] } : made;
}

/** Makes such a workspace, with `size` records of one kind and a few of the others. */
export async function contractWorld(kind: string, size: number): Promise<ContractWorld> {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const ids: Record<string, string[]> = {};
  for (const [resource, make] of Object.entries(MADE)) {
    const length = resource === kind ? size : FEW;
    const items = Array.from({ length }, (_, i) => ({ data: make(i) }));
    ids[resource] = idsOf(await api.post(`v1-public-${resource}-batch`, { items }));
  }
  const length = kind === "contacts" ? size : FEW;
  const contacts = Array.from({ length }, (_, i) => ({ email: `c${i}@example.com` }));
  ids.contacts = idsOf(await api.post("v1-public-contacts-batch", { contacts }));
  ids.users = [await userIn(workspace.id, "Uma")];
  const { body } = await api.get("v1-public-pipelines");
  ids.pipelines = body.data.items.map(({ id }: { id: string }) => id);
  const connectors = kind === "connectors" ? size : FEW;
  ids.connectors = await madeIn(workspace, "v1-public-connectors", CONNECTOR, connectors);
  ids.api_keys = await madeIn(
    workspace,
    "v1-public-api-keys",
    KEY,
    kind === "api_keys" ? size : FEW,
  );
  ids.connected_accounts = await accountsIn(
    workspace,
    kind === "connected_accounts" ? size : FEW,
  );
  ids.connector_deliveries = await deliveriesIn(
    workspace,
    kind === "connector_deliveries" ? size : FEW,
  );
  ids.roles = await rolesIn(workspace, kind === "roles" ? size : FEW);
  ids.jobs = await deadJobsIn(workspace, kind === "jobs" ? size : FEW);
  ids.contact_merges = await mergesIn(workspace, kind === "contact_merges" ? size : FEW);
  const [keep_id, ...merge_id] = await mergeable(workspace, size);
  // The last few of each stay: the others are there to be deleted.
  const last = (resource: string) => ids[resource]?.slice(-FEW) ?? [];
  const known = {
    company_id: last("companies"),
    contact_id: last("contacts"),
    deal_id: last("deals"),
    entity_id: last("deals"),
    pipeline_id: last("pipelines"),
    assigned_to: last("users"),
    connector_id: last("connectors"),
    connector: await handshakers(workspace),
    "hub.verify_token": ["told"],
    keep_id: [keep_id ?? ""],
    merge_id,
  };
  return { workspace, ids, known };
}

function idsOf({ body }: { body: { data: { results: { id: string }[] } } }): string[] {
  return body.data.results.map(({ id }) => id);
}

async function madeIn({ api }: TestWorkspace, path: string, body: object, size: number) {
  const made = await Promise.all(Array.from({ length: size }, () => api.post(path, body)));
  return made.map((one): string => one.body.data.id);
}

/** Bodies of which each ends in its own way when it is replayed. */
const BODIES: readonly ((i: number, ofPerson: string) => unknown)[] = [
  (i, ofPerson) => ({ email: `${ofPerson}${i}@example.com` }),
  () => ({ email: "nobody@" }),
  () => ({ skip: "Not wanted" }),
  () => ({ test: true }),
  (i) => [{ email: `first${i}@example.com` }, { email: `second${i}@example.com` }],
  (i) => [{ email: `good${i}@example.com` }, { email: "nobody@" }],
  () => [{ email: "nobody@" }, { email: "nobody@" }],
  () => [],
];

/** Makes deliveries that failed; the first of them go well, half and not at all when replayed. */
export async function deliveriesIn(
  workspace: TestWorkspace,
  size: number,
  ofPerson = "delivery",
): Promise<string[]> {
  const { id } = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "email" },
    items: "$",
    skip: "skip",
    test: "test",
  });
  const bodies = Array.from({ length: size }, (_, i) => BODIES[i % BODIES.length]!(i, ofPerson));
  const rows = await asOwner<{ id: string }>(
    `insert into crm.connector_deliveries (workspace_id, connector_id, status, content_type, body)
      select $1, $2, 'failed', 'application/json', convert_to(one, 'UTF8') from unnest($3::text[]) one
      returning id`,
    [workspace.id, id, bodies.map((body) => JSON.stringify(body))],
  );
  return rows.map((row) => row.id);
}

/** Makes one more record of a resource; answers its id. `n` tells it from others. */
export async function oneMore(
  workspace: TestWorkspace,
  resource: string,
  n: number,
): Promise<string> {
  const { api, id } = workspace;
  switch (resource) {
    case "contacts":
      return idOf(await api.post("v1-public-contacts", { email: `more${n}@example.com` }));
    case "contact_merges":
      return (await mergesIn(workspace, 1, `more${n}-`))[0]!;
    case "users":
      return await userIn(id, `More${n}`);
    case "pipelines":
      return await pipelineIn(id, ["First"], `More ${n}`);
    case "connectors":
      return idOf(await api.post("v1-public-connectors", CONNECTOR));
    case "api_keys":
      return idOf(await api.post("v1-public-api-keys", KEY));
    case "connected_accounts":
      return (await accountsIn(workspace, 1, `Mia${n}`))[0] ?? "";
    case "roles":
      return (await rolesIn(workspace, 1, `More ${n}`))[0] ?? "";
    case "connector_deliveries":
      return (await deliveriesIn(workspace, 1, `more${n}-`))[0]!;
    case "jobs":
      return (await deadJobsIn(workspace, 1))[0] ?? "";
    default:
      return idOf(await api.post(`v1-public-${resource}`, MADE[resource]!(n)));
  }
}

async function handshakers(workspace: TestWorkspace): Promise<string[]> {
  const verify_token = "told";
  const contact = await testConnector(workspace, { target: "contact", verify_token });
  const field_map = { type: "type" };
  const activity = await testConnector(workspace, { target: "activity", field_map, verify_token });
  return [contact.id, contact.slug, activity.id];
}
