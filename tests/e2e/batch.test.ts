import { describe, expect, test } from "vitest";
import type { ApiClient, Json } from "../support/api-client.ts";
import { expectError } from "../support/expect-error.ts";
import { idOf } from "../support/links.ts";
import { openNextMinute } from "../support/rate-windows.ts";
import { expectMistakes, NOBODY } from "../support/records.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const DEALS = "v1-public-deals-batch";
const deal = (title: string) => ({ data: { title } });
const statuses = (results: Json[]) => results.map(({ status }) => status);
const titles = async (api: ApiClient) =>
  (await api.get("v1-public-deals?per_page=100&sort_by=title&sort_order=asc")).body.data.items
    .map(({ title }: Json) => title);

const FAILING: [string, Json][] = [
  ["is not valid", { data: { title: 5 } }],
  ["finds no record", { action: "update", id: NOBODY, data: { title: "x" } }],
  ["deletes no record", { action: "delete", id: NOBODY }],
  ["breaks a link", { data: { title: "x", company_id: NOBODY } }],
  ["has a value out of range", { data: { title: "x", stage: "No", pipeline_id: NOBODY } }],
  ["refers to nothing", { data: { title: "x", company_id: { ref: "nobody" } } }],
  ["is not allowed to", { resource: "tasks", data: { title: "x" } }],
];

describe.each(FAILING)("an item that %s", (_name, failing) => {
  const items = [deal("A"), deal("B"), failing, deal("C"), { ...deal("D"), client_ref: "d" }];
  const keyed = async () => {
    const workspace = await testWorkspace();
    const api = await workspace.apiWith({ scopes: ["deals:write", "deals:read"] });
    return { ...workspace, api };
  };

  test("fails alone", async () => {
    const { api } = await keyed();
    const { status, body } = await api.post(DEALS, { items });
    expect(status).toBe(207);
    expect(statuses(body.data.results)).toEqual([
      "created",
      "created",
      "failed",
      "created",
      "created",
    ]);
    expect(await titles(api)).toEqual(["A", "B", "C", "D"]);
  });

  test("with stop_on_error, ends the batch: what came before stays", async () => {
    const { api } = await keyed();
    const { status, body } = await api.post(DEALS, { items, options: { stop_on_error: true } });
    expect(status).toBe(207);
    expect(statuses(body.data.results)).toEqual([
      "created",
      "created",
      "failed",
      "skipped",
      "skipped",
    ]);
    expect(body.data.summary).toMatchObject({ total: 5, created: 2, failed: 1, skipped: 2 });
    expect(await titles(api)).toEqual(["A", "B"]);
  });

  test.each([{}, { stop_on_error: false }, { stop_on_error: true }])(
    "with atomic and %o, undoes the batch and says which item it was",
    async (others) => {
      const { api, id } = await keyed();
      const options = { atomic: true, ...others };
      const response = await api.post(DEALS, { items, options }, { "idempotency-key": "k" });
      expectError(response, 400, "VALIDATION_ERROR");
      const { results, summary } = response.body.error.details;
      expect(statuses(results)).toEqual(["skipped", "skipped", "failed", "skipped", "skipped"]);
      expect(results.some((result: Json) => "id" in result)).toBe(false);
      expect(summary).toMatchObject({ total: 5, created: 0, failed: 1, skipped: 4 });
      expect(await titles(api)).toEqual([]);
      const kept = await asOwner("select from crm.idempotency_keys where workspace_id = $1", [id]);
      expect(kept).toEqual([]);
      const next = { items: [deal("E")], options };
      expect((await api.post(DEALS, next, { "idempotency-key": "k" })).status).toBe(201);
    },
  );
});

test.each([{ stop_on_error: true }, { atomic: true }, {}])(
  "failed and skipped items keep their client_ref, so a client can find them: %o",
  async (options) => {
    const { api } = await testWorkspace();
    const refs = ["bad data", "bad item", "bad link"];
    const items = [
      { data: {}, client_ref: refs[0] },
      { actoin: "x", client_ref: refs[1] },
      { data: { title: "T", company_id: NOBODY }, client_ref: refs[2] },
      { data: {}, client_ref: 5 },
    ];
    const { body } = await api.post(DEALS, { items, options });
    const { results } = body.error.details;
    expect(results.map(({ client_ref }: Json) => client_ref)).toEqual([...refs, undefined]);
  },
);

test("atomic is all: 100 items are written together", async () => {
  const { api } = await testWorkspace();
  const items = Array(100).fill(deal("D"));
  const { status, body } = await api.post(DEALS, { items, options: { atomic: true } });
  expect([status, body.data.summary.created]).toEqual([201, 100]);
});

