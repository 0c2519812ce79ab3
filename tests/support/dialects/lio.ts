import { randomInt } from "node:crypto";
import { expect } from "vitest";
import { RIGHTS } from "../../../shared/dialects/lio/access.ts";
import { ApiClient } from "../api-client.ts";
import { ContractDocument, type ContractOperation } from "../contract-document.ts";
import { FUNCTIONS_ENVIRONMENT } from "../functions-environment.ts";
import { roleFor, strangersToken } from "../lio.ts";
import { giveCredits } from "../ledgers.ts";
import { openNextWindow } from "../rate-windows.ts";
import { asOwner, type KeyOptions, type Limits, testWorkspace } from "../workspace.ts";
import type { TestDialect } from "./dialect.ts";
import { MANY_CREDITS } from "./lio-credits.ts";
import { isOfDashboard, ownDashboard } from "./lio-dashboards.ts";
import { sendsMail } from "./lio-drafts.ts";
import { giveExport } from "./lio-exports.ts";
import { provoked } from "./lio-provocations.ts";
import { readBack } from "./lio-read-back.ts";
import { FILE_LIMITS, ownFile } from "./lio-files.ts";
import { NOT_KEPT } from "./lio-not-kept.ts";
import { ONLY_THE_SERVER } from "./lio-mistakes.ts";
import { ownNumber } from "./lio-voice.ts";
import { giveMailAccount, isOfMailbox, isOfMessage, ownAddress } from "./lio-mailboxes.ts";
import { LioMadeWorld } from "./lio-world.ts";
import { goodBody } from "./made-world.ts";

const MINUTE = 60;
const KB = 1024;
const SCOPES = ["read", "review", "own", "write", "manage", "admin"];
const USER_LIMIT = Number(FUNCTIONS_ENVIRONMENT.LUMENBASE_USER_REQUESTS_PER_MINUTE);
const REFUSALS: TestDialect["refusals"] = {
  invalid: [422, "validation_error"],
  unauthenticated: [401, "authentication_error"],
  forbidden: [403, "permission_error"],
  not_found: [404, "not_found"],
  method_not_allowed: [405, "method_not_allowed"],
  conflict: [409, "conflict"],
  key_reused: [409, "conflict"],
  too_large: [413, "payload_too_large"],
  unsupported_type: [415, "unsupported_media_type"],
  limited: [429, "rate_limit_error"],
  failed: [500, "server_error"],
  payment_required: [402, "payment_required"],
  provider_failed: [502, "provider_error"],
  unavailable: [503, "service_unavailable"],
};

