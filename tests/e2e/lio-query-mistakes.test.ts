import { beforeAll, describe, test } from "vitest";
import { expectLioError, expectLioFields, type LioWorld, lioWorld } from "../support/lio.ts";

let world: LioWorld;
beforeAll(async () => {
  world = await lioWorld();
});

describe("what cannot be is told by its path", () => {
  const run = (body: object, id = "leads_by_status") =>
    world.admin.api.post(`queries/${id}/execute`, body);
  const query = (more: object) => ({
    parameters: { query: { source: "leads", measure: { fn: "count" }, ...more } },
  });
  const path = "parameters.query";
  test.each([
    [query({ source: "users" }), [`${path}.source`]],
    [query({ source: "leads; drop table crm.leads" }), [`${path}.source`]],
    [query({ source: "constructor" }), [`${path}.source`]],
    [query({ measure: { fn: "sum" } }), [`${path}.measure.field`]],
    [query({ measure: { fn: "sum", field: "value" } }), [`${path}.measure.field`]],
    [query({ measure: { fn: "median", field: "score" } }), [`${path}.measure.fn`]],
    [query({ dimension: { field: "notes" } }), [`${path}.dimension.field`]],
    [query({ dimension: { field: "__proto__" } }), [`${path}.dimension.field`]],
    [query({ dimension: { field: "status", interval: "day" } }), [`${path}.dimension.interval`]],
    [
      query({ dimension: { field: "created_at", interval: "hour" } }),
      [`${path}.dimension.interval`],
    ],
    [query({ filters: [{ field: "nme", op: "eq", value: 1 }] }), [`${path}.filters[0].field`]],
    [query({ filters: [{ field: "city", op: "like", value: "B%" }] }), [`${path}.filters[0].op`]],
    [query({ filters: [{ field: "city", op: "gt", value: "B" }] }), [`${path}.filters[0].op`]],
    [query({ filters: [{ field: "city", op: "eq", value: 1 }] }), [`${path}.filters[0].value`]],
    [query({ filters: [{ field: "city", op: "eq" }] }), [`${path}.filters[0].value`]],
    [query({ filters: [{ field: "city", op: "in", value: [] }] }), [`${path}.filters[0].value`]],
    [
      query({ filters: [{ field: "score", op: "in", value: [1, "2"] }] }),
      [`${path}.filters[0].value`],
    ],
    [
      query({ filters: [{ field: "created_at", op: "gt", value: "2026-02-30" }] }),
      [`${path}.filters[0].value`],
    ],
    [
      query({ filters: [{ field: "city", op: "is_null", value: "no" }] }),
      [`${path}.filters[0].value`],
    ],
    [query({ filters: [{ field: "score", op: "eq", value: [1] }] }), [`${path}.filters[0].value`]],
    [query({ order: { by: "status" } }), [`${path}.order.by`]],
    [query({ limit: 1001 }), [`${path}.limit`]],
    [query({ joins: [] }), [`${path}.joins`]],
    [{}, ["parameters.query"]],
    [{ parameters: { start_date: "2026-01-01" } }, ["parameters.start_date", "parameters.query"]],
  ])("custom %j", async (body, fields) => {
    expectLioFields(await run(body, "custom"), 422, ...fields);
  });

  test.each([
    [{ parameters: { interval: "day" } }, ["parameters.interval"]],
    [{ parameters: { from: "2026-01-01" } }, ["parameters.from"]],
    [{ parameters: { start_date: "soon" } }, ["parameters.start_date"]],
    [
      { parameters: { start_date: "2026-02-02", end_date: "2026-02-01" } },
      ["parameters.start_date"],
    ],
    [{ parameters: [] }, ["parameters"]],
    [{ widgetType: "number" }, ["widgetType"]],
    [{ widgetType: "map", widget_type: "bar" }, ["widgetType", "widget_type"]],
  ])("leads_by_status %j", async (body, fields) => {
    expectLioFields(await run(body), 422, ...fields);
  });

  test("and a query that is none is not found", async () => {
    for (const id of ["leads_by_statu", "constructor", "1"]) {
      expectLioError(await run({}, id), 404, "not_found");
    }
    const dimension = { field: "status" };
    const body = { ...query({ dimension }), widgetType: "number" };
    expectLioFields(await run(body, "custom"), 422, "widgetType");
  });
});