test.each([
  ["no items", { items: [] }, "items"],
  ["101 items", { items: Array(101).fill(deal("x")) }, "items"],
  ["items missing", {}, "items"],
  ["items not a list", { items: deal("x") }, "items"],
  ["an unknown field", { items: [deal("x")], itmes: [] }, "itmes"],
  ["an unknown option", { items: [deal("x")], options: { atomc: true } }, "options.atomc"],
  ["an option of the wrong type", { items: [deal("x")], options: { atomic: 1 } }, "options.atomic"],
  ["options null", { items: [deal("x")], options: null }, "options"],
])("refuses %s with 400", async (_name, batch, field) => {
  const { api } = await testWorkspace();
  expectMistakes(await api.post(DEALS, batch), [field]);
  expect(await titles(api)).toEqual([]);
});

test.each<[string, Json, string[]]>([
  ["an unknown action", { action: "put", data: {} }, ["action"]],
  ["an unknown resource", { resource: "contacts", data: {} }, ["resource"]],
  ["an unknown field", { ...deal("x"), dta: {} }, ["dta"]],
  ["an empty client_ref", { ...deal("x"), client_ref: "" }, ["client_ref"]],
  ["a client_ref of 256 characters", { ...deal("x"), client_ref: "x".repeat(256) }, ["client_ref"]],
  ["an id that is not one", { action: "delete", id: "42" }, ["id"]],
  ["no id to update", { action: "update", data: { title: "x" } }, ["id"]],
  ["nothing to change", { action: "update", id: NOBODY, data: {} }, ["data"]],
  ["no data", { action: "create" }, ["data.title"]],
  ["every mistake at once", { data: { title: "", value: "x", tilte: 1 } }, [
    "data.title",
    "data.value",
    "data.tilte",
  ]],
])("names what is wrong in an item with %s", async (_name, item, fields) => {
  const { api } = await testWorkspace();
  const response = await api.post(DEALS, { items: [item] });
  expectError(response, 400, "VALIDATION_ERROR");
  const [{ error }] = response.body.error.details.results;
  expect(error.fields.map(({ field }: Json) => field).toSorted()).toEqual(fields.toSorted());
});

test("a body of 500 KB is taken, one byte more is not", async () => {
  const { api } = await testWorkspace();
  const description = "x".repeat(4_900);
  const items = Array(100).fill({ data: { title: "T", description } });
  const raw = (bytes: number) => JSON.stringify({ items }).padEnd(bytes, " ");
  const send = (bytes: number) => api.send("POST", "v1-public-tasks-batch", { raw: raw(bytes) });
  expect((await send(500 * 1024)).status).toBe(201);
  expectError(await send(500 * 1024 + 1), 413, "PAYLOAD_TOO_LARGE");
});

test("items act in order: a record made, changed and deleted in one batch", async () => {
  const { api } = await testWorkspace();
  const company = (name: string) => ({ action: "upsert", data: { name, domain: "acme.com" } });
  const { status, body } = await api.post("v1-public-companies-batch", {
    items: [company("First"), company("Second"), { data: { name: "X", domain: "www.acme.com" } }],
  });
  expect([status, statuses(body.data.results)]).toEqual([201, ["created", "updated", "updated"]]);
  expect(new Set(body.data.results.map(({ id }: Json) => id)).size).toBe(1);
  const id = body.data.results[0].id;
  const again = await api.post("v1-public-companies-batch", {
    items: [
      { action: "update", id, data: { name: "Third" } },
      { action: "delete", id },
      { action: "update", id, data: { name: "Fourth" } },
      { action: "delete", id },
      company("New"),
    ],
  });
  expect([again.status, statuses(again.body.data.results)])
    .toEqual([207, ["updated", "deleted", "failed", "failed", "created"]]);
});

test("a conflict is of its item alone", async () => {
  const { api } = await testWorkspace();
  const invoice = (invoice_number: string) => ({ data: { invoice_number } });
  const { body } = await api.post("v1-public-invoices-batch", {
    items: [invoice("A"), invoice("A"), invoice("B")],
  });
  expect(statuses(body.data.results)).toEqual(["created", "failed", "created"]);
  expect(body.data.results[1].error).toMatchObject({
    code: "CONFLICT",
    fields: [{ field: "data.invoice_number", message: "Another invoice has this number." }],
  });
});

test("a batch costs one request of the rate limit", async () => {
  const { api, id: workspace } = await testWorkspace();
  await openNextMinute(asOwner, workspace);
  const { headers } = await api.post(DEALS, { items: Array(50).fill(deal("x")) });
  expect(headers.get("x-ratelimit-remaining")).toBe("99999");
  const id = idOf(await api.post("v1-public-deals", { title: "x" }));
  expect((await api.delete(`v1-public-deals?id=${id}`)).headers.get("x-ratelimit-remaining"))
    .toBe("99997");
});
