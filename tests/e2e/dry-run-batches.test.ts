import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { idOf } from "../support/links.ts";
import { NOBODY } from "../support/records.ts";
import { RESOURCES } from "../support/resources.ts";
import { snapshotOf } from "../support/snapshot.ts";
import { type Limits, testWorkspace } from "../support/workspace.ts";

/** A workspace, and a way to rehearse a POST in it that fails when anything changed. */
async function stage(limits: Limits = {}) {
  const workspace = await testWorkspace(limits);
  const rehearse = async (path: string, body: unknown) => {
    const before = await snapshotOf(workspace.id);
    const response = await workspace.api.post(`${path}?dry_run=true`, body, {
      "idempotency-key": "rehearsed",
    });
    expect(await snapshotOf(workspace.id)).toEqual(before);
    return response;
  };
  return { ...workspace, rehearse };
}

describe.each(RESOURCES)("a batch of $name", (one) => {
  const { name, resource, path, minimal, searched } = one;
  const url = `v1-public-${name}-batch`;

  test("answers each item's outcome, and then does the same", async () => {
    const { api, rehearse } = await stage();
    const id = idOf(await api.post(path, { ...minimal, [searched]: "Before" }));
    const patch = (to: string) => ({ action: "update", id, data: { [searched]: to } });
    const updates = resource.update ? [patch("Before"), patch("After"), patch("After")] : [];
    const items = [
      { data: minimal, client_ref: "new" },
      { data: { nonsense: 1 } },
      ...updates,
      { action: "delete", id },
      { action: "delete", id },
    ];
    const { status, body } = await rehearse(url, { items });
    expect(status).toBe(200);
    const changes = { [searched]: { from: "Before", to: "After" } };
    const outcomes = resource.update
      ? [
        { index: 2, status: "unchanged", id, changes: {} },
        { index: 3, status: "updated", id, changes },
        { index: 4, status: "unchanged", id, changes: {} },
      ]
      : [];
    const last = items.length - 1;
    expect(body.data.results).toEqual([
      { index: 0, status: "created", client_ref: "new" },
      { index: 1, status: "failed", error: expect.objectContaining({ code: "VALIDATION_ERROR" }) },
      ...outcomes,
      { index: last - 1, status: "deleted", id },
      { index: last, status: "failed", error: expect.objectContaining({ code: "NOT_FOUND" }) },
    ]);
    const real = await api.post(url, { items });
    expect(real.status).toBe(207);
    const statuses = (results: Json[]) =>
      results.map((result) => result.status === "unchanged" ? "updated" : result.status);
    expect(statuses(real.body.data.results)).toEqual(statuses(body.data.results));
  });

  test.each([{ atomic: true }, { stop_on_error: true }])("with %o", async (options) => {
    const { rehearse } = await stage();
    const good = await rehearse(url, { items: Array(100).fill({ data: minimal }), options });
    expect([good.status, good.body.data.summary.created]).toEqual([200, 100]);
    const items = [{ data: minimal }, { action: "delete", id: NOBODY }, { data: minimal }];
    const bad = await rehearse(url, { items, options });
    expect(bad.status).toBe("atomic" in options ? 400 : 200);
    const { results } = bad.body.data ?? bad.body.error.details;
    expect(results.map(({ status }: Json) => status)).toEqual(
      ["atomic" in options ? "skipped" : "created", "failed", "skipped"],
    );
  });
});

test("references within a batch are followed", async () => {
  const { rehearse } = await stage();
  const { status, body } = await rehearse("v1-public-tasks-batch", {
    items: [
      { resource: "companies", data: { name: "Acme", domain: "acme.com" }, client_ref: "acme" },
      { data: { title: "T", company_id: { ref: "acme" } } },
      { data: { title: "U", company_id: { ref: "acmee" } } },
    ],
  });
  expect(status).toBe(200);
  expect(body.data.results.map((result: Json) => result.status))
    .toEqual(["created", "created", "failed"]);
});

