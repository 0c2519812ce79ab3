import { expect, test } from "vitest";
import { expectLioFields } from "../support/lio.ts";
import {
  type BookingWorld,
  bookingWorld,
  everyDay,
  expectUnavailable,
  meetingsOf,
  occupy,
} from "../support/lio-booking.ts";
import { asOwner } from "../support/workspace.ts";

test("books the slot, with the visitor's lead, and tells the Rep", async () => {
  const world = await bookingWorld({
    location: "Room 1",
    timezone: "Europe/Berlin",
    working_hours: everyDay(["00:00", "24:00"]),
  });
  const { at, confirm, rep } = world;
  const slot = at("10:00");
  const answer = await confirm(slot, {
    name: "Jane van Roe",
    email: "Jane@Acme.com",
    company: "Acme Corp",
    phone: "+1 555 123 4567",
    notes: "About 40 seats 🎉",
    tz: "America/New_York",
  });
  expect(answer.status, answer.text).toBe(201);
  const [meeting] = await meetingsOf(world);
  expect(answer.body.data).toEqual({
    id: Number(meeting.number),
    status: "confirmed",
    ...slot,
    timezone: "America/New_York",
    title: "Intro call",
    name: "Jane van Roe",
    email: "jane@acme.com",
    location: "Room 1",
    meeting_url: null,
    invitation: "not_configured",
  });
  expect(meeting).toMatchObject({
    title: "Intro call",
    description: "About 40 seats 🎉",
    timezone: "Europe/Berlin",
    status: 1,
    attendees: [{ email: "jane@acme.com", name: "Jane van Roe" }],
    booking: { slug: world.slug, name: "Jane van Roe", company: "Acme Corp" },
  });
  const lead = await rep.api.read(`lead/view/${meeting.lead}`);
  expect(lead).toMatchObject({
    first_name: "Jane van",
    last_name: "Roe",
    email: "jane@acme.com",
    phone_number: "+15551234567",
    company: "Acme Corp",
    lead_source: 1,
    assigned_to: rep.number,
  });
  const { body } = await rep.api.get("notification/list?type_id=6");
  expect(body).toMatchObject({
    total: 1,
    data: [{
      type: "booking",
      title: "Jane van Roe booked Intro call",
      subject_id: Number(meeting.number),
    }],
  });
});

test("leaves the lead that is there as it is, whosever it is", async () => {
  const world = await bookingWorld();
  const { admin, at, confirm } = world;
  const lead = await admin.api.made("lead/add", {
    first_name: "Other",
    last_name: "Name",
    email: "jane@acme.com",
    assigned_to: admin.number,
  });
  expect((await confirm(at("09:00"), { email: "JANE@acme.com", company: "Acme" })).status).toBe(
    201,
  );
  const [meeting] = await meetingsOf(world);
  expect(Number(meeting.lead)).toBe(lead.id);
  expect(await admin.api.read(`lead/view/${lead.id}`))
    .toMatchObject({ first_name: "Other", company: null, assigned_to: admin.number });
});

test("refuses what is not offered", async () => {
  const world = await bookingWorld({ durations: [30, 60], max_days_ahead: 20, buffer_before: 5 });
  const { at, confirm, change } = world;
  const far = new Date(Date.now() + 21 * 86_400_000).toISOString().slice(0, 10);
  await occupy(world, "meetings", at("09:00"));
  await occupy(world, "calendar_events", at("11:15", 5));
  const not = [at("09:00"), at("08:30"), at("11:45"), at("10:10"), at("11:00"), at("12:00")]
    .concat({ start: `${far}T09:00:00Z`, end: `${far}T09:30:00Z` })
    .concat({ start: "2020-01-01T09:00:00Z", end: "2020-01-01T09:30:00Z" })
    .concat({ start: "9999-12-31T23:29:59.999Z", end: "9999-12-31T23:59:59.999Z" })
    .concat({ start: "0001-01-01T00:00:00Z", end: "0001-01-01T00:30:00Z" });
  for (const slot of not) expectUnavailable(await confirm(slot));
  await change({ min_notice_minutes: 11 * 1_440 });
  expectUnavailable(await confirm(at("10:00")));
  await change({ min_notice_minutes: 0 });
  expect((await confirm(at("10:00", 60))).status).toBe(201);
  expect(await meetingsOf(world)).toHaveLength(2);
  expect(await asOwner("select from crm.leads where workspace_id = $1", [world.workspace.id]))
    .toHaveLength(1);
});

