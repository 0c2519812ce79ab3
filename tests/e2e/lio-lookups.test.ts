import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld, TIME } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";

const SOURCE = { module_name: "lead", type: "source" };
const TAGS = { module_name: "lead", type: "tags" };

test("a list answers its values, by what they have in common", async () => {
  const { admin: { api } } = await lioWorld();
  const names = async (query: string) => {
    const { body, text } = await api.get(`custom-lookups/list?order_in=asc&${query}`);
    expect(body.total, text).toBe(body.data.length);
    return body.data.map(({ name }: { name: string }) => name);
  };
  const status = "module_name=lead&type=status";
  expect(await names(status)).toEqual(
    ["New", "Contacted", "Qualified", "Nurturing", "Converted", "Unqualified"],
  );
  expect(await names(`${status}&search_value=QUALI`)).toEqual(["Qualified", "Unqualified"]);
  expect(await names(`${status}&is_active=false`)).toEqual([]);
  expect(await names("module_name=contact")).toEqual(["Active", "Inactive"]);
  expect(await names("order_by=name&module_name=lead&type=priority"))
    .toEqual(["High", "Low", "Medium", "Urgent"]);
  const { body } = await api.get("custom-lookups/list?limit=3&page=2&order_in=asc");
  expect(body).toMatchObject({ total: 17, page: 2, limit: 3 });
  expectLioFields(await api.get("custom-lookups/list?is_active=maybe"), 400, "is_active");
});

test("a value is made, changed, and found by what it belongs to", async () => {
  const { admin: { api } } = await lioWorld();
  const fair = await api.made("custom-lookups/add", { ...SOURCE, name: "Trade Fair" });
  expect(fair).toEqual({
    id: expect.any(Number),
    ...SOURCE,
    name: "Trade Fair",
    value: "trade_fair",
    color_code: null,
    parent_id: null,
    is_active: true,
    is_system: false,
    created_at: TIME,
    updated_at: TIME,
  });
  const spring = { ...SOURCE, name: "Spring", parent_id: fair.id, color_code: "#FF8800" };
  expect(await api.made("custom-lookups/add", spring)).toMatchObject(spring);
  const { body } = await api.get(`custom-lookups/list?parent_id=${fair.id}`);
  expect(body.data).toMatchObject([{ name: "Spring" }]);
  const lead = await leadOf(api, { lead_source: fair.id });
  const change = { name: "Fair", value: "fair", color_code: "#000000", is_active: false };
  expect(await api.done(`custom-lookups/update/${fair.id}`, change)).toMatchObject(change);
  expect(await api.read(`lead/view/${lead.id}`)).toMatchObject({
    lead_source: fair.id,
    lead_source_text: "Fair",
  });
});

test("words that come through LeadHub are values of the list", async () => {
  const { admin: { api }, workspace } = await lioWorld();
  const leadHub = await workspace.apiWith({ api: "leadhub" });
  const { body: { data: { id } } } = await leadHub.post("leadhub/api/v1/leads", {
    first_name: "Ann",
    source: "billboard",
    status: "hot_lead",
    tags: ["red"],
  });
  const lead = await api.read(`lead/view/${id}`);
  expect(lead).toMatchObject({
    status_text: "Hot lead",
    lead_source_text: "Billboard",
    name: "Ann",
    tags: [{ name: "red" }],
  });
  const { body } = await api.get("custom-lookups/list?module_name=lead&type=tags");
  expect(body.data).toMatchObject([{ ...TAGS, id: lead.tags[0].id, name: "red", value: "red" }]);
});

describe("what cannot be is told by field", () => {
  test.each([
    [{ ...SOURCE }, "name"],
    [{ ...SOURCE, name: "x".repeat(101) }, "name"],
    [{ ...SOURCE, name: "A", color_code: "red" }, "color_code"],
    [{ ...SOURCE, name: "A", parent_id: 999 }, "parent_id"],
    [{ ...SOURCE, name: "A", is_active: false }, "is_active"],
    [{ module_name: "lead", type: "Bad Type", name: "A" }, "type"],
    [{ module_name: "lead", type: "priority", name: "A" }, "type"],
    [{ ...TAGS, name: "a", value: "b" }, "value"],
  ])("made of %j", async (body, field) => {
    const { admin: { api } } = await lioWorld();
    expectLioFields(await api.post("custom-lookups/add", body), 422, field);
  });

  test.each([
    [1, { name: "A" }, "type"],
    [1, { ...SOURCE, value: "web" }, "value"],
    [1, { module_name: "lead", type: "status", is_active: false }, "is_active"],
    [4, { module_name: "lead", type: "priority", is_active: false }, "is_active"],
    [1, { ...SOURCE, name: null }, "name"],
  ])("%i changed to %j", async (id, body, field) => {
    const { admin: { api } } = await lioWorld();
    expectLioFields(await api.post(`custom-lookups/update/${id}`, body), 422, field);
  });

  test("a name that is taken, in any case", async () => {
    const { admin: { api } } = await lioWorld();
    for (const list of [SOURCE, TAGS]) {
      const { id } = await api.made("custom-lookups/add", { ...list, name: "Fair" });
      await api.made("custom-lookups/add", { ...list, name: "Other" });
      const again = await api.post("custom-lookups/add", { ...list, name: "FAIR" });
      expectLioError(again, 409, "conflict", "duplicate");
      const change = await api.post(`custom-lookups/update/${id}`, { ...list, name: "other" });
      expectLioError(change, 409, "conflict", "duplicate");
    }
  });

  test("a value that is not there", async () => {
    const { admin: { api } } = await lioWorld();
    const answer = await api.post("custom-lookups/update/999999999", { name: "A" });
    expectLioError(answer, 404, "not_found");
  });
});

test("a Rep reads the lists, and writes none", async () => {
  const { user } = await lioWorld();
  const { api } = await user("rep");
  expect((await api.get("custom-lookups/list")).body.total).toBe(17);
  for (const path of ["custom-lookups/add", "custom-lookups/update/1"]) {
    expectLioError(await api.post(path, { ...SOURCE, name: "A" }), 403, "permission_error", "role");
  }
});
