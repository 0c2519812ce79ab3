import { describe, expect, test } from "vitest";
import type { ApiClient, Json } from "../support/api-client.ts";
import { expectInvalid, leadHub, record } from "../support/leadhub.ts";

const EMAIL = "sarah@example.com";

async function contactsOf(native: ApiClient): Promise<Json[]> {
  return (await native.get("v1-public-contacts-crud?sort_by=created_at&sort_order=asc")).body.data
    .items;
}

describe("a lead with an email is the native API's contact", () => {
  test("made with it, and a change of either shows in both", async () => {
    const { api, native } = await leadHub();
    const lead = await api.made("leads", { first_name: "Sarah", email: EMAIL, company: "Acme" });
    const [contact, ...others] = await contactsOf(native);
    expect(others).toEqual([]);
    expect(contact).toMatchObject({ first_name: "Sarah", email: EMAIL, phone: null });
    const { body } = await native.get(`v1-public-companies?id=${contact.company_id}`);
    expect(body.data.name).toBe("Acme");

    record(await api.patch(`leads/${lead.id}`, { last_name: "Johnson", phone: "+14155551234" }));
    expect(await contactsOf(native))
      .toMatchObject([{ id: contact.id, last_name: "Johnson", phone: "+14155551234" }]);

    const change = { first_name: "Sally", email: "sally@example.com" };
    await native.patch(`v1-public-contacts-crud?id=${contact.id}`, change);
    expect(record(await api.get(`leads/${lead.id}`)))
      .toMatchObject({ ...change, last_name: "Johnson", contact_id: lead.contact_id });
    expect(await api.listed("leads?search=sally")).toHaveLength(1);
  });

  test("that was there before: what is given overwrites it, the rest is taken from it", async () => {
    const { api, native } = await leadHub();
    const made = { first_name: "Sue", last_name: "Jones", email: EMAIL, phone: "+14155550000" };
    await native.post("v1-public-contacts", made);
    const lead = await api.made("leads", { first_name: "Sarah", email: EMAIL.toUpperCase() });
    const both = { ...made, first_name: "Sarah" };
    expect(lead).toMatchObject(both);
    expect(await contactsOf(native)).toMatchObject([both]);
  });

  test("shared by every lead of that email", async () => {
    const { api } = await leadHub();
    const one = await api.made("leads", { first_name: "Sarah", email: EMAIL });
    const two = await api.made("leads", { first_name: "Sally", email: EMAIL });
    expect(two).toMatchObject({ contact_id: one.contact_id });
    expect(two.id).not.toBe(one.id);
    expect(record(await api.get(`leads/${one.id}`)).first_name).toBe("Sally");
  });

  test("another one with another's email, none without an email", async () => {
    const { api, native } = await leadHub();
    const lead = await api.made("leads", { first_name: "Sarah", email: EMAIL });
    await native.post("v1-public-contacts", { email: "bob@example.com", first_name: "Bob" });
    expect(record(await api.patch(`leads/${lead.id}`, { email: "bob@example.com" })))
      .toMatchObject({ first_name: "Bob", email: "bob@example.com" });
    expect(record(await api.patch(`leads/${lead.id}`, { email: null })))
      .toMatchObject({ first_name: "Bob", email: null, contact_id: null });
    expect((await contactsOf(native)).map(({ email }) => email)).toEqual([
      EMAIL,
      "bob@example.com",
    ]);
  });

  test("deleted there, the lead stays with what it showed", async () => {
    const { api, native } = await leadHub();
    const lead = await api.made("leads", { first_name: "Sarah", email: EMAIL });
    const [contact] = await contactsOf(native);
    await native.delete(`v1-public-contacts-crud?id=${contact.id}`);
    expect(record(await api.get(`leads/${lead.id}`)))
      .toEqual({ ...lead, contact_id: null, updated_at: expect.any(String) });
  });
});

test("the company of a name is one, however its case", async () => {
  const { api, native } = await leadHub();
  await api.made("leads", { first_name: "A", company: "Acme Inc" });
  expect(await api.made("leads", { first_name: "B", company: "ACME inc" }))
    .toMatchObject({ company: "Acme Inc" });
  expect((await native.get("v1-public-companies")).body.data.items).toHaveLength(1);
});