test("names every field that is wrong", async () => {
  const { at, confirm, visitor, slug } = await bookingWorld();
  const path = `v1/booking/${slug}/confirm`;
  expectLioFields(await visitor.post(path, {}), 422, "start", "end", "name", "email");
  expectLioFields(await confirm(at("09:00", 45)), 422, "end");
  expectLioFields(await confirm({ start: at("09:30").start, end: at("09:00").start }), 422, "end");
  const wrong = {
    name: "",
    email: "none",
    company: 1,
    phone: "x",
    notes: "x".repeat(5_001),
    tz: "Mars",
  };
  expectLioFields(await confirm(at("09:00"), wrong), 422, ...Object.keys(wrong));
  expectLioFields(await confirm(at("09:00"), { emial: "a@b.c" }), 422, "emial");
  expectLioFields(await confirm({ start: "tomorrow", end: "2027-01-01" }), 422, "start", "end");
  expectLioFields(await visitor.send("POST", path, { raw: "{" }), 400, "body");
  expectLioFields(
    await visitor.post(`${path}?x=1`, { ...at("09:00"), name: "J", email: "j@a.com" }),
    400,
    "x",
  );
});

test("books once under an idempotency key", async () => {
  const world = await bookingWorld();
  const send = () => world.confirm(world.at("09:00"), {}, { "Idempotency-Key": "k" });
  const [first, again] = [await send(), await send()];
  expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  const other = await world.confirm(world.at("10:00"), {}, { "Idempotency-Key": "k" });
  expect([other.status, other.body.error.code]).toEqual([409, "idempotency_key_reused"]);
  expect(await meetingsOf(world)).toHaveLength(1);
});

test("of forty visitors at once, those get theirs whom nobody was before, and nobody else", async () => {
  const world = await bookingWorld({
    slot_interval: 10,
    buffer_before: 5,
    buffer_after: 10,
    working_hours: everyDay(["09:00", "13:00"]),
  });
  const chosen = Array.from({ length: 40 }, (_, n) => {
    const minute = n * 50 % 220;
    const time = new Date(Date.UTC(2000, 0, 1, 9, minute - minute % 10)).toISOString().slice(
      11,
      16,
    );
    return world.at(time);
  });
  const answers = await Promise.all(
    chosen.map((slot, n) => world.confirm(slot, { email: `visitor-${n % 20}@acme.com` })),
  );
  const got = chosen.filter((_, n) => answers[n]?.status === 201);
  answers.forEach((answer) => {
    if (answer.status !== 201) expectUnavailable(answer);
  });
  expect(got.length).toBeGreaterThanOrEqual(3);
  const clash = (one: { start: string }, other: { start: string }) =>
    Math.abs(Date.parse(one.start) - Date.parse(other.start)) < 45 * 60_000;
  for (const slot of got) expect(got.filter((other) => clash(slot, other))).toHaveLength(1);
  for (const slot of chosen) expect(got.some((other) => clash(slot, other))).toBe(true);
  expect((await meetingsOf(world)).map(({ start_time }) => new Date(start_time).toISOString()))
    .toEqual(got.map(({ start }) => start).sort());
  await nothingHalf(world);
});

/** No lead, contact or notification of a visitor who got nothing. */
async function nothingHalf({ rep, workspace }: BookingWorld): Promise<void> {
  const [counts] = await asOwner(
    `select (select count(*)::int from crm.leads where workspace_id = $1) as leads,
      (select count(distinct lead_id)::int from crm.meetings where workspace_id = $1) as booked,
      (select count(*)::int from crm.notifications where user_id = $2 and type = 'booking') as told,
      (select count(*)::int from crm.meetings where workspace_id = $1) as meetings`,
    [workspace.id, rep.id],
  );
  expect(counts?.leads).toBe(counts?.booked);
  expect(counts?.told).toBe(counts?.meetings);
}