/** LIO, as its reference has it. What is wrong with a path or a query is another error than with a body. */
export const lio: TestDialect = {
  name: "LIO",
  keys: "lio",
  contract: "lio/openapi.json",
  page: "lio/docs",
  document: () => ContractDocument.fetched("lio/openapi.json"),
  scopes: SCOPES,
  everything: ["admin"],
  limit: { requests: 600, seconds: MINUTE },
  userLimit: USER_LIMIT,
  broad: [],
  open: ["login", "getBooking", "getBookingAvailability", "confirmBooking"]
    .concat("trackClick", "trackOpen", "getReference", "getContract"),
  apart: ["logout"],
  invalidRequest: 400,
  covers(given, needed, operation) {
    const rights = RIGHTS[roleFor([given])];
    // Whoever only reads also sees the page of a form.
    if (operation === "submitWebForm" && !rights.includes("write")) return false;
    return given === needed || rights.some((right) => right === needed);
  },
  refusals: REFUSALS,
  expectError({ status, headers, body }, kind) {
    const [expected, type] = REFUSALS[kind];
    const isOfRequest = kind === "invalid" && status === 400;
    expect([status, body.error.type])
      .toEqual(isOfRequest ? [400, "invalid_request"] : [expected, type]);
    expect(body).toMatchObject({
      success: false,
      error: { message: expect.stringMatching(/\S.{8,}/) },
    });
    expect(body.error).toHaveProperty("code");
    expect("fields" in body.error).toBe(kind === "invalid");
    for (const name of ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"]) {
      expect(headers.get(name), name).toMatch(/^\d+$/);
    }
    expect(headers.get("access-control-allow-origin")).toBe("*");
  },
  neededScope: ({ body }) => /lacks the (?:scope|right) (\S+)\.$/.exec(body.error.message)?.[1],
  // Some take 0 for those that the body chooses.
  notIds: ["abc", "1.5", "-1", "1e3", "'; drop table crm.leads; --"],
  expectNoId: (answer) => {
    if (isOfDashboard(answer) || isOfMessage(answer)) return;
    lio.expectError(answer, "invalid");
    expect(answer.status).toBe(400);
  },
  codes: null,
  message: ({ body }) => body.error.message,
  mistakes: ({ body }) => body?.error?.fields ?? [],
  onlyTheServer: ONLY_THE_SERVER,
  tookAll: ({ status }) => status < 300,
  isLoose: ({ id }) => id === "submitWebForm" || id === "confirmBooking",
  record: ({ body }) => body.data,
  expectSuccess(_, { headers, text, body }) {
    if (headers.get("content-type") === "text/html; charset=utf-8") {
      expect(text).toMatch(/^<!doctype html>\n<html lang="en">/);
      return;
    }
    if (headers.get("content-type") === "text/csv; charset=utf-8") {
      expect(text).toMatch(/^id\r\n/);
      return;
    }
    expect(body.success).toBe(true);
    expect(body.message).toMatch(/\w/);
    const isPage = Array.isArray(body.data);
    const names = ["success", "message", "data", ...isPage ? ["total", "page", "limit"] : []];
    expect(Object.keys(body)).toEqual(expect.arrayContaining(names));
  },
  bodyLimit: ({ id }) => FILE_LIMITS[id] ?? 500 * KB,
  goodBody: (operation, i) => ownOf(operation, ownFile(goodBody(operation, i), i), i),
  plainBody: (operation, i) => ({
    ...ownOf(operation, goodBody(operation, i), i),
    // A lead has each field once.
    ...(operation.id === "defineCustomField" ? { field_name: `plan ${i}` } : {}),
  }),
  client,
  async limited(limit, used) {
    const { newKey, api } = await testWorkspace();
    const { id, key } = await newKey({ api: "lio" });
    await openNextWindow(asOwner, { subject: id, seconds: MINUTE }, USER_LIMIT - limit + used);
    return new ApiClient(api.baseUrl, key);
  },
  unknownKey: () => strangersToken(),
  async world(of, size) {
    const { workspace, api } = await client();
    const operations = (await lio.document()).operations();
    const world = new LioMadeWorld(workspace, api, operations);
    return await world.filled(of, size);
  },
  exampleWorld: (of) => lio.world(of, 1),
  async give(operation, world, target, api) {
    const { id } = operation;
    if (isOfMailbox(operation) || sendsMail(operation)) await giveMailAccount(world, api);
    if (id === "downloadExport") await giveExport(world, String(target.id), api);
  },
  provoke: (of, world) => provoked(of, world, of.body && lio.goodBody(of), client),
  isId: (_, name, schema) =>
    name.endsWith("_id") && !/^(role|state|base_role|organization)_id$/.test(name) &&
    schema.readOnly !== true,
  idValue: Number,
  // The numbers of records begin at a million.
  missing: () => Promise.resolve(String(randomInt(9_000_000, 10_000_000))),
  idIn: (world, operation, kind) => {
    const named = (world.known[`own_${kind}`] ?? world.known[`${kind.replace(/s$/, "")}_id`])?.[0];
    // What names a message is no number.
    const own = Object.values(world.targets(operation).at(-1) ?? {})
      .find((one) => /^\d+$/.test(one));
    return named ?? own ?? world.known.user_id?.[0] ?? "";
  },
  timeless: (text, id) =>
    text.replaceAll(new RegExp(`\\b${id}\\b`, "g"), "THE ID")
      .replaceAll(/"(\w*id)":\d+/g, '"$1"').replaceAll(/"\w+_at":"[^"]*"/g, '"at"')
      .replaceAll(/-\d+\.csv"/g, '.csv"'),
  readBack: (api, { path }, _, record) => readBack(api, path, record),
  isKept: (field) => !NOT_KEPT.has(field),
};

/** A body with what no two records may have alike. */
function ownOf(operation: ContractOperation, body: unknown, i?: number): object {
  const addressed = ownAddress(operation, body, i ?? 0);
  return ownNumber(operation, ownDashboard(operation, addressed, i), i);
}

async function client(limits: Limits = {}, options: KeyOptions = {}) {
  const workspace = await testWorkspace(limits);
  await giveCredits(workspace.id, MANY_CREDITS);
  return { workspace, api: await workspace.apiWith({ api: "lio", ...options }) };
}
