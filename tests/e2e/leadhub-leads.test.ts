import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectMissing, leadHub, record, userNumber } from "../support/leadhub.ts";

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
