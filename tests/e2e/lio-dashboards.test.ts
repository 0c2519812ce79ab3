import { beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import {
  expectLioError,
  expectLioFields,
  type LioClient,
  type LioUser,
  type LioWorld,
  lioWorld,
  TIME,
} from "../support/lio.ts";

let world: LioWorld;
let admin: LioUser;
beforeAll(async () => {
  world = await lioWorld();
  admin = world.admin;
});

let made = 0;
const name = () => `board-${made++}`;
const count = { source: "leads", measure: { fn: "count" } };
const widget = (more: object = {}) => ({
  id: "w1",
  type: "number",
  title: "Leads",
  query: count,
  ...more,
});
const put = (api: LioClient, id: unknown, body: object) =>
  api.send("PUT", `dashboards/${id}`, { body });

test("a dashboard is made, changed by either of its ids, and deleted", async () => {
  const { api, number } = admin;
  const dashboard_id = name();
  const dashboard = await api.made("dashboards", { dashboard_id });
  expect(dashboard).toEqual({
    id: expect.any(Number),
    dashboard_id,
    name: dashboard_id,
    scope: "personal",
    definition: { widgets: [] },
    revision: 1,
    owner_id: number,
    is_owner: true,
    created_at: TIME,
    updated_at: TIME,
  });
  const definition = {
    version: 1,
    widgets: [
      widget({ layout: { x: 0, y: 0, w: 4, h: 2 } }),
      widget({ id: "w2", type: "bar", query: { query_id: "leads_by_status" } }),
      widget({
        id: "w3",
        type: "line",
        query: { query_id: "leads_over_time", parameters: { interval: "week" } },
      }),
      widget({ id: "w4", query: { query_id: "custom", parameters: { query: count } } }),
    ],
  };
  const changed = await put(api, dashboard_id, { definition, scope: "team" });
  expect(changed.body.data).toMatchObject({ id: dashboard.id, definition, scope: "team" });
  // What was read can be sent back as it was.
  const again = await put(api, dashboard.id, { ...changed.body.data, name: "Größe 商談" });
  expect(again.body.data).toMatchObject({ dashboard_id, name: "Größe 商談", definition });
  const { body } = await api.get("dashboards?search_value=größe&scope=team");
  expect(body).toMatchObject({ total: 1, page: 1, limit: 10, data: [{ id: dashboard.id }] });
  expect((await api.read("dashboards?scope=workspace")).length).toBe(0);
  expect((await api.delete(`dashboards/${dashboard_id}`)).body.data)
    .toEqual({ id: dashboard.id, deleted: true });
  expectLioError(await api.delete(`dashboards/${dashboard.id}`), 404, "not_found");
});

describe("what cannot be is told by its path", () => {
  const at = "definition.widgets[0]";
  const of = (...widgets: object[]) => ({ definition: { widgets } });
  const query = (given: object) => of(widget({ query: given }));
  test.each<[object, string[]]>([
    [{ dashboard_id: undefined }, ["dashboard_id"]],
    [{ dashboard_id: "123" }, ["dashboard_id"]],
    [{ dashboard_id: "a b" }, ["dashboard_id"]],
    [{ dashboard_id: "x".repeat(65) }, ["dashboard_id"]],
    [{ scope: "public" }, ["scope"]],
    [{ name: "x".repeat(256) }, ["name"]],
    [{ definition: [] }, ["definition"]],
    [{ definition: {} }, ["definition.widgets"]],
    [{ definition: { widgets: [], theme: "dark" } }, ["definition.theme"]],
    [{ definition: { widgets: [], version: 2 } }, ["definition.version"]],
    [of(widget({ type: "map" })), [`${at}.type`]],
    [of(widget({ title: "" })), [`${at}.title`]],
    [of(widget(), widget()), ["definition.widgets[1].id"]],
    [of(widget({ layout: { x: 0, y: 0, w: 4 } })), [`${at}.layout.h`]],
    [query({ source: "users", measure: { fn: "count" } }), [`${at}.query.source`]],
    [query({ ...count, where: "true" }), [`${at}.query.where`]],
    [query({ ...count, dimension: { field: "stage" } }), [`${at}.query.dimension.field`]],
    [query({ ...count, dimension: { field: "city" } }), [`${at}.type`]],
    [query({ query_id: "leads" }), [`${at}.query.query_id`]],
    [query({ query_id: "leads_by_status" }), [`${at}.type`]],
    [query({ query_id: "custom" }), [`${at}.query.parameters.query`]],
    [
      of(widget({
        type: "bar",
        query: { query_id: "leads_by_status", parameters: { interval: "day" } },
      })),
      [`${at}.query.parameters.interval`],
    ],
    [
      query({ ...count, filters: [{ field: "city", op: "eq", value: 1 }] }),
      [`${at}.query.filters[0].value`],
    ],
    [
      of(widget({ type: "map" }), widget({ id: "w2", query: { source: "x" } })),
      [`${at}.type`, "definition.widgets[1].query.source"],
    ],
  ])("%j", async (given, fields) => {
    const answer = await admin.api.post("dashboards", { dashboard_id: name(), ...given });
    expectLioFields(answer, 422, ...fields);
  });

  test("also in a change, and in a path", async () => {
    const { api } = admin;
    const { id } = await api.made("dashboards", { dashboard_id: name() });
    expectLioFields(await put(api, id, {}), 422, "body");
    expectLioFields(await put(api, id, { definition: null }), 422, "definition");
    expectLioFields(await put(api, id, of(widget({ type: "map" }))), 422, `${at}.type`);
    expectLioFields(await put(api, "a%20b", { name: "x" }), 400, "id");
    expectLioFields(
      await api.post("dashboards", { dashboard_id: "x", owner_id: 1 }),
      422,
      "owner_id",
    );
    const many = Array.from({ length: 51 }, (_, n) => widget({ id: `w${n}` }));
    expectLioFields(await put(api, id, of(...many)), 422, "definition.widgets");
    const large = { field: "score", op: "in", value: Array.from({ length: 100 }, () => 1e300) };
    const long = widget({ query: { ...count, filters: [large, large] } });
    expectLioFields(await put(api, id, of(long)), 422, "definition");
  });
});

test("each sees their own, their team's and the workspace's; the owner and Admins change them", async () => {
  const { user } = world;
  const [rep, other, manager] = [await user("rep"), await user("rep"), await user("manager")];
  const of: Record<string, Json> = {};
  for (const [who, { api }] of Object.entries({ manager, rep })) {
    for (const scope of who === "rep" ? ["personal", "team"] : ["personal", "team", "workspace"]) {
      of[`${who} ${scope}`] = await api.made("dashboards", { dashboard_id: name(), scope });
    }
  }
  const seen = async ({ api }: LioUser) => {
    const ids = new Set((await api.read("dashboards?limit=500")).map(({ id }: Json) => id));
    return Object.entries(of).filter(([, { id }]) => ids.has(id)).map(([which]) => which);
  };
  expect(await seen(rep)).toEqual(["manager workspace", "rep personal", "rep team"]);
  expect(await seen(other)).toEqual(["manager workspace", "rep team"]);
  expect(await seen(manager)).toEqual(
    ["manager personal", "manager team", "manager workspace", "rep team"],
  );
  const change = { name: "Taken" };
  const [open, closed, theirs] = ["manager workspace", "manager personal", "rep team"]
    .map((which) => of[which]);
  expectLioError(await put(rep.api, open.id, change), 403, "permission_error", "role");
  expectLioError(await put(rep.api, closed.id, change), 404, "not_found");
  expectLioError(await rep.api.delete(`dashboards/${open.id}`), 403, "permission_error", "role");
  expectLioError(
    await manager.api.delete(`dashboards/${theirs.id}`),
    403,
    "permission_error",
    "role",
  );
  const workspace = { dashboard_id: name(), scope: "workspace" };
  expectLioError(await rep.api.post("dashboards", workspace), 403, "permission_error", "role");
  expectLioError(
    await put(rep.api, theirs.id, { scope: "workspace" }),
    403,
    "permission_error",
    "role",
  );
  const { body } = await put(admin.api, closed.dashboard_id, change);
  expect(body.data).toMatchObject({ ...change, is_owner: false, owner_id: manager.number });
  const viewer = await user("viewer");
  expectLioError(await viewer.api.post("dashboards", workspace), 403, "permission_error", "role");
});
