import { expect, test } from "vitest";
import { type FormWorld, formWorld, FULL, taken } from "../support/forms.ts";
import { expectInvalid, expectMissing, record } from "../support/leadhub.ts";
import { expectConflict, makePipeline, makeUser, TIME } from "../support/leadhub-records.ts";
import { asOwner } from "../support/workspace.ts";

test("makes a lead of what was filled in, and counts", async () => {
  const { form, api, submit, lead } = await formWorld({ tags: ["web"], success_message: "Thanks" });
  const submission = taken(await submit(FULL));
  expect(submission).toEqual({
    id: expect.any(Number),
    form_id: form.id,
    lead_id: expect.any(Number),
    is_duplicate: false,
    spam: false,
    values: FULL,
    warnings: {},
    message: "Thanks",
    redirect_url: null,
    created_at: TIME,
  });
  expect(await lead(submission.lead_id)).toMatchObject({
    email: "sarah@example.com",
    first_name: "Sarah",
    last_name: null,
    phone: "+14155551234",
    notes: "Please call",
    source: "form",
    tags: ["web"],
    custom_fields: { seats: 40, topic: "Sales", days: ["Mon", "Wed"], terms: true },
  });
  expect(record(await api.get(`forms/${form.id}`))).toMatchObject({ submissions_count: 1 });
});

test("gives its leads what the form says, and completes those that are there", async () => {
  const world = await formWorld();
  const { api, submit, lead, form } = world;
  const pipeline = await makePipeline(world, {});
  const user = await makeUser(world);
  const [, stage] = pipeline.stages;
  await api.patch(`forms/${form.id}`, {
    pipeline_stage_id: stage.id,
    assigned_user_id: user.id,
    tags: ["web"],
    source: "site",
  });
  const { lead_id } = taken(await submit({ email: "a@example.com" }));
  expect(await lead(lead_id)).toMatchObject({
    pipeline_id: pipeline.id,
    pipeline_stage_id: stage.id,
    assigned_user_id: user.id,
    tags: ["web"],
    source: "site",
    status: "won",
  });
  const known = await api.made("leads", { first_name: "B", email: "b@example.com", tags: ["x"] });
  const again = taken(await submit({ email: "b@example.com", first_name: "Bea", message: "Hi" }));
  expect(again).toMatchObject({ lead_id: known.id, is_duplicate: true });
  expect(await lead(known.id)).toMatchObject({
    first_name: "B",
    notes: "Hi",
    tags: ["web", "x"],
    source: "site",
    assigned_user_id: user.id,
    pipeline_id: known.pipeline_id,
  });
});

test("costs no lead when its user is inactive by now, or its stage is gone", async () => {
  const world = await formWorld();
  const { api, form, submit, lead } = world;
  const user = await makeUser(world, { password: "a long password" });
  const { id, stages: [stage] } = await makePipeline(world, {});
  const places = { assigned_user_id: user.id, pipeline_stage_id: stage.id };
  record(await api.patch(`forms/${form.id}`, places));
  record(await api.patch(`users/${user.id}`, { status: "inactive" }));
  expect((await api.delete(`pipelines/${id}`)).status).toBe(204);
  const { lead_id } = taken(await submit({ email: "a@example.com" }));
  expect(await lead(lead_id)).toMatchObject({ assigned_user_id: null });
});

test("is an activity of the lead's contact, with all values", async () => {
  const { submit, native, form } = await formWorld();
  const long = "x".repeat(10_000);
  taken(await submit({ ...FULL, extra: long }));
  const { body } = await native.get("v1-public-activities-crud?type=form_submission");
  expect(body.data.items).toMatchObject([
    { title: form.name, data: { ...FULL, extra: long }, contact_id: expect.any(String) },
  ]);
});

test("with its honeypot filled it is spam: kept and counted, and no more than that", async () => {
  const world = await formWorld({ honeypot_field: "website" });
  const { api, form, submit, id } = world;
  const spam = taken(await submit({ email: "not even one", website: "http://spam.example" }));
  expect(spam).toMatchObject({ lead_id: null, is_duplicate: false, spam: true, warnings: {} });
  expect(await api.listed("leads")).toEqual([]);
  expect(await eventsOf(world)).toEqual([]);
  expect(await asOwner("select id from crm.activities where workspace_id = $1", [id])).toEqual([]);
  expect(record(await api.get(`forms/${form.id}`)).submissions_count).toBe(1);
  const blank = taken(await submit({ email: "a@example.com", website: "" }));
  expect(blank).toMatchObject({ spam: false, values: { email: "a@example.com" }, warnings: {} });
  expect(await eventsOf(world)).toEqual([
    { action: "created", spam: "false", actor: { kind: "key", id: expect.any(String) } },
  ]);
});

function eventsOf({ id }: FormWorld) {
  return asOwner(
    `select action, after ->> 'spam' as spam, actor from crm.events
      where workspace_id = $1 and resource = 'form_submissions'`,
    [id],
  );
}

test("to an inactive form: 409; to none: 404", async () => {
  const { api, form, submit } = await formWorld();
  await api.patch(`forms/${form.id}`, { is_active: false });
  expectConflict(await submit(FULL), "is_active", "The form is not active.");
  expectMissing(await api.post("forms/0/submissions", FULL), "No form with id 0.");
  expectMissing(await api.post("forms/x/submissions", FULL), "No form with id x.");
  expectInvalid(await api.post(`forms/${form.id}/submissions?tokn=1`, FULL), {
    tokn: ["Unknown; did you mean token?"],
  });
});

test("is done once under an idempotency key, in each of its formats", async () => {
  const { api, form } = await formWorld();
  const path = `forms/${form.id}/submissions`;
  const sent = async (key: string, raw: string, type: string) =>
    await api.send("POST", path, {
      raw,
      headers: { "idempotency-key": key, "content-type": type },
    });
  for (const type of ["application/json", "application/x-www-form-urlencoded"]) {
    const body = type.endsWith("json") ? JSON.stringify(FULL) : "email=a%40example.com";
    const first = await sent(type, body, type);
    const again = await sent(type, body, type);
    expect([first.status, again.text, again.headers.get("idempotency-replayed")])
      .toEqual([201, first.text, "true"]);
    expect((await sent(type, `${body}&a=1`, "application/x-www-form-urlencoded")).status).toBe(409);
  }
  expect(record(await api.get(`forms/${form.id}`)).submissions_count).toBe(2);
});