test("a batch of activities is refused from the item that would pass the daily cap", async () => {
  const { rehearse } = await stage({ activities_per_day: 1 });
  const note = { data: { type: "note" } };
  const { body } = await rehearse("v1-public-activities-batch", { items: [note, note] });
  expect(body.data.results.map((result: Json) => result.status)).toEqual(["created", "failed"]);
});

describe("contact ingest", () => {
  const INGEST = "v1-public-contacts";
  const jane = {
    email: "jane@example.com",
    first_name: "Jane",
    company_name: "Acme",
    message: "Call me",
  };

  test("of a new contact", async () => {
    const { api, rehearse } = await stage();
    const { status, body } = await rehearse(INGEST, jane);
    expect([status, body.data.dry_run, body.data.outcome]).toEqual([200, true, "created"]);
    expect(body.data.record).toMatchObject({ email: jane.email, first_name: "Jane" });
    expect(body.data).not.toHaveProperty("id");
    expect((await api.post(INGEST, jane)).status).toBe(201);
  });

  test("of a contact that is there", async () => {
    const { api, rehearse } = await stage();
    const id = idOf(await api.post(INGEST, jane));
    const { body } = await rehearse(INGEST, { email: "JANE@example.com", first_name: "Joan" });
    expect(body.data).toMatchObject({
      outcome: "updated",
      id,
      changes: { first_name: { from: "Jane", to: "Joan" } },
      record: { id, first_name: "Joan" },
    });
    const same = await rehearse(INGEST, { email: jane.email, first_name: "Jane" });
    expect(same.body.data).toMatchObject({ outcome: "unchanged", id, changes: {} });
  });

  test("that would be refused", async () => {
    const { api, rehearse } = await stage({ contacts_per_day: 1 });
    expect((await rehearse(INGEST, { email: "no" })).status).toBe(400);
    await api.post(INGEST, jane);
    const { status, body } = await rehearse(INGEST, { email: "other@example.com" });
    expect([status, body.error.details.limit]).toEqual([429, "contacts_per_day"]);
  });

  test("in a batch", async () => {
    const { api, rehearse } = await stage();
    const id = idOf(await api.post(INGEST, jane));
    const contacts = [
      { email: jane.email, first_name: "Joan" },
      { email: "new@example.com", company_name: "New Ltd", message: "hi" },
      { email: "no" },
      { email: jane.email, last_name: null },
    ];
    const { status, body } = await rehearse("v1-public-contacts-batch", { contacts });
    expect(status).toBe(200);
    expect(body.data.results.slice(0, 3)).toEqual([
      {
        index: 0,
        status: "updated",
        id,
        changes: { first_name: { from: "Jane", to: "Joan" } },
      },
      { index: 1, status: "created" },
      { index: 2, status: "failed", error: expect.objectContaining({ code: "VALIDATION_ERROR" }) },
    ]);
    expect(body.data.summary).toMatchObject({ total: 4, created: 1, failed: 1 });
    const stopped = await rehearse("v1-public-contacts-batch", {
      contacts: contacts.slice(1),
      options: { stop_on_error: true },
    });
    expect(stopped.body.data.summary).toMatchObject({ created: 1, failed: 1, skipped: 1 });
  });

  test("changes and deletes of contacts", async () => {
    const { api, id: workspaceId } = await stage();
    const id = idOf(await api.post(INGEST, jane));
    const before = await snapshotOf(workspaceId);
    const url = `v1-public-contacts-crud?id=${id}&dry_run=true`;
    const patched = await api.patch(url, { title: "Director" });
    expect(patched.body.data).toMatchObject({
      outcome: "updated",
      changes: { title: { from: null, to: "Director" } },
    });
    expect((await api.delete(url)).body.data).toMatchObject({ outcome: "deleted", id });
    expect(await snapshotOf(workspaceId)).toEqual(before);
  });
});
