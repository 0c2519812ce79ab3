import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, TIME } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";
import { meetingAt, meetingWorld } from "../support/lio-meetings.ts";

const MISSING = 999_999_999;

describe("a meeting", () => {
  test("is its user's, with the defaults, and the lead's last activity", async () => {
    const { admin: { api, number }, meeting } = await meetingWorld();
    await api.done(`user/update/${number}`, { timezone: "Asia/Kolkata" });
    const { id } = await leadOf(api);
    const made = await meeting({
      title: " Grüße 日本 👩‍👩‍👧‍👦 ",
      start_time: "2030-01-07T14:30:00.1+05:30",
      lead_id: id,
      attendees: ["Ann <Ann@Example.com>", { email: "bob@example.com", name: "Bob" }],
    });
    expect(made).toEqual({
      id: expect.any(Number),
      user_id: number,
      lead_id: id,
      contact_id: null,
      company_id: null,
      title: "Grüße 日本 👩‍👩‍👧‍👦",
      description: null,
      location: null,
      start_time: "2030-01-07T09:00:00.100Z",
      end_time: "2030-01-07T09:30:00.000Z",
      timezone: "Asia/Kolkata",
      attendees: [
        { email: "ann@example.com", name: null, status: "needs_action" },
        { email: "bob@example.com", name: "Bob", status: "needs_action" },
      ],
      meeting_url: null,
      meeting_tool: "none",
      status: 1,
      summary: null,
      has_transcript: false,
      booking: null,
      created_at: TIME,
      updated_at: TIME,
    });
    expect(await api.read(`meeting/view/${made.id}`)).toEqual(made);
    expect(await api.read(`lead/view/${id}`)).toMatchObject({ last_activity_at: made.created_at });
  });

  test("may overlap others, and is sent back as it was read", async () => {
    const { admin: { api }, meeting } = await meetingWorld();
    const made = await meeting({ attendees: ["ann@example.com", "ANN@example.com"] });
    await meeting();
    expect(made.attendees).toHaveLength(1);
    expect(await api.done(`meeting/update/${made.id}`, made)).toEqual(made);
    expect(await api.done(`meeting/update/${made.id}`, { title: "Demo" }))
      .toEqual({ ...made, title: "Demo", updated_at: TIME });
  });

  test("at another time is rescheduled, unless its status is given", async () => {
    const { admin: { api }, meeting } = await meetingWorld();
    const { id } = await meeting();
    const change = (body: object) => api.done(`meeting/update/${id}`, body);
    expect(await change({ start_time: "2030-01-07T10:00:00+01:00" })).toMatchObject({ status: 1 });
    const { start_time, end_time } = meetingAt(60);
    expect(await change({ start_time, end_time })).toMatchObject({
      status: 2,
      start_time,
      end_time,
    });
    expect(await change({ ...meetingAt(90), status: 1 })).toMatchObject({ status: 1 });
    for (const status of [3, 4, 5]) expect(await change({ status })).toMatchObject({ status });
  });

  test("has what null clears, or its default", async () => {
    const { admin: { api }, meeting } = await meetingWorld();
    const { id } = await meeting({
      description: "Why",
      location: "Room 1",
      meeting_tool: "custom",
      meeting_url: "https://meet.example.com/a",
      timezone: "Europe/Berlin",
      attendees: ["ann@example.com"],
    });
    const fields = [
      "description",
      "location",
      "meeting_tool",
      "meeting_url",
      "timezone",
      "attendees",
    ];
    const cleared = Object.fromEntries(fields.map((field) => [field, null]));
    expect(await api.done(`meeting/update/${id}`, cleared)).toMatchObject({
      ...cleared,
      meeting_tool: "none",
      timezone: "UTC",
      attendees: [],
    });
    for (const field of ["title", "start_time", "end_time", "status"]) {
      expectLioFields(await api.post(`meeting/update/${id}`, { [field]: null }), 422, field);
    }
  });

  test("that cannot be is told by field", async () => {
    const { admin: { api }, meeting } = await meetingWorld();
    const add = (more: object) => api.post("meeting/add", meetingAt(0, more));
    const links = { lead_id: MISSING, contact_id: MISSING, company_id: MISSING };
    expectLioFields(await add(links), 422, "lead_id", "contact_id", "company_id");
    expectLioFields(await api.post("meeting/add", {}), 422, "title", "start_time", "end_time");
    expectLioFields(await add({ end_time: meetingAt(0).start_time }), 422, "end_time");
    expectLioFields(await add({ end_time: "2030-01-08T09:00:00.001Z" }), 422, "end_time");
    expectLioFields(await add({ start_time: "2030-01-07T09:00:00" }), 422, "start_time");
    expectLioFields(await add({ meeting_tool: "custom" }), 422, "meeting_url");
    expectLioFields(await add({ meeting_url: "javascript:alert(1)" }), 422, "meeting_url");
    expectLioFields(await add({ meeting_tool: "phone", status: 6 }), 422, "meeting_tool", "status");
    expectLioFields(await add({ timezone: "+01:00" }), 422, "timezone");
    expectLioFields(await add({ timezone: "Mars/Olympus" }), 422, "timezone");
    expectLioFields(await add({ attendees: ["ann"] }), 422, "attendees[0]");
    const many = Array.from({ length: 101 }, (_, i) => `${i}@example.com`);
    expectLioFields(await add({ attendees: many }), 422, "attendees");
    expectLioFields(await add({ user_id: 1, summary: "x" }), 422, "user_id", "summary");
    const { id } = await meeting();
    const { start_time } = meetingAt(40);
    expectLioFields(await api.post(`meeting/update/${id}`, { start_time }), 422, "end_time");
    expectLioFields(await api.post(`meeting/update/${id}`, {}), 422, "body");
  });

  test("is deleted once", async () => {
    const { admin: { api }, meeting } = await meetingWorld();
    const { id } = await meeting({ transcript: "Hi" });
    const { body } = await api.send("DELETE", `meeting/delete/${id}`);
    expect(body.data).toEqual({ id, deleted: true });
    expectLioError(await api.send("DELETE", `meeting/delete/${id}`), 404, "not_found");
    expectLioError(await api.get(`meeting/view/${id}`), 404, "not_found");
    expectLioError(await api.get(`meeting/${id}/transcript`), 404, "not_found");
  });
});

