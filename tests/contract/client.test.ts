import { beforeEach, describe, expect, expectTypeOf, inject, test } from "vitest";
import * as lumenbase from "../client/lumenbase.ts";
import { type TestWorkspace, testWorkspace } from "../support/workspace.ts";

let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await testWorkspace();
  lumenbase.defaults.baseUrl = `${inject("gatewayUrl")}/functions/v1`;
  lumenbase.defaults.headers = { Authorization: `Bearer ${workspace.api.key}` };
});

async function made(title: string): Promise<lumenbase.Deal> {
  const answer = await lumenbase.createDeal({ title, value: 1200.5 });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.data));
  return answer.data.data;
}

test("creates a record once, however often it is sent", async () => {
  const send = () =>
    lumenbase.ingestContact({ email: "jane@example.com", company_domain: "acme.com" }, {
      idempotencyKey: "form-1",
    });
  const first = await send();
  expect(first.status).toBe(201);
  expect(await send()).toMatchObject({ status: 201, data: first.data });
});

test("lists by cursor to the end", async () => {
  for (const title of ["a", "b", "c", "d", "e"]) await made(title);
  const titles: string[] = [];
  let cursor: string | undefined;
  do {
    const answer = await lumenbase.listDeals({
      perPage: 2,
      sortBy: "title",
      sortOrder: "asc",
      cursor,
    });
    if (answer.status !== 200 || !("items" in answer.data.data)) throw new Error("no page");
    const { items, pagination } = answer.data.data;
    titles.push(...items.map(({ title }) => title));
    cursor = pagination.next_cursor ?? undefined;
  } while (cursor !== undefined);
  expect(titles).toEqual(["a", "b", "c", "d", "e"]);
});

test("retrieves, changes and deletes a record", async () => {
  const { id } = await made("Renewal");
  const changed = await lumenbase.updateDeal(id, { value: null, probability: 80 });
  expect(changed).toMatchObject({ status: 200, data: { data: { value: null, probability: 80 } } });
  expect(await lumenbase.listDeals({ id })).toMatchObject({ data: { data: { probability: 80 } } });
  expect(await lumenbase.deleteDeal(id)).toMatchObject({ data: { data: { deleted: true, id } } });
  expect((await lumenbase.listDeals({ id })).status).toBe(404);
});

test("writes a batch whose items refer to each other", async () => {
  const answer = await lumenbase.batchCompanies({
    items: [
      { data: { name: "Acme" }, client_ref: "acme" },
      { resource: "deals", data: { title: "Renewal", company_id: { ref: "acme" } } },
    ],
    options: { atomic: true },
  });
  expect(answer).toMatchObject({ status: 201, data: { data: { summary: { created: 2 } } } });
});

test("makes a connector, and replays what it could not use once it is mended", async () => {
  const answer = await lumenbase.createConnector({
    name: "Form",
    target: "contact",
    field_map: { email: "mail" },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.data));
  const { id } = answer.data.data;
  const lead = { last_name: "Roe" };
  const failed = await lumenbase.ingestContact(lead, { connector: id });
  if (failed.status !== 400 || !("delivery_id" in failed.data.error.details)) {
    throw new Error(JSON.stringify(failed.data));
  }
  const delivery = failed.data.error.details.delivery_id;
  await lumenbase.updateConnector(id, { field_map: { last_name: "last_name" } });
  const replayed = await lumenbase.replayConnectorDelivery(delivery);
  expect(replayed).toMatchObject({ status: 201, data: { data: lead } });
  const listed = await lumenbase.listConnectorDeliveries({ connectorId: id, status: "accepted" });
  expect(listed).toMatchObject({ data: { data: { items: [{ id: delivery, attempts: 2 }] } } });
});

describe("an error", () => {
  test("has a type of its own for each status", async () => {
    const answer = await lumenbase.updateDeal("not-a-uuid", { title: "x" });
    expect(answer.status).toBe(400);
    if (answer.status !== 400) return;
    expectTypeOf(answer.data.error.code).toEqualTypeOf<"VALIDATION_ERROR">();
    expect(answer.data.error.details.fields.map(({ field }) => field)).toEqual(["id"]);
  });

  test("says which scope is missing", async () => {
    const key = await workspace.key({ scopes: ["tasks:read"] });
    const answer = await lumenbase.listDeals({}, { headers: { Authorization: `Bearer ${key}` } });
    if (answer.status !== 403) throw new Error(`it answered ${answer.status}`);
    expect(answer.data.error.details?.required_scope).toBe("deals:read");
  });
});

test("the compiler refuses what the server would", () => {
  // @ts-expect-error -- a deal has a title
  expectTypeOf(lumenbase.createDeal).toBeCallableWith({ value: 1 });
  // @ts-expect-error -- no such sort
  expectTypeOf(lumenbase.listDeals).toBeCallableWith({ sortBy: "secret" });
  // @ts-expect-error -- what a connector takes is not what ingest takes
  expectTypeOf(lumenbase.ingestContact).toBeCallableWith({ "q3_email": "a@example.com" });
  // @ts-expect-error -- a field map fills known fields
  expectTypeOf(lumenbase.updateConnector).toBeCallableWith("id", { field_map: { mail: "mail" } });
  expectTypeOf(lumenbase.createDeal).toBeCallableWith({ title: "A" });
});
