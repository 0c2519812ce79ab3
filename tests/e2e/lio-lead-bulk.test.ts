import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields, lioWorld } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";
import { asOwner } from "../support/workspace.ts";

const MISSING = 999_999_999;
const MANY = 2_000;

describe("by ids", () => {
  test("tells what was found, what changed and what is not there", async () => {
    const { admin: { api }, user } = await lioWorld();
    const { number } = await user("rep");
    const [one, two] = [await leadOf(api), await leadOf(api, { status: 3 })];
    const ids = [one.id, two.id, one.id, MISSING];
    const found = { matched: 2, not_found: [MISSING] };
    expect(await api.done("lead/status-change", { ids, status: 3 })).toEqual({
      ...found,
      updated: 1,
    });
    expect(await api.done("lead/assign-user", { ids, assigned_to: number }))
      .toEqual({ ...found, updated: 2 });
    expect(await api.done("lead/assign-user", { ids, assigned_to: null }))
      .toEqual({ ...found, updated: 2 });
    expect(await api.done("lead/assign-tags", { ids, tags: ["vip"] })).toEqual({
      ...found,
      updated: 2,
    });
    const { tags } = await api.read(`lead/view/${one.id}`);
    expect(tags).toMatchObject([{ name: "vip" }]);
    expect(await api.done("lead/assign-tags", { ids, tags: [tags[0].id, "VIP"] }))
      .toEqual({ ...found, updated: 0 });
    // As they are answered, they are read by name.
    const answered = [{ ...tags[0], id: MISSING }];
    expect(await api.done("lead/assign-tags", { ids, tags: answered }))
      .toMatchObject({ updated: 0 });
    expect((await api.done(`lead/update/${one.id}`, { tags: answered })).tags).toEqual(tags);
    expect(await api.done("lead/set-assign-tags", { ids: [one.id], tags: ["a", "b"] }))
      .toMatchObject({ updated: 1 });
    expect((await api.read(`lead/view/${one.id}`)).tags).toMatchObject([{ name: "a" }, {
      name: "b",
    }]);
    expect(await api.done("lead/set-assign-tags", { ids: [one.id], tags: [] }))
      .toMatchObject({ updated: 1 });
    const deletion = await api.send("DELETE", "lead/delete", { body: { ids } });
    expect(deletion.body.data).toEqual({ deleted: 2, not_found: [MISSING] });
    expectLioError(await api.delete(`lead/delete?ids=${one.id}`), 404, "not_found");
  });

  test.each([
    ["lead/status-change", { status: 2 }, "select_all"],
    ["lead/status-change", { status: 2, ids: [] }, "ids"],
    ["lead/status-change", { status: 2, ids: ["1"] }, "ids[0]"],
    ["lead/status-change", { status: 2, ids: [1], select_all: true, filters: {} }, "ids"],
    ["lead/status-change", { status: 2, select_all: true }, "filters"],
    ["lead/status-change", { status: 99, select_all: true, filters: {} }, "status"],
    ["lead/status-change", { select_all: true, filters: {} }, "status"],
    [
      "lead/status-change",
      { status: 2, select_all: true, filters: { citty: "B" } },
      "filters.citty",
    ],
    [
      "lead/status-change",
      { status: 2, select_all: true, filters: { score_min: 101 } },
      "filters.score_min",
    ],
    ["lead/assign-user", { select_all: true, filters: {} }, "assigned_to"],
    ["lead/assign-user", { assigned_to: MISSING, select_all: true, filters: {} }, "assigned_to"],
    ["lead/assign-tags", { tags: [MISSING], select_all: true, filters: {} }, "tags"],
    ["lead/assign-tags", { tags: [""], select_all: true, filters: {} }, "tags[0]"],
  ])("%s %j is refused", async (path, body, field) => {
    const { admin: { api } } = await lioWorld();
    expectLioFields(await api.post(path, body), 422, field);
  });
});

test("all that a filter finds, with the parameters of the list", async () => {
  const { admin: { api, number } } = await lioWorld();
  await leadOf(api, { city: "Bonn", priority: 4 });
  await leadOf(api, { city: "BONN", priority: 1 });
  const third = await leadOf(api, { city: "Bonn" });
  const work = (filters: object) =>
    api.done("lead/status-change", { select_all: true, filters, status: 2 });
  expect(await work({ city: "bonn", priority: [1, 4] }))
    .toEqual({ matched: 2, updated: 2, not_found: [] });
  expect(await work({ search_value: third.email, unassigned: true }))
    .toEqual({ matched: 1, updated: 1, not_found: [] });
  expect(await work({ assigned_to: number })).toEqual({ matched: 0, updated: 0, not_found: [] });
});

test("two works on the same two thousand leads at once are both done, and the same one twice once", async () => {
  const { admin: { api, number }, workspace } = await lioWorld();
  await asOwner(
    `insert into crm.leads (workspace_id, pipeline_id, first_name)
      select $1, p.id, 'N ' || n from generate_series(1, ${MANY}) n, crm.pipelines p where p.workspace_id = $1`,
    [workspace.id],
  );
  // Who waits for the other for too long is told to try again, with nothing done.
  const done = async (path: string, change: object): Promise<Json> => {
    const answer = await api.post(path, { select_all: true, filters: {}, ...change });
    if (answer.status === 503) return await done(path, change);
    expect(answer.status, answer.text).toBe(200);
    return answer.body.data;
  };
  const both = await Promise.all([
    done("lead/status-change", { status: 2 }),
    done("lead/assign-user", { assigned_to: number }),
  ]);
  for (const one of both) expect(one).toMatchObject({ matched: MANY, updated: MANY });
  expect((await api.get("lead/list?status=2&assigned_to=true&limit=1")).body.total).toBe(MANY);
  const tag = () => done("lead/assign-tags", { tags: ["vip"] });
  const twice = (await Promise.all([tag(), tag()])).map(({ updated }) => updated);
  expect(twice.toSorted((one, other) => one - other)).toEqual([0, MANY]);
});

test("an idempotency key works once", async () => {
  const { admin: { api } } = await lioWorld();
  const { id } = await leadOf(api);
  const headers = { "idempotency-key": `bulk-${id}` };
  const body = { ids: [id], status: 2 };
  const first = await api.post("lead/status-change", body, headers);
  const again = await api.post("lead/status-change", body, headers);
  expect(again.text).toBe(first.text);
  expect(first.body.data.updated).toBe(1);
});
