import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import {
  expectLioError,
  expectLioFields,
  type LioUser,
  lioUser,
  lioWorld,
} from "../support/lio.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const NINE_TO_FIVE = [["09:00", "17:00"]];

const change = ({ api, number }: LioUser, booking: Json) =>
  api.post(`user/update/${number}`, { booking });
const read = async ({ api }: LioUser) => (await api.read("user/my")).booking;

test("everybody can be booked as they like once they say so, by a slug of their name", async () => {
  const { admin } = await lioWorld();
  const booking = await read(admin);
  expect(booking).toEqual({
    slug: expect.stringMatching(/^jane-roe(-[0-9a-f]{8})?$/),
    enabled: false,
    title: "Meeting with Jane Roe",
    description: null,
    location: null,
    meeting_tool: "none",
    durations: [30],
    slot_interval: null,
    buffer_before: 0,
    buffer_after: 0,
    min_notice_minutes: 60,
    max_days_ahead: 60,
    timezone: "UTC",
    working_hours: {
      ...Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, NINE_TO_FIVE])),
      sat: [],
      sun: [],
    },
  });
  const [listed] = (await admin.api.get("user/list")).body.data;
  expect(listed).not.toHaveProperty("booking");
});

test("a profile is changed key by key, and taken back as it was read", async () => {
  const { admin } = await lioWorld();
  const slug = `ada-${admin.id}`;
  const hours = { mon: [["13:00", "24:00"], ["09:00", "12:00"]], sun: [["00:00", "00:05"]] };
  const given = { slug, enabled: true, durations: [45, 15], working_hours: hours, location: " x " };
  const { body: { data: { booking } } } = await change(admin, given);
  const none = { tue: [], wed: [], thu: [], fri: [], sat: [] };
  expect(booking).toMatchObject({
    slug,
    enabled: true,
    durations: [45, 15],
    location: "x",
    working_hours: { mon: [["09:00", "12:00"], ["13:00", "24:00"]], sun: hours.sun, ...none },
  });
  const more = await change(admin, { buffer_after: 240, slot_interval: 20, location: null });
  expect(more.body.data.booking)
    .toEqual({ ...booking, buffer_after: 240, slot_interval: 20, location: null });
  const back = await admin.api.done(`user/update/${admin.number}`, await admin.api.read("user/my"));
  expect(back.booking).toEqual(more.body.data.booking);
});

test("title and time zone are the user's until they are given, and again once they are cleared", async () => {
  const { admin } = await lioWorld();
  const update = (body: Json) => admin.api.done(`user/update/${admin.number}`, body);
  await update({ booking: await read(admin) });
  const { booking } = await update({ first_name: "Ada", timezone: "Asia/Tokyo" });
  expect(booking).toMatchObject({ title: "Meeting with Ada Roe", timezone: "Asia/Tokyo" });
  const own = { title: "Intro call", timezone: "Europe/Berlin" };
  expect((await update({ booking: own })).booking).toMatchObject(own);
  expect((await update({ timezone: "UTC" })).booking).toMatchObject(own);
  expect((await update({ booking: { title: null, timezone: null } })).booking)
    .toMatchObject({ title: "Meeting with Ada Roe", timezone: "UTC" });
});

test("names every mistake by its place", async () => {
  const { admin } = await lioWorld();
  const before = await read(admin);
  const wrong: [Json, string][] = [
    [{ slug: "ab" }, "booking.slug"],
    [{ slug: "Ada" }, "booking.slug"],
    [{ slug: null }, "booking.slug"],
    [{ enabled: 1 }, "booking.enabled"],
    [{ title: "x".repeat(256) }, "booking.title"],
    [{ durations: [] }, "booking.durations"],
    [{ durations: [30, 30] }, "booking.durations"],
    [{ durations: [5, 10, 15, 20, 25, 30] }, "booking.durations"],
    [{ durations: [4] }, "booking.durations[0]"],
    [{ durations: [30, 481] }, "booking.durations[1]"],
    [{ durations: [30.5] }, "booking.durations[0]"],
    [{ slot_interval: 0 }, "booking.slot_interval"],
    [{ buffer_before: 241 }, "booking.buffer_before"],
    [{ buffer_after: -1 }, "booking.buffer_after"],
    [{ min_notice_minutes: 43_201 }, "booking.min_notice_minutes"],
    [{ max_days_ahead: 731 }, "booking.max_days_ahead"],
    [{ timezone: "+01:00" }, "booking.timezone"],
    [{ timezone: "cst" }, "booking.timezone"],
    [{ meeting_tool: "phone" }, "booking.meeting_tool"],
    [{ working_hours: { mon: [["9:00", "17:00"]] } }, "booking.working_hours.mon[0][0]"],
    [{ working_hours: { mon: [["09:00", "24:01"]] } }, "booking.working_hours.mon[0][1]"],
    [{ working_hours: { mon: [["17:00", "09:00"]] } }, "booking.working_hours.mon[0]"],
    [
      { working_hours: { mon: [["09:00", "12:00"], ["11:59", "13:00"]] } },
      "booking.working_hours.mon",
    ],
    [{ working_hours: { monday: [] } }, "booking.working_hours.monday"],
    [{ sluk: "ada" }, "booking.sluk"],
  ];
  for (const [booking, field] of wrong) {
    expectLioFields(await change(admin, booking), 422, field);
  }
  for (const booking of [null, [], "x"]) {
    const answer = await admin.api.post(`user/update/${admin.number}`, { booking });
    expectLioFields(answer, 422, "booking");
  }
  expect(await read(admin)).toEqual(before);
});

test("a slug is one user's of all organisations", async () => {
  const [one, other] = await Promise.all([lioWorld(), lioWorld()]);
  const slug = `taken-${one.admin.number}`;
  const answers = await Promise.all([one, other].map(({ admin }) => change(admin, { slug })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409);
  if (refused === undefined) throw new Error("none was refused");
  expectLioError(refused, 409, "conflict", "duplicate");
  expect(refused.body.error).not.toHaveProperty("existing_id");
});

test("only an Admin changes how others can be booked, and everybody how they can", async () => {
  const { admin, user } = await lioWorld();
  for (const role of ["manager", "rep", "viewer"] as const) {
    const own = await user(role);
    expect((await change(own, { enabled: true })).status).toBe(200);
    const other = await own.api.post(`user/update/${admin.number}`, { booking: { enabled: true } });
    expectLioError(other, 403, "permission_error", "role");
    const theirs = await admin.api.done(`user/update/${own.number}`, {
      booking: { max_days_ahead: 0 },
    });
    expect(theirs.booking).toMatchObject({ enabled: true, max_days_ahead: 0 });
  }
});

test("a slug is made of any name", async () => {
  const { id } = await testWorkspace();
  await lioUser({ id });
  const names = { "Zoë Straße": "zoe-strasse", "王小明": "user", "Q": "user-q" };
  for (const [name, start] of Object.entries(names)) {
    const [made] = await asOwner<{ slug: string }>(
      `with its as (insert into crm.users (workspace_id, name, email)
        values ($1, $2, gen_random_uuid() || '@example.com') returning id)
      select id as slug from its`,
      [id, name],
    );
    const [profile] = await asOwner<{ slug: string }>(
      "select slug from crm.booking_profiles where user_id = $1",
      [made?.slug],
    );
    expect(profile?.slug).toMatch(new RegExp(`^${start}(-[0-9a-f]{8})?$`));
  }
});
