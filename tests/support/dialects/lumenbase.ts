import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { SCOPES } from "../../../shared/crm/scopes.ts";
import type { Json } from "../api-client.ts";
import { alternatives, ContractDocument, type Schema } from "../contract-document.ts";
import { provoke } from "../contract-provocations.ts";
import { examplesToMerge } from "../contract-merges.ts";
import { contractWorld, goodBody, oneMore } from "../contract-world.ts";
import { exampleWorld } from "../example-world.ts";
import { expectError } from "../expect-error.ts";
import { openNextMinute } from "../rate-windows.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "../workspace.ts";
import type { DialectWorld, Mistake, Target, TestDialect } from "./dialect.ts";
import { onlyTheServer } from "./only-the-server.ts";

const KB = 1024;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Where a record can be read by its id, when not at the path it was made at. */
const READ_AT: Record<string, string> = {
  "v1-public-contacts": "v1-public-contacts-crud",
  "v1-public-activities": "v1-public-activities-crud",
};
/** Fields that are read back in one form for everything that means the same. */
const FORMS = ["email", "phone", "domain", "company_domain", "country", "currency"];
/** And those that go elsewhere than into a field of the same name of the answer. */
const NOT_KEPT = new Set([...FORMS, "message", "company_name", "entity_email", "entity_domain"]);
/** Those that let in to another service, which no answer tells. */
const SECRET = new Set(["access_token", "refresh_token", "client_id", "client_secret"]);

const REFUSALS: TestDialect["refusals"] = {
  invalid: [400, "VALIDATION_ERROR"],
  unauthenticated: [401, "UNAUTHORIZED"],
  forbidden: [403, "FORBIDDEN"],
  not_found: [404, "NOT_FOUND"],
  method_not_allowed: [405, "METHOD_NOT_ALLOWED"],
  conflict: [409, "CONFLICT"],
  key_reused: [409, "IDEMPOTENCY_KEY_REUSED"],
  too_large: [413, "PAYLOAD_TOO_LARGE"],
  unsupported_type: [415, "UNSUPPORTED_MEDIA_TYPE"],
  limited: [429, "RATE_LIMIT_EXCEEDED"],
  failed: [500, "INTERNAL_ERROR"],
  payment_required: [403, "FORBIDDEN"],
  provider_failed: [503, "SERVICE_UNAVAILABLE"],
  unavailable: [503, "SERVICE_UNAVAILABLE"],
};

