import { expect } from "vitest";
import { ApiClient, type ApiResponse } from "../api-client.ts";
import { alternatives, ContractDocument, type ContractOperation } from "../contract-document.ts";
import { openNextWindow } from "../rate-windows.ts";
import { asOwner, type KeyOptions, type Limits, testWorkspace } from "../workspace.ts";
import type { TestDialect } from "./dialect.ts";
import { goodBody, MadeWorld } from "./made-world.ts";

const HOUR = 3_600;
const KB = 1024;
const EVERYTHING = [
  ...["leads", "pipelines", "tags", "users", "forms", "automations", "integrations"]
    .flatMap((area) => [`read:${area}`, `write:${area}`]),
  ...["leads", "users", "forms", "automations"].map((area) => `delete:${area}`),
];
/** Operations that keep what they cannot take. */
const LOOSE = new Set(["takeLead", "submitForm"]);
/** Fields that are read back in one form for everything that means the same, or not at all. */
const NOT_KEPT = new Set(["email", "phone", "company", "password"]);

const REFUSALS: TestDialect["refusals"] = {
  invalid: [422, "VALIDATION_FAILED"],
  unauthenticated: [401, "UNAUTHORIZED"],
  forbidden: [403, "FORBIDDEN"],
  not_found: [404, "NOT_FOUND"],
  method_not_allowed: [405, "METHOD_NOT_ALLOWED"],
  conflict: [409, "CONFLICT"],
  key_reused: [409, "IDEMPOTENCY_KEY_REUSED"],
  too_large: [413, "PAYLOAD_TOO_LARGE"],
  unsupported_type: [415, "UNSUPPORTED_MEDIA_TYPE"],
  limited: [429, "RATE_LIMITED"],
  failed: [500, "SERVER_ERROR"],
  payment_required: [403, "FORBIDDEN"],
  provider_failed: [503, "SERVICE_UNAVAILABLE"],
  unavailable: [503, "SERVICE_UNAVAILABLE"],
};

/** LeadHub, as its reference has it. */
export const leadhub: TestDialect = {
  name: "LeadHub",
  keys: "leadhub",
  contract: "leadhub/openapi.json",
  page: "leadhub/docs",
  document: () => ContractDocument.fetched("leadhub/openapi.json"),
  scopes: EVERYTHING,
  everything: EVERYTHING,
  limit: { requests: 1_000, seconds: HOUR },
  broad: [],
  open: ["getHealth", "getReference", "getContract"],
  covers: (given, needed) => given === needed,
  refusals: REFUSALS,
  expectError({ status, headers, body }, kind) {
    const [expected, code] = REFUSALS[kind];
    expect([status, body.code]).toEqual([expected, code]);
    const isByField = expected === 422 || expected === 409;
    expect(body).toEqual({
      status: "error",
      message: expected === 422 ? "The given data was invalid." : expect.stringMatching(/\S.{10,}/),
      code,
      ...(isByField ? { errors: expect.any(Object) } : {}),
    });
    for (const name of ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"]) {
      expect(headers.get(name), name).toMatch(/^\d+$/);
    }
    expect(headers.get("access-control-allow-origin")).toBe("*");
  },
  neededScope: ({ body }) => /lacks the scope (\S+)\.$/.exec(body.message)?.[1],
  notIds: ["abc", "1.5", "-1", "1e3", "'; drop table crm.leads; --", "9".repeat(30)],
  expectNoId: (answer) => leadhub.expectError(answer, "not_found"),
  codes: (document, schema) =>
    alternatives(document, schema).flatMap(({ properties }) => {
      const code = properties?.code as { const?: string } | undefined;
      return code?.const ?? [];
    }),
  message: ({ body }) => body.message,
  mistakes: ({ status, body }) => status === 422 ? mistakesOf(body.errors) : [],
  onlyTheServer: new RegExp([
    "^No [\\w ]+ with this (id|number)",
    "^Another \\w+( of the pipeline)? has this",
    "^Belongs to another request",
    "^Must be (a stage of the pipeline|another (key|pipeline|stage of the pipeline))",
    "^Must be active or inactive; ",
    "^Must be null for ",
    "^Must have a field that maps to ",
    "^Must not be the key of a field",
    "^Is required for select",
    "^Must be a phone number",
    "^Give html_body, text_body or both",
    "^(Unknown; |Cannot change; it is )",
    "^Must be (tls or starttls; none only|a host name|the secret itself|webhook; it is)",
    "^Must (not be before from|be a date or a time, such as)",
    "^The email signs in to another workspace already",
    "^The default pipeline stays it until",
  ].join("|")),
  tookAll: ({ status, body }) => {
    const warnings = body?.warnings ?? body?.data?.warnings ?? {};
    return status < 300 && Object.keys(warnings).length === 0;
  },
  isLoose: ({ id }) => LOOSE.has(id),
  record: ({ body }) => body.data,
  expectSuccess(operation, answer) {
    if (operation.id !== "takeLead") return expectSuccess(operation, answer);
    const { status, ...told } = answer.body;
    expect(status).toBe(answer.status === 201 ? "created" : "duplicate");
    expect(told).toEqual({ lead_id: expect.any(Number), is_duplicate: answer.status === 200 });
  },
  bodyLimit: () => 50 * KB,
  goodBody,
  plainBody: (operation, i) => goodBody(operation, i) as object,
  client,
  async limited(limit, used) {
    const { newKey, api } = await testWorkspace();
    const { id, key } = await newKey({ api: "leadhub", scopes: EVERYTHING, rateLimit: limit });
    await openNextWindow(asOwner, { subject: id, seconds: HOUR }, used);
    return new ApiClient(api.baseUrl, key);
  },
  async world(of, size) {
    const { workspace, api } = await client();
    const operations = (await leadhub.document()).operations();
    const world = new MadeWorld(workspace, api, operations);
    return await world.filled(of, size);
  },
  exampleWorld: (of) => leadhub.world(of, 1),
  provoke: ({ id }, { api }) => id === "submitForm" ? fromPages(api) : Promise.resolve([]),
  // A sender's own ids, such as a Facebook page's, are texts.
  isId: (_, name, schema) =>
    /(^|_)id$|^move_to$/.test(name) && schema.readOnly !== true &&
    !JSON.stringify(schema).includes('"string"'),
  idValue: Number,
  missing,
  idIn: (world, _, kind) => world.known[`${kind.replace(/s$/, "")}_id`]?.[0] ?? "",
  timeless: (text, id) =>
    text.replaceAll(new RegExp(`\\b${id}\\b`, "g"), "THE ID")
      .replaceAll(/"(id|contact_id)":\d+/g, '"$1"').replaceAll(/"\w+_at":"[^"]*"/g, '"at"'),
  readBack(api, { path }, target, { id }) {
    const at = path.replace(/\{(\w+)\}/g, (_, name: string) => target[name] ?? "");
    return api.get(`${at}/${id}`);
  },
  isKept: (field) => !NOT_KEPT.has(field),
};

