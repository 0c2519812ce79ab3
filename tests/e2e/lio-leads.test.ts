import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld, TIME } from "../support/lio.ts";
import { leadOf, person, unscored } from "../support/lio-leads.ts";

const MISSING = 999_999_999;

test("a lead is made with its company, and is LeadHub's and the native API's too", async () => {
  const { admin: { api }, workspace, user } = await lioWorld();
  const { number } = await user("rep");
  const { id: tag } = await api.made("custom-lookups/add", {
    module_name: "lead",
    type: "tags",
    name: "vip",
  });
  const given = {
    ...person({ email: "Jane@Acme.com" }),
    phone_number: "+1 415 555 1234",
    company: "Acme Corp",
    linkedin_url: "https://www.linkedin.com/in/jane",
    lead_source: 1,
    priority: 4,
    estimated_value: 1000.1,
    assigned_to: number,
    tags: [tag, "new"],
    custom_fields: { seats: 40 },
    city: "Bonn",
  };
  const { status, body, text } = await api.post("lead/add", given);
  expect(status, text).toBe(201);
  expect(body).toEqual({
    success: true,
    message: "Lead created successfully",
    data: {
      ...given,
      id: expect.any(Number),
      name: "Jane Roe",
      email: "jane@acme.com",
      phone_number: "+14155551234",
      company_id: expect.any(Number),
      job_title: null,
      industry: null,
      website: null,
      address: null,
      state: null,
      country: null,
      pin_code: null,
      status: 1,
      status_text: "New",
      priority_text: "Urgent",
      lead_source_text: "Website",
      score: 0,
      assigned_to_name: "Jane Roe",
      tags: [
        { id: expect.any(Number), name: "new", color_code: null },
        { id: tag, name: "vip", color_code: null },
      ],
      notes: null,
      profile_image: null,
      ai_information: {},
      last_activity_at: null,
      created_at: TIME,
      updated_at: TIME,
    },
  });
  expect(text).toContain(`"estimated_value":1000.1,`);
  expect(unscored(await api.read(`lead/view/${body.data.id}`))).toEqual(unscored(body.data));
  const leadHub = await workspace.apiWith({ api: "leadhub" });
  const { body: other } = await leadHub.get(`leadhub/api/v1/leads/${body.data.id}`);
  expect(other.data).toMatchObject({ source: "website", status: "new", company: "Acme Corp" });
  const { body: companies } = await workspace.api.get("v1-public-companies");
  expect(companies.data.items).toMatchObject([{ name: "Acme Corp", domain: "acme.com" }]);
});

describe("what is wrong with a lead is told by field", () => {
  test.each([
    [{ first_name: undefined }, "first_name"],
    [{ last_name: "R" }, "last_name"],
    [{ first_name: "x".repeat(51) }, "first_name"],
    [{ email: "nobody" }, "email"],
    [{ linkedin_url: "https://example.com/in/jane" }, "linkedin_url"],
    [{ website: "ftp://acme.com" }, "website"],
    [{ status: 99 }, "status"],
    [{ status: "1" }, "status"],
    [{ priority: 5 }, "priority"],
    [{ lead_source: 99 }, "lead_source"],
    [{ estimated_value: -1 }, "estimated_value"],
    [{ assigned_to: MISSING }, "assigned_to"],
    [{ company_id: MISSING }, "company_id"],
    [{ tags: [MISSING] }, "tags"],
    [{ custom_fields: { a: { b: 1 } } }, "custom_fields.a"],
    [{ score: 5 }, "score"],
    [{ ai_information: {} }, "ai_information"],
    [{ citty: "Bonn" }, "citty"],
  ])("%j", async (more, field) => {
    const { admin: { api } } = await lioWorld();
    expectLioFields(await api.post("lead/add", person(more)), 422, field);
  });

  test("all at once", async () => {
    const { admin: { api } } = await lioWorld();
    const given = person({ status: 99, lead_source: 99, tags: [MISSING] });
    expectLioFields(await api.post("lead/add", given), 422, "status", "lead_source", "tags");
  });
});

describe("a change", () => {
  test("sets what is given, clears by null, merges the rest, and takes the record back", async () => {
    const { admin: { api } } = await lioWorld();
    const lead = await leadOf(api, {
      company: "Acme",
      city: "Bonn",
      tags: ["a"],
      custom_fields: { a: 1, b: true },
    });
    const change = (more: object) => api.done(`lead/update/${lead.id}`, more);
    const { created_at, id } = lead;
    expect(unscored(await change(lead))).toEqual(unscored(lead));
    expect(
      await change({
        city: null,
        company: null,
        status: 3,
        tags: ["b"],
        custom_fields: { a: null, c: "x" },
        ai_information: { note: "warm", scored_at: "2020-01-01", score_reasons: [] },
      }),
    ).toMatchObject({
      id,
      created_at,
      city: null,
      company: null,
      company_id: null,
      status: 3,
      status_text: "Qualified",
      tags: [{ name: "b" }],
      custom_fields: { b: true, c: "x" },
      ai_information: { note: "warm" },
    });
  });

  test.each([
    [{}, "body"],
    [{ first_name: null }, "first_name"],
    [{ status: null }, "status"],
    [{ nme: "x" }, "nme"],
  ])("%j is refused", async (more, field) => {
    const { admin: { api } } = await lioWorld();
    const { id } = await leadOf(api);
    expectLioFields(await api.post(`lead/update/${id}`, more), 422, field);
  });

  test("of no lead is answered alike, whatever is asked", async () => {
    const { admin: { api } } = await lioWorld();
    expectLioError(await api.get(`lead/view/${MISSING}`), 404, "not_found");
    expectLioError(await api.post(`lead/update/${MISSING}`, { city: "B" }), 404, "not_found");
    expectLioFields(await api.get("lead/view/one"), 400, "id");
  });
});

test("a value that became inactive stays, and cannot be given anew", async () => {
  const { admin: { api } } = await lioWorld();
  const list = { module_name: "lead", type: "status" };
  const { id: status } = await api.made("custom-lookups/add", { ...list, name: "Warm" });
  const lead = await leadOf(api, { status });
  await api.done(`custom-lookups/update/${status}`, { ...list, is_active: false });
  expect(await api.done(`lead/update/${lead.id}`, { status, city: "Bonn" }))
    .toMatchObject({ status, status_text: "Warm" });
  expectLioFields(await api.post("lead/add", person({ status })), 422, "status");
});
