import { describe, expect, test } from "vitest";
import { idOf, linksIn } from "../support/links.ts";
import {
  expectMistakes,
  expectRecord,
  fieldGroups,
  isNullable,
  NOBODY,
} from "../support/records.ts";
import type { Body, ResourceCase } from "../support/resource-case.ts";
import { RESOURCES } from "../support/resources.ts";
import { testWorkspace } from "../support/workspace.ts";

const UPDATABLE = RESOURCES.filter(({ resource }) => resource.update !== undefined);

async function recordOf(one: ResourceCase) {
  const workspace = await testWorkspace();
  const links = await linksIn(workspace, "first");
  const others = await linksIn(workspace, "second");
  const { body } = await workspace.api.post(one.path, one.full(links));
  const url = `${one.records}?id=${body.data.id}`;
  return { ...workspace, url, stored: body.data as Body, other: one.other(others) };
}

describe.each(UPDATABLE)("$name", (one) => {
  const { resource, records } = one;
  const { shape } = resource.update!;

  test.each(fieldGroups(one))(
    "PATCH of %s sets it, and every other field stays",
    async (...fields) => {
      const { api, url, stored, other } = await recordOf(one);
      const given = Object.fromEntries(fields.map((field) => [field, other[field]]));
      const { status, body, text } = await api.patch(url, given);
      expect(status, text).toBe(200);
      expect(body.data).toEqual({ ...stored, ...given, updated_at: expect.any(String) });
      expect(body.data.updated_at > stored.updated_at).toBe(true);
      expectRecord(resource, body.data);
      expect((await api.get(url)).body.data).toEqual(body.data);
    },
  );

  const nullable = Object.keys(shape).filter((field) => isNullable(shape, field));
  const others = Object.keys(shape).filter((field) => !nullable.includes(field));

  test.each(nullable)("PATCH of %s with null clears it", async (field) => {
    const { api, url, stored } = await recordOf(one);
    const { status, body, text } = await api.patch(url, { [field]: null });
    expect(status, text).toBe(200);
    expect(body.data).toEqual({ ...stored, [field]: null, updated_at: body.data.updated_at });
    expect((await api.get(url)).body.data).toEqual(body.data);
  });

  test.each(others)("PATCH of %s with null is refused", async (field) => {
    const { api, url, stored } = await recordOf(one);
    expectMistakes(await api.patch(url, { [field]: null }), [field]);
    expect((await api.get(url)).body.data).toEqual(stored);
  });

  test("a field is cleared by null exactly when a create takes null for it", () => {
    for (const field of Object.keys(shape)) {
      expect(isNullable(shape, field), field).toBe(isNullable(resource.create.shape, field));
    }
    expect(Object.keys(shape)).toEqual(Object.keys(resource.create.shape));
  });

  test("PATCH of every field at once", async () => {
    const { api, url, stored, other } = await recordOf(one);
    const { status, body } = await api.patch(url, other);
    expect(status).toBe(200);
    expect(body.data).toEqual({ ...stored, ...other, updated_at: body.data.updated_at });
  });

  test("an empty PATCH is refused and says what could be given", async () => {
    const { api, url, stored } = await recordOf(one);
    const [message] = expectMistakes(await api.patch(url, {}), ["body"]);
    for (const field of Object.keys(shape)) expect(message).toContain(field);
    expect((await api.get(url)).body.data).toEqual(stored);
  });

  test("PATCH names every mistake at once, and changes nothing", async () => {
    const { api, url, stored } = await recordOf(one);
    const wrong = Object.fromEntries(Object.keys(shape).map((field) => [field, [{}]]));
    const { status, body } = await api.patch(`${url}&dryrun=1`, { ...wrong, id: NOBODY, nmae: 1 });
    expect(status).toBe(400);
    const named = new Set(
      body.error.details.fields.map(({ field }: Body) => field.split(/[.[]/)[0]),
    );
    expect([...named].toSorted()).toEqual(
      [...Object.keys(shape), "dryrun", "id", "nmae"].toSorted(),
    );
    expect((await api.get(url)).body.data).toEqual(stored);
  });

  test("PATCH needs an id, and answers 404 for one that no record has", async () => {
    const { api } = await testWorkspace();
    expectMistakes(await api.patch(records, { [one.searched]: "x" }), ["id"]);
    expect((await api.patch(`${records}?id=${NOBODY}`, { [one.searched]: "x" })).status).toBe(404);
  });

  test("20 parallel PATCHes of different fields all stay", async () => {
    const { api, url, stored, other } = await recordOf(one);
    const groups = fieldGroups(one).map((fields) =>
      Object.fromEntries(fields.map((field) => [field, other[field]]))
    );
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => api.patch(url, groups[i % groups.length])),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const after = (await api.get(url)).body.data;
    expect(after).toEqual({ ...stored, ...other, updated_at: after.updated_at });
  });
});

describe.each(RESOURCES)("$name", (one) => {
  const { path, records, minimal } = one;

  test("deletes a record once: afterwards it is not there, and is not counted", async () => {
    const { api } = await testWorkspace();
    const [kept, gone] = [idOf(await api.post(path, minimal)), idOf(await api.post(path, minimal))];
    const { status, body } = await api.delete(`${records}?id=${gone}`);
    expect([status, body.success, body.data]).toEqual([200, true, { deleted: true, id: gone }]);
    expect((await api.delete(`${records}?id=${gone}`)).status).toBe(404);
    expect((await api.get(`${records}?id=${gone}`)).status).toBe(404);
    const list = (await api.get(records)).body.data;
    expect(list.items.map(({ id }: Body) => id)).toEqual([kept]);
    expect(list.pagination.total).toBe(1);
  });

  test("20 parallel deletes of one record delete it once", async () => {
    const { api } = await testWorkspace();
    const id = idOf(await api.post(path, minimal));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.delete(`${records}?id=${id}`)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(19).fill(404)]);
  });

  test("a delete takes an id, once, and nothing else", async () => {
    const { api } = await testWorkspace();
    expectMistakes(await api.delete(records), ["id"]);
    expectMistakes(await api.delete(`${records}?id=42`), ["id"]);
    expect((await api.delete(`${records}?id=${NOBODY}&id=${NOBODY}`)).status).toBe(400);
    expectMistakes(await api.delete(`${records}?id=${NOBODY}&all=true`), ["all"]);
  });

  test("a retried delete with its idempotency key replays the first answer", async () => {
    const { api } = await testWorkspace();
    const id = idOf(await api.post(path, minimal));
    const remove = () => api.delete(`${records}?id=${id}`, { "idempotency-key": "delete" });
    const [first, second] = [await remove(), await remove()];
    expect([first.status, second.status, second.text]).toEqual([200, 200, first.text]);
  });
});
