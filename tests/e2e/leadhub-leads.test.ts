import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectInvalid, expectMissing, leadHub, record, userNumber } from "../support/leadhub.ts";

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

async function stageOf(api: { listed(path: string): Promise<Json[]> }, name: string) {
  const [pipeline] = await api.listed("pipelines");
  return pipeline.stages.find((stage: Json) => stage.name === name);
}

describe("a lead", () => {
  test("is made of the reference's own example, and read again", async () => {
    const { id, api } = await leadHub();
    const stage = await stageOf(api, "Qualified");
    const user = await userNumber(id, "jane");
    const given = {
      first_name: "Sarah",
      last_name: "Johnson",
      email: "sarah@example.com",
      phone: "+14155551234",
      source: "website",
      status: "new",
      pipeline_id: stage.pipeline_id,
      pipeline_stage_id: stage.id,
      assigned_user_id: user,
      notes: "Interested in the enterprise plan.",
      custom_fields: { budget: "10000" },
      tags: ["hot-lead", "enterprise"],
    };
    const lead = await api.made("leads", given);
    expect(lead).toEqual({
      ...given,
      id: expect.any(Number),
      company: null,
      tags: ["enterprise", "hot-lead"],
      starred: false,
      lead_score: 0,
      contact_id: expect.any(Number),
      created_at: TIME,
      updated_at: lead.created_at,
    });
    expect(record(await api.get(`leads/${lead.id}`))).toEqual(lead);
  });

  test("takes the defaults of what is not given, or given as null", async () => {
    const { api } = await leadHub();
    const first = await stageOf(api, "Lead");
    const defaults = {
      last_name: null,
      email: null,
      phone: null,
      company: null,
      source: null,
      status: "new",
      pipeline_id: first.pipeline_id,
      pipeline_stage_id: first.id,
      assigned_user_id: null,
      notes: null,
      custom_fields: {},
      tags: [],
      starred: false,
      lead_score: 0,
    };
    const nulls = Object.fromEntries(Object.keys(defaults).map((name) => [name, null]));
    const lead = await api.made("leads", { first_name: " Sarah " });
    expect(lead).toMatchObject({ ...defaults, first_name: "Sarah", contact_id: null });
    expect(await api.made("leads", { first_name: "Sarah", ...nulls })).toMatchObject(defaults);
  });

  test("has its values in the core's normal forms", async () => {
    const { api } = await leadHub();
    const lead = { first_name: "A", email: " Sarah@Example.COM ", phone: "+1 (415) 555-1234" };
    expect(await api.made("leads", { ...lead, tags: [" b ", "A", "B"] })).toMatchObject({
      email: "sarah@example.com",
      phone: "+14155551234",
      tags: ["A", "b"],
    });
    expect(await api.made("leads", { first_name: "A", phone: "030 901820" }))
      .toMatchObject({ phone: "030 901820" });
  });

  test("can be sent back as it was read, by either verb", async () => {
    const { id, api } = await leadHub();
    const lead = await api.made("leads", {
      first_name: "Sarah",
      email: "sarah@example.com",
      company: "Acme",
      assigned_user_id: await userNumber(id, "jane"),
      custom_fields: { seats: 40, vip: true, colours: ["red", "blue"] },
      tags: ["a", "b"],
    });
    expect(record(await api.put(`leads/${lead.id}`, lead))).toEqual(lead);
    expect(record(await api.patch(`leads/${lead.id}`, lead))).toEqual(lead);
  });

  test("is deleted once; its contact stays", async () => {
    const { api, native } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah", email: "sarah@example.com" });
    expect(await api.delete(`leads/${id}`)).toMatchObject({ status: 204, text: "" });
    expectMissing(await api.delete(`leads/${id}`), `No lead with id ${id}.`);
    expectMissing(await api.get(`leads/${id}`), `No lead with id ${id}.`);
    expectMissing(await api.patch(`leads/${id}`, { notes: "x" }), `No lead with id ${id}.`);
    const { body } = await native.get("v1-public-contacts-crud?email=sarah@example.com");
    expect(body.data.items).toHaveLength(1);
  });

  test.each(["1.5", "x", "-1", "0", "1e3", "99999999999999999999"])(
    "is not there for the id %s",
    async (id) => {
      const { api } = await leadHub();
      const message = `No lead with id ${id}.`;
      expectMissing(await api.get(`leads/${id}`), message);
      expectMissing(await api.put(`leads/${id}`, { notes: "x" }), message);
      expectMissing(await api.delete(`leads/${id}`), message);
      expectMissing(await api.post(`leads/${id}/tags`, { tag: "x" }), message);
    },
  );
});

