import { describe, expect, test } from "vitest";
import type { ApiClient, ApiResponse, Json } from "../support/api-client.ts";
import { lumenbase } from "../support/dialects/lumenbase.ts";
import { idOf, type Links, linksIn } from "../support/links.ts";
import { casesOf, goodRequest } from "../support/operation-requests.ts";
import { expectMistakes, NOBODY } from "../support/records.ts";
import type { Body } from "../support/resource-case.ts";
import { RESOURCES } from "../support/resources.ts";
import { snapshotOf } from "../support/snapshot.ts";
import { type Limits, type TestWorkspace, testWorkspace } from "../support/workspace.ts";

const KEY = { "idempotency-key": "rehearsed" };

/** A workspace, and a way to rehearse a write in it that fails when anything changed. */
async function stage(limits: Limits = {}) {
  const workspace: TestWorkspace = await testWorkspace(limits);
  const rehearse = async (method: string, path: string, body?: unknown): Promise<ApiResponse> => {
    const before = await snapshotOf(workspace.id);
    const query = `${path}${path.includes("?") ? "&" : "?"}dry_run=true`;
    const response = await workspace.api.send(method, query, { body, headers: KEY });
    expect(await snapshotOf(workspace.id)).toEqual(before);
    expect(response.headers.get("idempotency-replayed")).toBeNull();
    return response;
  };
  return { ...workspace, rehearse };
}

/** What a record has only once it is stored. */
function unstored({ id: _, created_at: _1, updated_at: _2, timestamp: _3, ...record }: Json) {
  return record;
}

describe.each(RESOURCES)("$name", (one) => {
  const { name, resource, path, records, minimal } = one;

  test("a create answers what it then makes", async () => {
    const workspace = await stage();
    const links: Links = await linksIn(workspace);
    for (const body of [minimal, one.full(links)]) {
      const { status, body: { data } } = await workspace.rehearse("POST", path, body);
      expect(status).toBe(200);
      const { record, ...rest } = data;
      expect(rest).toEqual({ dry_run: true, outcome: "created" });
      expect(Object.keys(record)).not.toContain("id");
      const real = await workspace.api.post(path, body);
      expect(real.status).toBe(201);
      expect(unstored(record)).toEqual(unstored(real.body.data));
    }
  });

  test("a delete answers the record that it then deletes", async () => {
    const { api, rehearse } = await stage();
    const id = idOf(await api.post(path, minimal));
    const record = (await api.get(`${records}?id=${id}`)).body.data;
    const { status, body } = await rehearse("DELETE", `${records}?id=${id}`);
    expect([status, body.data]).toEqual([200, { dry_run: true, outcome: "deleted", id, record }]);
    expect((await api.delete(`${records}?id=${id}`)).status).toBe(200);
  });

  test("what would be refused is refused alike", async () => {
    const { api, rehearse } = await stage();
    const links = Object.keys(resource.create.shape)
      .filter((field) => field.endsWith("_id") && field !== "entity_id");
    const requests: [string, string, Body?][] = [
      ["POST", path, { ...minimal, nonsense: 1 }],
      ...links.map((
        link,
      ): [string, string, Body] => ["POST", path, { ...minimal, [link]: NOBODY }]),
      ["DELETE", `${records}?id=${NOBODY}`],
      ["DELETE", `${records}?id=42`],
      ["POST", `v1-public-${name}-batch`, { items: [{ data: { nonsense: 1 } }] }],
    ];
    for (const [method, url, body] of requests) {
      const rehearsed = await rehearse(method, url, body);
      const real = await api.send(method, url, { body });
      expect(rehearsed.status).toBeGreaterThanOrEqual(400);
      expect([rehearsed.status, rehearsed.body.error]).toEqual([real.status, real.body.error]);
    }
  });
});