/** Submissions of a public form from a web page, which go on at another one. */
async function fromPages(api: ApiClient): Promise<ApiResponse[]> {
  const { body: { data } } = await api.post("leadhub/api/v1/forms", {
    name: "Public",
    fields: [{ key: "email", type: "email" }],
    public: true,
    redirect_url: "https://example.com/thanks",
  });
  const [path, query] = String(data.submit_url).replace(/^.*\/v1\/leadhub/, "leadhub").split("?");
  const nobody = new ApiClient(api.baseUrl, null);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return [
    await nobody.send("POST", `${path}?${query}`, { raw: "email=a%40example.com", headers }),
    await nobody.send("POST", `${path}?${query}`, { body: { email: "b@example.com" } }),
  ];
}

/** The tables of kinds that have another name. */
const TABLES: Readonly<Record<string, string>> = {
  deliverys: "webhook_deliveries",
  runs: "automation_runs",
};

/** A number that is drawn and thrown away. */
async function missing(kind: string): Promise<string> {
  const [row] = await asOwner<{ number: string }>(
    "select nextval(pg_get_serial_sequence($1, 'number')) as number",
    [`crm.${TABLES[kind] ?? kind}`],
  );
  return String(row?.number);
}

async function client(limits: Limits = {}, options: KeyOptions = {}) {
  const workspace = await testWorkspace(limits);
  const all = { api: "leadhub" as const, scopes: EVERYTHING, rateLimit: 100_000, ...options };
  return { workspace, api: await workspace.apiWith(all) };
}

function mistakesOf(errors: Record<string, string[]>) {
  return Object.entries(errors).flatMap(([field, sentences]) =>
    sentences.map((message) => ({ field, message }))
  );
}

function expectSuccess({ id }: ContractOperation, { status, text, body }: ApiResponse): void {
  if (status === 204) return expect(text).toBe("");
  const isPage = Array.isArray(body.data) && id !== "listIntegrationTypes";
  expect(Object.keys(body)).toEqual(isPage ? ["data", "meta", "links"] : ["data"]);
}