describe("a change of a lead", () => {
  test("sets what is given and leaves the rest, by either verb", async () => {
    const { api } = await leadHub();
    const lead = await api.made("leads", { first_name: "Sarah", last_name: "J", notes: "n" });
    const put = record(await api.put(`leads/${lead.id}`, { status: "contacted", lead_score: 7 }));
    expect(put).toEqual({ ...lead, status: "contacted", lead_score: 7, updated_at: TIME });
    const patched = record(await api.patch(`leads/${lead.id}`, { starred: true }));
    expect(patched).toEqual({ ...put, starred: true, updated_at: TIME });
  });

  test("clears by null what can be cleared", async () => {
    const { id, api } = await leadHub();
    const lead = await api.made("leads", {
      first_name: "Sarah",
      last_name: "J",
      email: "sarah@example.com",
      phone: "+14155551234",
      company: "Acme",
      source: "web",
      assigned_user_id: await userNumber(id, "jane"),
      notes: "n",
      custom_fields: { a: "1" },
      tags: ["t"],
    });
    const cleared = {
      last_name: null,
      email: null,
      phone: null,
      company: null,
      source: null,
      assigned_user_id: null,
      notes: null,
    };
    const nulls = { ...cleared, custom_fields: null, tags: null };
    const changed = record(await api.patch(`leads/${lead.id}`, nulls));
    expect(changed).toMatchObject({ ...cleared, custom_fields: {}, tags: [], contact_id: null });
  });

  test("refuses null where the field must have a value", async () => {
    const { api } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah" });
    const names = ["first_name", "status", "pipeline_id", "pipeline_stage_id", "starred"];
    const nulls = Object.fromEntries([...names, "lead_score"].map((name) => [name, null]));
    expectInvalid(await api.patch(`leads/${id}`, nulls), {
      first_name: ["Must be a string; it is null."],
      status: ["Must be a string; it is null."],
      pipeline_id: ["Must be a whole number."],
      pipeline_stage_id: ["Must be a whole number."],
      starred: ["Must be a boolean; it is null."],
      lead_score: ["Must be a whole number from 0 to 100."],
    });
  });

  test("must change something: {} is refused", async () => {
    const { api } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah" });
    const errors = { body: ["The body must have at least one field."] };
    expectInvalid(await api.patch(`leads/${id}`, {}), errors);
    expectInvalid(await api.put(`leads/${id}`, {}), errors);
  });

  test("merges custom fields by key, and removes those given as null", async () => {
    const { api } = await leadHub();
    const fields = { a: "1", b: 2, c: true };
    const { id } = await api.made("leads", { first_name: "Sarah", custom_fields: fields });
    const custom_fields = { a: null, b: ["x"], d: 1.5, none: null };
    expect(record(await api.patch(`leads/${id}`, { custom_fields })).custom_fields)
      .toEqual({ b: ["x"], c: true, d: 1.5 });
  });

  test("replaces all tags, which are answered alphabetically", async () => {
    const { api } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah", tags: ["m", "x"] });
    const lead = record(await api.patch(`leads/${id}`, { tags: ["Z", "a", "M"] }));
    expect(lead.tags).toEqual(["a", "m", "Z"]);
    expect(await api.listed("leads")).toEqual([lead]);
  });
});