/** The native API, as its specification has it. */
export const lumenbase: TestDialect = {
  name: "Lumenbase",
  keys: "lumenbase",
  contract: "v1-public-openapi",
  page: "v1-public-docs",
  document: () => ContractDocument.fetched("v1-public-openapi"),
  scopes: SCOPES,
  everything: ["admin"],
  limit: { requests: 100, seconds: 60 },
  broad: ["read"],
  open: ["getContract", "signIn"],
  apart: ["getSession", "signOut", "listConsents", "connectByConsent"],
  covers(given, needed) {
    const [resource, verb] = needed.split(":");
    if (given === needed || given === "admin") return true;
    if (given === "read") return verb === "read";
    return (given === "contact_ingest" && resource === "contacts") ||
      (given === "activity_ingest" && resource === "activities");
  },
  refusals: REFUSALS,
  expectError: (answer, kind) => expectError(answer, ...REFUSALS[kind]),
  neededScope: ({ body }) => body.error.details.required_scope,
  notIds: ["042", "", "'; drop table crm.contacts; --", "01890a5d-ac96-774b-bcce-b302099a80570"],
  expectNoId(answer) {
    expectError(answer, ...REFUSALS.invalid);
    expect(answer.body.error.details.fields).toEqual([
      { field: "id", message: expect.stringContaining("UUID") },
    ]);
  },
  codes: (document, schema) =>
    alternatives(document, schema).flatMap(({ properties }) => {
      const error = properties?.error as { properties?: { code?: { const?: string } } } | undefined;
      return error?.properties?.code?.const ?? [];
    }),
  message: ({ body }) => body.error.message,
  mistakes({ body }) {
    const results: Json[] = (body?.data ?? body?.error.details)?.results ?? [];
    const errors: Json[] = results.length > 0
      ? results.flatMap(({ error }) => error ?? [])
      : [{ fields: body?.error?.details?.fields }];
    return errors.flatMap(({ fields = [] }): Mistake[] => fields);
  },
  onlyTheServer: onlyTheServer(),
  tookAll({ status, body }) {
    if (status === 207) return false;
    return status < 300 &&
      (body?.data.summary?.failed ?? 0) + (body?.data.summary?.skipped ?? 0) === 0;
  },
  isLoose: () => false,
  record: ({ body }) => body.data,
  expectSuccess({ id }, { body, text, headers }) {
    if (id.startsWith("handshake")) return expect(text).toBe("1158201444");
    expect(body.success).toBe(true);
    expect(body.meta).toMatchObject({
      request_id: headers.get("x-request-id"),
      api_version: "1",
    });
  },
  bodyLimit: ({ path }) => path.endsWith("-batch") ? 500 * KB : 50 * KB,
  goodBody,
  // An email or a domain that is there already names another record.
  plainBody(operation, i) {
    if (operation.resource === "contacts") return { first_name: "A", email: `a${i}@example.com` };
    return operation.resource === "companies" ? { name: "A" } : goodBody(operation, i) as object;
  },
  async client(limits = {}, options) {
    const workspace = await testWorkspace(limits);
    return { workspace, api: await workspace.apiWith({ scopes: ["admin"], ...options }) };
  },
  async limited(limit, used) {
    const { id, api } = await testWorkspace({ requests_per_minute: limit });
    await openNextMinute(asOwner, id, used);
    return api;
  },
  async world(of, size) {
    const { workspace, ids, known } = await contractWorld(of?.resource ?? "", size);
    return worldOf(workspace, known, ids);
  },
  exampleWorld: async () => worldOf(await exampleWorld(), {}, {}),
  provoke,
  isId: (document, _, schema) => isId(document, schema),
  idValue: (id) => id,
  missing: () => Promise.resolve(randomUUID()),
  idIn(world, operation) {
    const [target] = world.targets(operation);
    return target?.id ?? world.known.company_id?.[0] ?? "";
  },
  timeless: (text, id) =>
    text.replaceAll(id, "THE ID")
      .replaceAll(/"(request_id|timestamp|slug|token|url|\w+_at|invoice_number)":"[^"]*"/g, '"$1"')
      .replaceAll(UUID, "AN ID"),
  readBack: (api, { path }, _, { id }) => api.get(`${READ_AT[path] ?? path}?id=${id}`),
  isKept: (field) => !NOT_KEPT.has(field) && !SECRET.has(field),
};

function worldOf(
  workspace: TestWorkspace,
  known: DialectWorld["known"],
  ids: Record<string, readonly string[]>,
): DialectWorld {
  let made = 0;
  return {
    workspace,
    api: workspace.api,
    known,
    targets: ({ resource }) => (ids[resource] ?? []).map((id): Target => ({ id })),
    async fresh({ id, resource, parameters }): Promise<Target> {
      if (id === "mergeContacts") await examplesToMerge(workspace.id);
      if (!parameters.some(({ name }) => name === "id")) return {};
      return { id: await oneMore(workspace, resource, made++) };
    },
    ids: () => Object.values(ids).map(([first = ""]) => first),
    given({ id, resource }): Record<string, string> {
      if (!id.startsWith("handshake")) return {};
      const [contact = "", , activity = ""] = known.connector ?? [];
      return {
        connector: resource === "contacts" ? contact : activity,
        "hub.verify_token": "told",
        "hub.challenge": "1158201444",
      };
    },
  };
}

function isId(document: ContractDocument, schema: Schema): boolean {
  if (schema.format === "uuid") return true;
  const choices = [schema.anyOf, schema.oneOf, schema.allOf].flat() as unknown[];
  return choices.some((one) => one && isId(document, document.resolved<Schema>(one)));
}
