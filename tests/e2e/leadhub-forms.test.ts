import { describe, expect, test } from "vitest";
import { formWorld } from "../support/forms.ts";
import { expectInvalid, expectMissing, leadHub, record, userNumber } from "../support/leadhub.ts";
import { expectGone, makePipeline, TIME } from "../support/leadhub-records.ts";

const EMAIL = { key: "email", type: "email" };

test("a form is made with what it is not given by default", async () => {
  const { api } = await leadHub();
  const form = await api.made("forms", { name: " Contact us ", fields: [EMAIL] });
  expect(form).toEqual({
    id: expect.any(Number),
    name: "Contact us",
    is_active: true,
    fields: [{
      key: "email",
      label: "email",
      type: "email",
      required: false,
      options: null,
      maps_to: "email",
    }],
    source: "form",
    tags: [],
    pipeline_id: null,
    pipeline_stage_id: null,
    assigned_user_id: null,
    public: false,
    submit_url: null,
    page_url: expect.stringMatching(/\/functions\/v1\/lio\/api\/v1\/web-form\/[\w-]{22}$/),
    honeypot_field: null,
    success_message: null,
    redirect_url: null,
    submissions_count: 0,
    created_at: TIME,
    updated_at: TIME,
  });
  expect(record(await api.get(`forms/${form.id}`))).toEqual(form);
  expect(await api.listed("forms")).toEqual([form]);
});

describe("its address", () => {
  test("is answered whenever a public form is read, and the same", async () => {
    const { api, form } = await formWorld();
    expect(form.submit_url).toMatch(
      new RegExp(`/functions/v1/leadhub/api/v1/forms/${form.id}/submissions\\?token=lhf_\\w{62}$`),
    );
    expect(record(await api.get(`forms/${form.id}`))).toEqual(form);
    expect(await api.listed("forms")).toEqual([form]);
    const same = record(await api.put(`forms/${form.id}`, form));
    expect(same).toEqual({ ...form, updated_at: TIME });
  });

  test("goes when the form is public no more, and is another one later", async () => {
    const { api, form, submitPublic } = await formWorld();
    const off = record(await api.patch(`forms/${form.id}`, { public: false }));
    expect(off).toMatchObject({ public: false, submit_url: null });
    expect((await submitPublic({ email: "a@example.com" })).status).toBe(401);
    const on = record(await api.patch(`forms/${form.id}`, { public: true }));
    expect(on.submit_url).toMatch(/\?token=lhf_/);
    expect(on.submit_url).not.toBe(form.submit_url);
  });

  test("is answered again under an idempotency key", async () => {
    const { api } = await leadHub();
    const headers = { "idempotency-key": "1" };
    const body = { name: "F", fields: [EMAIL], public: true };
    const first = await api.post("forms", body, headers);
    const again = await api.post("forms", body, headers);
    expect(first.body.data.submit_url).toMatch(/lhf_/);
    expect([again.text, again.headers.get("idempotency-replayed")]).toEqual([first.text, "true"]);
  });
});

test("what it is given is answered, and changed by PUT and PATCH", async () => {
  const world = await leadHub();
  const { api, id } = world;
  const user = await userNumber(id, "uma");
  const pipeline = await makePipeline(world, {});
  const [, stage] = pipeline.stages;
  const given = {
    name: "Contact",
    is_active: false,
    source: "site",
    tags: ["b", "A", "B"],
    pipeline_stage_id: stage.id,
    assigned_user_id: user,
    honeypot_field: "website",
    success_message: "Thanks",
    redirect_url: "https://example.com/ä?x=1",
  };
  const form = await api.made("forms", { ...given, fields: [EMAIL] });
  expect(form).toMatchObject({ ...given, tags: ["A", "b"], pipeline_id: pipeline.id });
  const cleared = {
    source: null,
    tags: null,
    pipeline_id: null,
    pipeline_stage_id: null,
    assigned_user_id: null,
    honeypot_field: null,
    success_message: null,
    redirect_url: null,
  };
  const after = record(await api.put(`forms/${form.id}`, cleared));
  expect(after).toEqual({ ...form, ...cleared, tags: [], updated_at: TIME });
  expectGone(await api.delete(`forms/${form.id}`));
  expectMissing(await api.delete(`forms/${form.id}`), `No form with id ${form.id}.`);
});

test("where its leads go is one place", async () => {
  const world = await leadHub();
  const { api } = world;
  const one = await makePipeline(world, {});
  const two = await makePipeline(world, { name: "Q" });
  const form = await api.made("forms", { name: "F", fields: [EMAIL], pipeline_id: one.id });
  expect(form).toMatchObject({ pipeline_id: one.id, pipeline_stage_id: null });
  const change = async (fields: object) => {
    const { pipeline_id, pipeline_stage_id } = record(await api.patch(`forms/${form.id}`, fields));
    return [pipeline_id, pipeline_stage_id];
  };
  const [first] = two.stages;
  expect(await change({ pipeline_stage_id: first.id })).toEqual([two.id, first.id]);
  expect(await change({ pipeline_id: two.id })).toEqual([two.id, first.id]);
  expect(await change({ pipeline_id: one.id })).toEqual([one.id, null]);
  const elsewhere = { pipeline_id: one.id, pipeline_stage_id: first.id };
  const refused = { pipeline_stage_id: ["Must be a stage of the pipeline."] };
  expectInvalid(await api.patch(`forms/${form.id}`, elsewhere), refused);
  expectInvalid(await api.post("forms", { name: "F", fields: [EMAIL], ...elsewhere }), refused);
});
