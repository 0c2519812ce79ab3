import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld, TIME } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";

const MISSING = 999_999_999;

describe("a note", () => {
  test("is an activity of the lead's contact, and the lead's last activity", async () => {
    const { admin: { api, number }, workspace } = await lioWorld();
    const { id, email } = await leadOf(api);
    const note = await api.made("lead/note/add", {
      lead_id: id,
      title: "Called",
      note: "Hi\n日本",
    });
    expect(note).toEqual({
      id: expect.any(Number),
      lead_id: id,
      title: "Called",
      note: "Hi\n日本",
      created_by: number,
      created_by_name: "Jane Roe",
      created_at: TIME,
    });
    expect(await api.read(`lead/view/${id}`)).toMatchObject({ last_activity_at: note.created_at });
    await workspace.api.post("v1-public-activities", {
      type: "note",
      title: "Other",
      entity_email: email,
    });
    await workspace.api.post("v1-public-activities", { type: "call", entity_email: email });
    const { body } = await api.get(`lead/note/list?lead_id=${id}`);
    expect(body.data).toMatchObject([{ title: "Other", lead_id: id, created_by: null }, note]);
    expect(body).toMatchObject({ total: 2, page: 1, limit: 10 });
    const { body: activities } = await workspace.api.get("v1-public-activities-crud?type=note");
    expect(activities.data.items).toHaveLength(2);
  });

  test("of one without contact is listed with that lead alone", async () => {
    const { admin: { api } } = await lioWorld();
    const one = await leadOf(api, { email: null });
    const two = await leadOf(api, { email: null });
    for (const title of ["b", "a"]) await api.made("lead/note/add", { lead_id: one.id, title });
    const { body } = await api.get(`lead/note/list?lead_id=${one.id}&order_by=title&order_in=asc`);
    expect(body.data).toMatchObject([{ title: "a", note: null }, { title: "b" }]);
    expect((await api.get(`lead/note/list?lead_id=${two.id}`)).body).toMatchObject({ total: 0 });
  });

  test("that cannot be is told by field", async () => {
    const { admin: { api } } = await lioWorld();
    const { id } = await leadOf(api);
    const add = (more: object) => api.post("lead/note/add", { lead_id: id, title: "T", ...more });
    expectLioFields(await add({ lead_id: MISSING }), 422, "lead_id");
    expectLioFields(await add({ lead_id: undefined, title: "" }), 422, "lead_id", "title");
    expectLioFields(await add({ title: "x".repeat(256) }), 422, "title");
    expectLioFields(await add({ note: "x".repeat(20_001) }), 422, "note");
    expectLioFields(await api.get("lead/note/list"), 400, "lead_id");
    expectLioFields(await api.get("lead/note/list?lead_id=x"), 400, "lead_id");
  });
});

describe("a follow-up", () => {
  test("is a task of the lead, with a time", async () => {
    const { admin: { api, number }, workspace, user } = await lioWorld();
    const rep = await user("rep");
    const { id } = await leadOf(api, { assigned_to: rep.number });
    const made = await api.made("lead/follow-up/add", {
      lead_id: id,
      follow_up_date: "2999-02-03T10:30:00+01:00",
      notes: "Ask",
    });
    expect(made).toEqual({
      id: expect.any(Number),
      lead_id: id,
      follow_up_date: "2999-02-03T09:30:00.000Z",
      notes: "Ask",
      status: 1,
      status_text: "Scheduled",
      assigned_to: rep.number,
      created_by: number,
      created_at: TIME,
    });
    const { body: { data: { items: [task] } } } = await workspace.api.get("v1-public-tasks");
    expect(task).toMatchObject({ due_date: "2999-02-03", status: "open", description: "Ask" });
    await workspace.api.patch(`v1-public-tasks?id=${task.id}`, { due_date: "2999-03-01" });
    const { body } = await api.get("lead/follow-up/list");
    expect(body.data).toMatchObject([{ id: made.id, follow_up_date: "2999-03-01T00:00:00.000Z" }]);
  });

  test("shows its status as the task has it, and one that is past as overdue", async () => {
    const { admin: { api }, workspace } = await lioWorld();
    const { id } = await leadOf(api);
    for (const follow_up_date of ["2999-01-01", "2020-01-01"]) {
      await api.made("lead/follow-up/add", { lead_id: id, follow_up_date });
    }
    const states = async (query: string) =>
      (await api.get(`lead/follow-up/list?order_in=asc&${query}`)).body.data.map(
        ({ status_text }: { status_text: string }) => status_text,
      );
    expect(await states(`lead_id=${id}`)).toEqual(["Scheduled", "Overdue"]);
    const { body: { data } } = await workspace.api.get("v1-public-tasks");
    const words = ["rescheduled", "no_response", "completed", "cancelled"];
    const expected = ["Rescheduled", "No Response", "Completed", "Cancelled"];
    for (const [n, status] of words.entries()) {
      const later = data.items.find(({ due_date }: { due_date: string }) =>
        due_date === "2999-01-01"
      );
      await workspace.api.patch(`v1-public-tasks?id=${later.id}`, { status });
      expect((await states(`lead_id=${id}`))[0]).toBe(expected[n]);
    }
    expect(await states("status=6")).toEqual(["Overdue"]);
    expect(await states("status=4")).toEqual(["Cancelled"]);
    expect(await states("status=1")).toEqual([]);
    expect(await states("order_by=follow_up_date")).toEqual(["Overdue", "Cancelled"]);
  });

  test("that cannot be is told by field", async () => {
    const { admin: { api } } = await lioWorld();
    const { id } = await leadOf(api);
    const add = (more: object) =>
      api.post("lead/follow-up/add", { lead_id: id, follow_up_date: "2999-01-01", ...more });
    expectLioFields(await add({ lead_id: MISSING }), 422, "lead_id");
    expectLioFields(await add({ follow_up_date: "2999-01-01T10:00:00" }), 422, "follow_up_date");
    expectLioFields(await add({ follow_up_date: undefined }), 422, "follow_up_date");
    expectLioFields(await api.get("lead/follow-up/list?status=7"), 400, "status");
  });
});

test("a Rep sees what is of the leads that they see, and a Viewer writes nothing", async () => {
  const { admin, user } = await lioWorld();
  const rep = await user("rep");
  const foreign = await leadOf(admin.api, { assigned_to: admin.number });
  const lead_id = foreign.id;
  await admin.api.made("lead/note/add", { lead_id, title: "N" });
  await admin.api.made("lead/follow-up/add", { lead_id, follow_up_date: "2999-01-01" });
  for (const path of [`lead/note/list?lead_id=${lead_id}`, "lead/follow-up/list"]) {
    expect((await rep.api.get(path)).body).toMatchObject({ data: [], total: 0 });
    expect((await admin.api.get(path)).body).toMatchObject({ total: 1 });
  }
  expectLioFields(await rep.api.post("lead/note/add", { lead_id, title: "N" }), 422, "lead_id");
  const own = await leadOf(rep.api);
  expect(await rep.api.made("lead/note/add", { lead_id: own.id, title: "N" }))
    .toMatchObject({ created_by: rep.number });
  const viewer = await user("viewer");
  const refused = await viewer.api.post("lead/note/add", { lead_id, title: "N" });
  expectLioError(refused, 403, "permission_error", "role");
});
