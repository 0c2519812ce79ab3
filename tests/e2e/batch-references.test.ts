import { describe, expect, test } from "vitest";
import type { ApiResponse, Json } from "../support/api-client.ts";
import { NOBODY } from "../support/records.ts";
import { testWorkspace } from "../support/workspace.ts";

const TASKS = "v1-public-tasks-batch";
const acme = { resource: "companies", data: { name: "Acme" }, client_ref: "acme" };
const task = (company_id: Json) => ({ data: { title: "T", company_id } });

/** The results of a batch, also of one that wrote nothing. */
const resultsOf = ({ body }: ApiResponse): Json[] => (body.data ?? body.error.details).results;

test("items refer to earlier items, over several resources and steps", async () => {
  const { api } = await testWorkspace();
  const response = await api.post(TASKS, {
    items: [
      acme,
      {
        resource: "deals",
        data: { title: "Deal", company_id: { ref: "acme" } },
        client_ref: "deal",
      },
      { data: { title: "T1", company_id: { ref: "acme" }, deal_id: { ref: "deal" } } },
      { resource: "invoices", data: { company_id: { ref: "acme" }, deal_id: { ref: "deal" } } },
      { resource: "activities", data: { type: "note", entity_id: { ref: "deal" } } },
      { data: { title: "T2" }, client_ref: "second" },
    ],
  });
  expect(response.status, response.text).toBe(201);
  const [company, deal, first, invoice, activity] = resultsOf(response).map(({ id }) => id);
  const read = async (path: string, id: string) => (await api.get(`${path}?id=${id}`)).body.data;
  const links = { company_id: company, deal_id: deal };
  expect(await read("v1-public-deals", deal)).toMatchObject({ company_id: company });
  expect(await read("v1-public-tasks", first)).toMatchObject(links);
  expect(await read("v1-public-invoices", invoice)).toMatchObject(links);
  expect(await read("v1-public-activities-crud", activity)).toMatchObject({ deal_id: deal });
});

test("an update refers to an item made just before, and to one that was updated", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post("v1-public-tasks", { title: "T" });
  const { id } = body.data;
  const response = await api.post(TASKS, {
    items: [
      acme,
      { action: "update", id, data: { company_id: { ref: "acme" } }, client_ref: "task" },
      { action: "update", id, data: { title: "U" } },
    ],
    options: { atomic: true },
  });
  expect(response.status, response.text).toBe(201);
  const after = (await api.get(`v1-public-tasks?id=${id}`)).body.data;
  expect(after).toMatchObject({ title: "U", company_id: resultsOf(response)[0].id });
});

describe("a reference", () => {
  const failed = "The item with this client_ref failed.";
  const none = "No earlier item has this client_ref.";

  test.each<[string, Json[], string]>([
    ["to an item that is not valid", [{ ...acme, data: {} }, task({ ref: "acme" })], failed],
    [
      "to an item that was refused by the database",
      [
        { resource: "deals", data: { title: "D", company_id: NOBODY }, client_ref: "acme" },
        task({ ref: "acme" }),
      ],
      failed,
    ],
    [
      "to an item that found no record",
      [{ action: "delete", id: NOBODY, client_ref: "acme" }, task({ ref: "acme" })],
      failed,
    ],
    ["to no item", [task({ ref: "acme" })], none],
    ["to a later item", [task({ ref: "acme" }), acme], none],
    ["to itself", [{ ...task({ ref: "acme" }), client_ref: "acme" }], none],
    ["in another case", [acme, task({ ref: "ACME" })], none],
  ])("%s fails, and names its field", async (_name, items, message) => {
    const { api } = await testWorkspace();
    const results = resultsOf(await api.post(TASKS, { items }));
    const result = results[items.findIndex(({ data }) => data?.company_id?.ref)];
    expect(result.status).toBe("failed");
    expect(result.error).toMatchObject({
      code: "VALIDATION_ERROR",
      fields: [{ field: "data.company_id.ref", message }],
    });
  });

  test.each<[string, Json, string]>([
    ["to a record of another kind", { deal_id: { ref: "acme" } }, "data.deal_id"],
    ["that is no text", { company_id: { ref: 1 } }, "data.company_id"],
    ["with more than ref", { company_id: { ref: "acme", x: 1 } }, "data.company_id"],
    ["in a field that is no link", { title: { ref: "acme" } }, "data.title"],
  ])("%s fails", async (_name, fields, field) => {
    const { api } = await testWorkspace();
    const items = [acme, { data: { title: "T", ...fields } }];
    const [, result] = resultsOf(await api.post(TASKS, { items }));
    expect(result).toMatchObject({ status: "failed", error: { code: "VALIDATION_ERROR" } });
    expect(result.error.fields[0].field).toBe(field);
  });

  test("to a deleted record is a link to nothing", async () => {
    const { api } = await testWorkspace();
    const { body } = await api.post("v1-public-companies", { name: "Gone" });
    const gone = { action: "delete", resource: "companies", id: body.data.id, client_ref: "gone" };
    const response = await api.post(TASKS, { items: [gone, task({ ref: "gone" })] });
    expect(resultsOf(response)[1].error.fields).toEqual([
      { field: "data.company_id", message: "No company with this id." },
    ]);
  });
});

test("a client_ref belongs to one item: the second of its name fails", async () => {
  const { api } = await testWorkspace();
  const other = { ...acme, data: { name: "Other" } };
  const response = await api.post(TASKS, { items: [acme, other, task({ ref: "acme" }), other] });
  const results = resultsOf(response);
  expect(results.map(({ status }) => status)).toEqual(["created", "failed", "created", "failed"]);
  for (const index of [1, 3]) expect(results[index].error.fields[0].field).toBe("client_ref");
  const { body } = await api.get(`v1-public-tasks?id=${results[2].id}`);
  expect(body.data.company_id).toBe(results[0].id);
});

test("an item of another resource needs that one's scope", async () => {
  const workspace = await testWorkspace();
  const api = await workspace.apiWith({ scopes: ["tasks:write", "companies:write", "deals:read"] });
  const items = [
    acme,
    { resource: "deals", data: { title: "D" }, client_ref: "deal" },
    { resource: "tasks", data: { title: "T", deal_id: { ref: "deal" } } },
    task({ ref: "acme" }),
  ];
  const results = resultsOf(await api.post(TASKS, { items }));
  expect(results.map(({ status }) => status)).toEqual(["created", "failed", "failed", "created"]);
  expect(results[1].error.code).toBe("FORBIDDEN");
  expect(results[1].error.message).toContain("deals:write");
  expect(results[2].error.fields[0].message).toContain("failed");
});