describe.each(RESOURCES.filter(({ resource }) => resource.update))("$name", (one) => {
  const { path, records } = one;

  test("an update answers the fields that it then changes, and nothing else", async () => {
    const workspace = await stage();
    const { api, rehearse } = workspace;
    const { body: { data: stored } } = await api.post(
      path,
      one.full(await linksIn(workspace, "a")),
    );
    const url = `${records}?id=${stored.id}`;
    const other = one.other(await linksIn(workspace, "b"));
    const { status, body } = await rehearse("PATCH", url, other);
    const changes = Object.fromEntries(
      Object.keys(other).map((field) => [field, { from: stored[field], to: other[field] }]),
    );
    const { record, ...rest } = body.data;
    expect([status, rest])
      .toEqual([200, { dry_run: true, outcome: "updated", id: stored.id, changes }]);
    const real = (await api.patch(url, other)).body.data;
    expect(unstored(record)).toEqual(unstored(real));
    const again = await rehearse("PATCH", url, other);
    expect(again.body.data).toMatchObject({
      outcome: "unchanged",
      changes: {},
      record: unstored(real),
    });
  });
});

test("an upsert by domain answers what it would change", async () => {
  const { api, rehearse } = await stage();
  const acme = { name: "Acme", domain: "acme.com", city: "Berlin" };
  const id = idOf(await api.post("v1-public-companies", acme));
  const changed = await rehearse("POST", "v1-public-companies", { ...acme, city: null });
  expect(changed.body.data).toMatchObject({
    outcome: "updated",
    id,
    changes: { city: { from: "Berlin", to: null } },
  });
  const same = await rehearse("POST", "v1-public-companies", { ...acme, domain: "www.ACME.com" });
  expect([same.status, same.body.data.outcome, same.body.data.changes])
    .toEqual([200, "unchanged", {}]);
});

test("conflicts and daily limits are answered as they would be", async () => {
  const { api, rehearse } = await stage({ activities_per_day: 1 });
  await api.post("v1-public-invoices", { invoice_number: "A" });
  expect((await rehearse("POST", "v1-public-invoices", { invoice_number: "A" })).status).toBe(409);
  const note = () => rehearse("POST", "v1-public-activities", { type: "note" });
  expect([(await note()).status, (await note()).status]).toEqual([200, 200]);
  await api.post("v1-public-activities", { type: "note" });
  const refused = await note();
  expect([refused.status, refused.body.error.details.limit]).toEqual([429, "activities_per_day"]);
});

test("a made-up invoice number is not used up", async () => {
  const { api, rehearse } = await stage();
  const rehearsed = await rehearse("POST", "v1-public-invoices", {});
  const real = await api.post("v1-public-invoices", {});
  expect(rehearsed.body.data.record.invoice_number).toBe(real.body.data.invoice_number);
});

describe("idempotency keys", () => {
  const send = (api: ApiClient, query: string, body: Body) =>
    api.post(`v1-public-deals${query}`, body, KEY);

  test("are not taken by a dry run: the write with the same key is made", async () => {
    const { api } = await testWorkspace();
    await send(api, "?dry_run=true", { title: "D" });
    const real = await send(api, "", { title: "D" });
    expect([real.status, real.headers.get("idempotency-replayed")]).toEqual([201, null]);
    const after = await send(api, "?dry_run=true", { title: "Other" });
    expect([after.status, after.body.data.outcome]).toEqual([200, "created"]);
  });
});

test("dry_run=false writes", async () => {
  const { api } = await testWorkspace();
  expect((await api.post("v1-public-deals?dry_run=false", { title: "D" })).status).toBe(201);
  expect((await api.get("v1-public-deals")).body.data.pagination.total).toBe(1);
});

// A sender adds what it likes to the address of its handshake.
const strict = casesOf((await lumenbase.document()).operations())
  .filter(({ operation: { id, scope } }) =>
    scope !== null && !id.startsWith("handshake") && !lumenbase.apart?.includes(id)
  );

const shared = lumenbase.world(null, 0);

describe.each(strict)("$name", (one) => {
  test("refuses a dry_run that is neither true nor false, and on GET any", async () => {
    const world = await shared;
    const { method } = one.operation;
    const { path, body } = await goodRequest(lumenbase, world, one, 1_000);
    const before = await snapshotOf(world.workspace.id);
    const values = method === "GET"
      ? ["true", "false"]
      : ["maybe", "1", "TRUE", "true&dry_run=true"];
    for (const value of values) {
      const url = `${path}${path.includes("?") ? "&" : "?"}dry_run=${value}`;
      const response = await world.api.send(method, url, { body });
      expect(expectMistakes(response, ["dry_run"])).toHaveLength(1);
    }
    expect(await snapshotOf(world.workspace.id)).toEqual(before);
  });
});