describe("the place of a lead", () => {
  async function twoPipelines() {
    const { api } = await leadHub();
    const [sales] = await api.listed("pipelines");
    const other = await api.made("pipelines", {
      name: "Other",
      stages: [{ name: "In" }, { name: "Gone", outcome: "lost" }],
    });
    const stage = (name: string) =>
      [...sales.stages, ...other.stages].find((one: Json) => one.name === name);
    const lead = await api.made("leads", { first_name: "Sarah" });
    const change = async (body: object) => record(await api.patch(`leads/${lead.id}`, body));
    return { api, sales, other, stage, change, lead };
  }

  test("is the pipeline of a stage alone, or the first stage of a pipeline alone", async () => {
    const { api, other, stage, change, sales } = await twoPipelines();
    const gone = { pipeline_id: other.id, pipeline_stage_id: stage("Gone").id };
    expect(await api.made("leads", { first_name: "A", pipeline_stage_id: stage("Gone").id }))
      .toMatchObject({ ...gone, status: "lost" });
    expect(await api.made("leads", { first_name: "A", pipeline_id: other.id }))
      .toMatchObject({ pipeline_id: other.id, pipeline_stage_id: stage("In").id, status: "new" });
    expect(await change({ pipeline_stage_id: stage("Gone").id })).toMatchObject(gone);
    expect(await change({ pipeline_id: sales.id }))
      .toMatchObject({ pipeline_id: sales.id, pipeline_stage_id: stage("Lead").id });
    expect(await change({ pipeline_id: sales.id, notes: "stays" }))
      .toMatchObject({ pipeline_stage_id: stage("Lead").id });
  });

  test("is no stage of another pipeline than the one given", async () => {
    const { api, sales, stage, lead } = await twoPipelines();
    const place = { pipeline_id: sales.id, pipeline_stage_id: stage("In").id };
    const errors = { pipeline_stage_id: ["Must be a stage of the pipeline."] };
    expectInvalid(await api.post("leads", { first_name: "A", ...place }), errors);
    expectInvalid(await api.patch(`leads/${lead.id}`, place), errors);
  });

  test("sets the status by its outcome, unless the request does", async () => {
    const { stage, change } = await twoPipelines();
    const to = (name: string, more = {}) =>
      change({ pipeline_stage_id: stage(name).id, ...more }).then(({ status }) => status);
    expect(await to("Won")).toBe("won");
    expect(await to("Qualified")).toBe("new");
    expect(await to("Lost", { status: "maybe later" })).toBe("maybe later");
    expect(await to("Lead")).toBe("maybe later");
    expect(await to("Gone")).toBe("lost");
    expect(await to("In", { status: "lost" })).toBe("lost");
  });

  test("has no stage while the pipeline has none", async () => {
    const { api } = await twoPipelines();
    const { id } = await api.made("pipelines", { name: "Empty" });
    expect(await api.made("leads", { first_name: "A", pipeline_id: id }))
      .toMatchObject({ pipeline_id: id, pipeline_stage_id: null });
  });
});

test("new contacts count towards the day's cap; leads without one, or of a known one, do not", async () => {
  const { api } = await leadHub({ contacts_per_day: 1 });
  const { id } = await api.made("leads", { first_name: "Sarah", email: EMAIL });
  const over = await api.post("leads", { first_name: "Bob", email: "bob@example.com" });
  expect(over).toMatchObject({ status: 429, body: { status: "error", code: "RATE_LIMITED" } });
  expect(Object.keys(over.body)).toEqual(["status", "message", "code"]);
  expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
  record(await api.patch(`leads/${id}`, { email: null }));
  expect((await api.patch(`leads/${id}`, { email: "new@example.com" })).status).toBe(429);
  await api.made("leads", { first_name: "Bob" });
  await api.made("leads", { first_name: "Sarah", email: EMAIL });
});

test("a write under an idempotency key happens once", async () => {
  const { api } = await leadHub();
  const headers = { "Idempotency-Key": "lead-1" };
  const first = await api.post("leads", { first_name: "Sarah", tags: ["a"] }, headers);
  const again = await api.post("leads", { first_name: "Sarah", tags: ["a"] }, headers);
  expect(again).toMatchObject({ status: 201, text: first.text });
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  const other = await api.post("leads", { first_name: "Bob" }, headers);
  expect(other).toMatchObject({ status: 409, body: { code: "IDEMPOTENCY_KEY_REUSED" } });
  expect(Object.keys(other.body.errors)).toEqual(["Idempotency-Key"]);
  expect(await api.listed("leads")).toHaveLength(1);
});