test("meetings are listed by what they are with, when they start, and how they stand", async () => {
  const { admin: { api }, meeting } = await meetingWorld();
  const lead = await leadOf(api, { company: "Acme" });
  const { id: contact } = await api.made("contact/add", {
    name: "Ann",
    company_id: lead.company_id,
  });
  const first = await meeting({ lead_id: lead.id });
  const second = await meeting({ ...meetingAt(24 * 60), contact_id: contact, status: 3 });
  const third = await meeting({ ...meetingAt(48 * 60), company_id: lead.company_id });
  const listed = async (query: string) => {
    const { body } = await api.get(`meeting/list?${query}`);
    expect(body.total, query).toBe(body.data?.length);
    return body.data.map(({ id }: { id: number }) => id);
  };
  expect(await listed("")).toEqual([third.id, second.id, first.id]);
  expect(await listed("order_by=start_time&order_in=asc")).toEqual([first.id, second.id, third.id]);
  expect(await listed(`lead_id=${lead.id}`)).toEqual([first.id]);
  expect(await listed(`contact_id=${contact}`)).toEqual([second.id]);
  expect(await listed(`company_id=${lead.company_id}`)).toEqual([third.id]);
  expect(await listed(`lead_id=${MISSING}`)).toEqual([]);
  expect(await listed("status=3")).toEqual([second.id]);
  expect(await listed("status=1,3")).toEqual([third.id, second.id, first.id]);
  expect(await listed("from=2030-01-08&to=2030-01-08")).toEqual([second.id]);
  expect(await listed("from=2030-01-08T09:00:00Z")).toEqual([third.id, second.id]);
  expect(await listed("to=2030-01-08T08:59:59Z")).toEqual([first.id]);
  expectLioFields(await api.get("meeting/list?status=6"), 400, "status");
  expectLioFields(await api.get("meeting/list?from=x"), 400, "from");
  expectLioFields(await api.get("meeting/list?from=2030-01-02&to=2030-01-01"), 400, "from");
  expectLioFields(await api.get("meeting/list?lead=1"), 400, "lead");
});
