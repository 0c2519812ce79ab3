import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectError } from "../support/expect-error.ts";
import { idOf, linksIn } from "../support/links.ts";
import { NOBODY, variant } from "../support/records.ts";
import { RESOURCES } from "../support/resources.ts";
import { testWorkspace } from "../support/workspace.ts";

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);

/** The counts of a batch; those that are not given are zero. */
function summary(counts: Json) {
  const zero = { created: 0, updated: 0, unchanged: 0, deleted: 0, failed: 0, skipped: 0 };
  return { ...zero, ...counts };
}

describe.each(RESOURCES)("a batch of $name", (one) => {
  const { name, resource, path, records, minimal, searched } = one;
  const url = `v1-public-${name}-batch`;
  const updatable = resource.update !== undefined;

  test("creates, updates, upserts and deletes in one request, in order", async () => {
    const workspace = await testWorkspace();
    const { api } = workspace;
    const links = await linksIn(workspace);
    const { body: { data: old } } = await api.post(path, minimal);
    const gone = idOf(await api.post(path, minimal));
    const changes = { [searched]: "Changed" };
    const items = [
      { action: "create", data: one.full(links), client_ref: "new" },
      { data: minimal, client_ref: "action is create unless it says so" },
      { action: "upsert", data: minimal },
      { action: "delete", id: gone, client_ref: "gone" },
      ...(updatable
        ? [
          { action: "update", id: old.id, data: changes, client_ref: "changed" },
          { action: "upsert", id: old.id, data: changes },
        ]
        : []),
    ];
    const { status, body } = await api.post(url, { items });
    expect(status).toBe(201);
    expect(body.data.results).toEqual([
      { index: 0, status: "created", id: UUID, client_ref: "new" },
      { index: 1, status: "created", id: UUID, client_ref: items[1]!.client_ref },
      { index: 2, status: "created", id: UUID },
      { index: 3, status: "deleted", id: gone, client_ref: "gone" },
      ...(updatable
        ? [
          { index: 4, status: "updated", id: old.id, client_ref: "changed" },
          { index: 5, status: "updated", id: old.id },
        ]
        : []),
    ]);
    const updated = updatable ? 2 : 0;
    expect(body.data.summary)
      .toEqual(summary({ total: items.length, created: 3, deleted: 1, updated }));
    const full = one.full(links);
    const made = await api.get(`${records}?id=${body.data.results[0].id}`);
    expect(made.body.data).toMatchObject(one.answered?.(full, links) ?? full);
    expect((await api.get(`${records}?id=${gone}`)).status).toBe(404);
    const after = (await api.get(`${records}?id=${old.id}`)).body.data;
    const { unmatched: _, ...stored } = old;
    const expected = updatable ? { ...changes, updated_at: after.updated_at } : {};
    expect(after).toEqual({ ...stored, ...expected });
  });

  test("an item that is wrong in the middle of 100 spoils no other", async () => {
    const workspace = await testWorkspace();
    const links = [await linksIn(workspace, "first"), await linksIn(workspace, "second")];
    const known = (await workspace.api.get(records)).body.data.pagination.total;
    const items: Json[] = Array.from({ length: 100 }, (_, i) => ({
      data: variant(one, i, links),
      client_ref: `item ${i}`,
    }));
    const wrong: Record<number, Json> = {
      20: { data: { ...minimal, nonsense: 1 } },
      40: { action: "delete", id: NOBODY },
      41: "not an object",
      50: { action: "create", id: NOBODY, data: minimal },
      60: { action: "destroy" },
      61: { data: { ...minimal, [searched]: "a\0b" } },
      62: { action: "delete", id: NOBODY, data: {} },
      63: { action: "delete" },
      64: { action: "update", data: { [searched]: "x" } },
      99: { data: [] },
    };
    const given = items.map((item, i) => wrong[i] ?? item);
    const { status, body } = await workspace.api.post(url, { items: given });
    expect(status).toBe(207);
    const { results } = body.data;
    const failed = results.filter((result: Json) => result.status === "failed");
    const indices = failed.map(({ index }: Json) => String(index));
    expect(indices).toEqual(Object.keys(wrong));
    expect(body.data.summary.failed + body.data.summary.created).toBe(100);
    expect(results.map(({ index }: Json) => index)).toEqual(items.map((_, i) => i));
    for (const { error } of failed) expect(error.message).toMatch(/\S.{10,}/);
    expect(results[40].error).toMatchObject({ code: "NOT_FOUND" });
    expect(results[20].error.fields).toEqual([
      { field: "data.nonsense", message: expect.any(String) },
    ]);
    const { body: list } = await workspace.api.get(records);
    expect(list.data.pagination.total).toBe(known + body.data.summary.created);
  });

  test("updates, of a record that is not there: 404 for the item", async () => {
    const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
    const foreign = idOf(await theirs.api.post(path, minimal));
    const action = updatable ? "update" : "delete";
    const data = updatable ? { data: { [searched]: "x" } } : {};
    const items = [{ action, id: foreign, ...data }, { action, id: NOBODY, ...data }];
    const response = await mine.api.post(url, { items });
    expectError(response, 400, "VALIDATION_ERROR");
    const errors = response.body.error.details.results.map(({ error }: Json) => error);
    expect(errors.map(({ code }: Json) => code)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
    expect(errors[0].message.replace(foreign, "")).toBe(errors[1].message.replace(NOBODY, ""));
    expect((await theirs.api.get(`${records}?id=${foreign}`)).status).toBe(200);
  });

  test("20 parallel retries with one idempotency key write it once", async () => {
    const { api } = await testWorkspace();
    const items = [{ data: minimal }, { action: "delete", id: NOBODY }, { data: minimal }];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.post(url, { items }, { "idempotency-key": "batch" })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(207));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await api.get(records)).body.data.pagination.total).toBe(2);
  });
});

test("an activity cannot be updated in a batch either", async () => {
  const { api } = await testWorkspace();
  const id = idOf(await api.post("v1-public-activities", { type: "note" }));
  const items = ["update", "upsert"].map((action) => ({ action, id, data: { title: "x" } }));
  const response = await api.post("v1-public-activities-batch", { items });
  expectError(response, 400, "VALIDATION_ERROR");
  for (const { error } of response.body.error.details.results) {
    expect(error.fields).toEqual([{ field: "action", message: expect.stringContaining("delete") }]);
  }
});
