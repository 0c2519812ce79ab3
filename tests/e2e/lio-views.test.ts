import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, type LioClient, lioWorld, TIME } from "../support/lio.ts";

const MINE = { module_name: "lead", visibility: "private" };

const names = async (api: LioClient, query = "") => {
  const { body } = await api.get(`custom-view/list?order_by=view_name&order_in=asc${query}`);
  expect(body.total).toBe(body.data.length);
  return body.data.map(({ view_name }: { view_name: string }) => view_name);
};

test("a view is made, changed and deleted", async () => {
  const { admin: { api, number } } = await lioWorld();
  const given = {
    ...MINE,
    view_name: "Hot in Bonn",
    filters: { score_min: 50, city: "Bonn", status: [1, 2] },
    columns: ["name", "score", "custom_fields.seats"],
    sorting: { order_by: "score", order_in: "DESC" },
  };
  const view = await api.made("custom-view/add", given);
  expect(view).toEqual({
    ...given,
    id: expect.any(Number),
    user_id: number,
    is_owner: true,
    created_at: TIME,
    updated_at: TIME,
  });
  expect(await api.made("custom-view/add", MINE)).toMatchObject({
    view_name: "New view",
    filters: {},
    columns: [],
    sorting: {},
  });
  const change = { view_name: "Hot", filters: {}, visibility: "public" };
  expect(await api.done(`custom-view/update/${view.id}`, change)).toMatchObject(change);
  expect(await names(api, "&search_value=hot")).toEqual(["Hot"]);
  expect(await names(api, "&module_name=deal")).toEqual([]);
  expect((await api.delete(`custom-view/delete/${view.id}`)).body.data)
    .toEqual({ id: view.id, deleted: true });
  expectLioError(await api.delete(`custom-view/delete/${view.id}`), 404, "not_found");
  expect(await names(api)).toEqual(["New view"]);
});

test("a retried change gets its first answer, also when the view is gone by then", async () => {
  const { admin: { api } } = await lioWorld();
  const { id } = await api.made("custom-view/add", MINE);
  const change = (key: string) =>
    api.post(`custom-view/update/${id}`, { view_name: "Hot" }, { "Idempotency-Key": key });
  const first = await change("change");
  expect(first.status, first.text).toBe(200);
  const deletion = { headers: { "Idempotency-Key": "deletion" } };
  const removed = await api.send("DELETE", `custom-view/delete/${id}`, deletion);
  expect(removed.status, removed.text).toBe(200);
  expect((await change("change")).text).toBe(first.text);
  expect((await api.send("DELETE", `custom-view/delete/${id}`, deletion)).text)
    .toBe(removed.text);
  expectLioError(await change("another"), 404, "not_found");
});

describe("what cannot be is told by field", () => {
  test.each([
    [{}, ["module_name", "visibility"]],
    [{ ...MINE, module_name: "task" }, ["module_name"]],
    [{ ...MINE, visibility: "all" }, ["visibility"]],
    [{ ...MINE, view_name: "x".repeat(101) }, ["view_name"]],
    [{ ...MINE, filters: { citty: "Bonn" } }, ["filters.citty"]],
    [{ ...MINE, filters: { city: { a: 1 } } }, ["filters.city"]],
    [{ ...MINE, filters: { city: [["Bonn"]] } }, ["filters.city"]],
    [{ ...MINE, filters: [] }, ["filters"]],
    [{ ...MINE, columns: ["nme"] }, ["columns[0]"]],
    [{ ...MINE, sorting: { order_by: "notes" } }, ["sorting.order_by"]],
    [{ ...MINE, sorting: { order_by: "id", order_in: "up" } }, ["sorting.order_in"]],
    [{ ...MINE, module_name: "deal", columns: ["city"] }, ["columns[0]"]],
  ])("%j", async (body, fields) => {
    const { admin: { api } } = await lioWorld();
    expectLioFields(await api.post("custom-view/add", body), 422, ...fields);
  });

  test("also when the list is the one that the view has", async () => {
    const { admin: { api } } = await lioWorld();
    const { id } = await api.made("custom-view/add", { ...MINE, module_name: "company" });
    const change = { filters: { city: "Bonn" } };
    expectLioFields(await api.post(`custom-view/update/${id}`, change), 422, "filters.city");
    expectLioFields(await api.post(`custom-view/update/${id}`, {}), 422, "body");
  });
});

test("a filter's number is kept digit by digit, and refused where those could fill the memory", async () => {
  const { admin: { api } } = await lioWorld();
  const add = (number: string) =>
    api.send("POST", "custom-view/add", {
      raw: `{"module_name":"lead","visibility":"private","filters":{"score_min":[${number}]}}`,
      headers: { "content-type": "application/json" },
    });
  for (const number of ["0.12345678901234567890", "9007199254740993", "82.5"]) {
    const { status, text } = await add(number);
    expect(status, text).toBe(201);
    expect(text).toContain(`"score_min": [${number}]`);
  }
  expect((await add("1e+21")).status).toBe(201);
  expectLioFields(await add("1e9999999"), 422, "filters.score_min");
});

test("each sees their own, the public ones, and those of their team", async () => {
  const { admin, user } = await lioWorld();
  const [rep, other, manager] = [await user("rep"), await user("rep"), await user("manager")];
  for (const [who, { api }] of Object.entries({ admin, rep })) {
    for (const visibility of ["private", "team", "public"]) {
      await api.made("custom-view/add", { ...MINE, visibility, view_name: `${who} ${visibility}` });
    }
  }
  const ofAdmin = ["admin private", "admin public", "admin team"];
  const ofRep = ["rep private", "rep public", "rep team"];
  expect(await names(admin.api)).toEqual([...ofAdmin, "rep public", "rep team"]);
  expect(await names(rep.api)).toEqual(["admin public", ...ofRep]);
  expect(await names(other.api)).toEqual(["admin public", "rep public", "rep team"]);
  expect(await names(manager.api)).toEqual(
    ["admin public", "admin team", "rep public", "rep team"],
  );
});

test("a view is changed by its owner or an Admin, and is not told to others", async () => {
  const { admin, user } = await lioWorld();
  const [rep, other] = [await user("rep"), await user("rep")];
  const open = await rep.api.made("custom-view/add", { ...MINE, visibility: "public" });
  const closed = await rep.api.made("custom-view/add", MINE);
  const change = { view_name: "Taken" };
  for (const path of [`custom-view/update/${open.id}`, `custom-view/update/${closed.id}`]) {
    const isOpen = path.endsWith(`/${open.id}`);
    const answer = await other.api.post(path, change);
    if (isOpen) expectLioError(answer, 403, "permission_error", "role");
    else expectLioError(answer, 404, "not_found");
  }
  expectLioError(
    await other.api.delete(`custom-view/delete/${open.id}`),
    403,
    "permission_error",
    "role",
  );
  expect(await admin.api.done(`custom-view/update/${open.id}`, change)).toMatchObject({
    ...change,
    is_owner: false,
    user_id: rep.number,
  });
  expect((await admin.api.delete(`custom-view/delete/${closed.id}`)).status).toBe(200);
  const viewer = await user("viewer");
  expectLioError(await viewer.api.post("custom-view/add", MINE), 403, "permission_error", "role");
});
