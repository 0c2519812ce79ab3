import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { ApiClient, type ApiResponse, type Json } from "../api-client.ts";
import { ContractDocument } from "../contract-document.ts";
import { openNextWindow } from "../rate-windows.ts";
import { asOwner, type KeyOptions, type Limits, testWorkspace } from "../workspace.ts";
import { addNamed, connections, lists, pipelines, users } from "./crm-records.ts";
import type { TestDialect } from "./dialect.ts";
import { goodBody, MadeWorld } from "./made-world.ts";

const MINUTE = 60;
const KB = 1024;
/** The paths of records that are read one by one. */
const READ = /\/(companies|contacts|leads)$/;
const EVERYTHING = ["read:crm", "write:crm"];
/** What fields and parameters name, where that is not told by their own name. */
const FIELDS: Record<string, string> = {
  owners: "user_id",
  memberships: "company-membership_id",
  stages: "pipeline-stage_id",
  moveToStages: "pipeline-stage_id",
};
/** Fields that are read back in one form for everything that means the same. */
const NOT_KEPT = new Set(["email", "phone", "domain", "country", "currency"]);

const REFUSALS: TestDialect["refusals"] = {
  invalid: [400, ""],
  unauthenticated: [401, ""],
  forbidden: [403, ""],
  not_found: [404, ""],
  method_not_allowed: [405, ""],
  conflict: [409, ""],
  key_reused: [409, ""],
  too_large: [413, ""],
  unsupported_type: [415, ""],
  limited: [429, ""],
  failed: [500, ""],
  // No operation gives these.
  payment_required: [403, ""],
  provider_failed: [503, ""],
  unavailable: [503, ""],
};

/** The CRM HTTP API, as its reference has it: its errors are one sentence, without a code. */
export const crm: TestDialect = {
  name: "CRM HTTP API",
  keys: "crm",
  contract: "crm/openapi.json",
  page: "crm/docs",
  document: () => ContractDocument.fetched("crm/openapi.json"),
  scopes: EVERYTHING,
  everything: EVERYTHING,
  limit: { requests: 600, seconds: MINUTE },
  broad: [],
  open: ["getReference", "getContract"],
  covers: (given, needed) => given === needed,
  refusals: REFUSALS,
  expectError({ status, headers, body }, kind) {
    expect(status).toBe(REFUSALS[kind][0]);
    expect(body).toEqual({ error: expect.stringMatching(/\S.{10,}/) });
    for (const name of ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"]) {
      expect(headers.get(name), name).toMatch(/^\d+$/);
    }
    expect(headers.get("access-control-allow-origin")).toBe("*");
  },
  neededScope: ({ body }) => /lacks the scope (\S+)\.$/.exec(body.error)?.[1],
  notIds: ["42", "'; drop table crm.contacts; --", "01890a5d-ac96-774b-bcce-b302099a80570"],
  expectNoId: (answer) => crm.expectError(answer, "invalid"),
  codes: null,
  message: ({ body }) => body.error,
  mistakes: ({ status, body }) => status === 400 ? mistakesOf(body.error) : [],
  onlyTheServer: new RegExp([
    "^No \\w+ with this id",
    "^Another \\w+( of the pipeline)? has this",
    "^Belongs to another request",
    "has no user that is me",
    "^Must be (a phone number|a domain|a web address|a country code|a currency code)",
    "^Must (not be (in the future|before|true of a membership)|be true until another)",
    "^Must be (a stage of the pipeline|another stage of the pipeline|all stages of one pipeline)",
    "^Must be the (stage that stageId names|lead of the path)",
    "^(Only type task has it|A task has none)",
    "^(No message with this messageId|Must be the channel of the connection)",
    "^Is required, as the lead has no contact with an email",
  ].join("|")),
  tookAll: ({ status }) => status < 300,
  record: ({ body }) => body,
  expectSuccess(_, { status, text, body }) {
    if (status === 204) return expect(text).toBe("");
    expect(body).not.toHaveProperty("data");
    // A message has one, null unless it failed.
    expect(body.error ?? null).toBeNull();
  },
  bodyLimit: ({ id }) => (id === "sendOutboundEmail" ? 500 : 50) * KB,
  goodBody,
  isLoose: () => false,
  plainBody: (operation, i) => goodBody(operation, i) as object,
  client,
  async limited(limit, used) {
    const { id: entity, newKey, api } = await testWorkspace();
    const { id, key } = await newKey({ api: "crm", rateLimit: limit });
    await openNextWindow(asOwner, { subject: id, seconds: MINUTE }, used);
    return new ApiClient(api.baseUrl, key, entity);
  },
  async world(of, size) {
    const { workspace, api } = await client();
    const operations = (await crm.document()).operations();
    const world = new MadeWorld(workspace, api, operations, (body) => body);
    await addNamed(workspace.id);
    await world.filled(of, size);
    world.known.user_id = await users(workspace.id);
    world.known.list_id = await lists(workspace.id);
    world.known.pipeline_id = await pipelines(workspace.id);
    world.known.connection_id = await connections(workspace.id);
    return world;
  },
  exampleWorld: (of) => crm.world(of, 1),
  provoke: () => Promise.resolve([]),
  isId: (_, name, schema) => name.endsWith("Id") && name !== "entityId" && schema.readOnly !== true,
  idValue: (id) => id,
  missing: () => Promise.resolve(randomUUID()),
  idIn: (world, _, kind) =>
    world.known[FIELDS[kind] ?? `${kind.replace(/ies$/, "y").replace(/s$/, "")}_id`]?.[0] ?? "",
  timeless: (text, id) =>
    text.replaceAll(id, "THE ID").replaceAll(/"(\w+At)":"[^"]*"/g, '"$1"')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "AN ID"),
  async readBack(api, { path }, target, { id }) {
    const at = path.replace(/\{(\w+)\}/g, (_, name: string) => target[name] ?? "");
    if (at.endsWith("/activities")) return await newest(api, id);
    // What cannot be read by itself, a change of nothing answers.
    return await (READ.test(at) ? api.get(`${at}/${id}`) : api.patch(`${at}/${id}`, {}));
  },
  isKept: (field) => !NOT_KEPT.has(field),
};

// Of the newest activities of the workspace.
async function newest(api: ApiClient, id: string): Promise<ApiResponse> {
  const answer = await api.get("crm/api/crm/activities?pageSize=100");
  const record = answer.body.activities.find((one: Json) => one.id === id);
  return { ...answer, status: record === undefined ? 404 : 200, body: record };
}

async function client(limits: Limits = {}, options: KeyOptions = {}) {
  const workspace = await testWorkspace(limits);
  const all = { api: "crm" as const, scopes: EVERYTHING, rateLimit: 100_000, ...options };
  return { workspace, api: await workspace.apiWith(all) };
}

// `title: Is required. stage: Must be …` as its fields.
function mistakesOf(error: string) {
  return [...error.matchAll(/(?:^|(?<=\. ))([\w.[\]-]+): (.*?)(?=(?:(?<=[.?]) [\w.[\]-]+: )|$)/g)]
    .map(([, field = "", message = ""]) => ({ field, message }));
}
