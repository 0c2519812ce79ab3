import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields } from "../support/lio.ts";
import {
  bookingWorld,
  everyDay,
  expectUnavailable,
  meetingsOf,
  occupy,
} from "../support/lio-booking.ts";

const HALF_HOURS = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"];

describe("what a visitor sees", () => {
  test("is the profile, without email, phone or ids", async () => {
    const { slug, visitor, rep } = await bookingWorld({ durations: [30, 60], location: "Room 1" });
    const answer = await visitor.get(`v1/booking/${slug}`);
    expect(answer.body).toEqual({
      success: true,
      message: "Booking profile fetched",
      data: {
        slug,
        name: "Jane Roe",
        title: "Intro call",
        description: null,
        duration: 30,
        durations: [30, 60],
        timezone: "UTC",
        location: "Room 1",
        meeting_tool: "none",
        max_days_ahead: 60,
      },
    });
    expect(answer.text).not.toContain(rep.email);
    expect(answer.headers.get("x-ratelimit-limit")).toMatch(/^\d+$/);
  });

  test("is nothing where booking is off, the user is inactive, or there is no such slug", async () => {
    const world = await bookingWorld();
    const { slug, admin, rep, visitor, change } = world;
    const nowhere = async (of: string) => {
      const path = `v1/booking/${of}`;
      const body = { ...world.at("09:00"), name: "J", email: "j@acme.com" };
      for (
        const answer of [
          await visitor.get(path),
          await visitor.get(`${path}/availability`),
          await visitor.post(`${path}/confirm`, body),
          await visitor.post(`${path}/confirm`, {}),
        ]
      ) {
        expectLioError(answer, 404, "not_found");
      }
    };
    await nowhere("nobody-at-all");
    await nowhere(encodeURIComponent("x'; drop table crm.users; --"));
    await admin.api.done(`user/update/${rep.number}`, { state_id: 0 });
    await nowhere(slug);
    await admin.api.done(`user/update/${rep.number}`, { state_id: 1 });
    expect((await visitor.get(`v1/booking/${slug}`)).status).toBe(200);
    await change({ enabled: false });
    await nowhere(slug);
    expect(await meetingsOf(world)).toEqual([]);
  });
});

describe("slots", () => {
  test("are those of a day of a time zone, with its offset", async () => {
    const { day, starts, visitor, slug } = await bookingWorld({ durations: [30, 90] });
    expect(await starts(`date=${day}`)).toEqual(HALF_HOURS.map((at) => `${day}T${at}:00.000Z`));
    expect(await starts(`date=${day}&duration=90&tz=Asia/Kathmandu`, "start_local"))
      .toEqual([`${day}T14:45:00+05:45`, `${day}T16:15:00+05:45`]);
    const data = await visitor.read(`v1/booking/${slug}/availability?date=${day}&duration=90`);
    expect(data).toMatchObject({ slug, timezone: "UTC", duration: 90 });
    expect(data.slots[0]).toEqual({
      start: `${day}T09:00:00.000Z`,
      end: `${day}T10:30:00.000Z`,
      start_local: `${day}T09:00:00+00:00`,
    });
    // Twelve hours on, the last ones are of the next day.
    const [next] = new Date(Date.parse(day) + 86_400_000).toISOString().split("T");
    expect(await starts(`date=${next}&tz=Pacific/Auckland`, "start_local")).not.toEqual([]);
    for (const start of await starts(`date=${day}&tz=Pacific/Auckland`, "start_local")) {
      expect(start.slice(0, 10)).toBe(day);
    }
  });

  test("are those of dates, both included, or of times", async () => {
    const { day, starts } = await bookingWorld({ durations: [60] });
    const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    const days = await starts(`from=${day}&to=${next}`);
    expect(days).toEqual(
      [day, next].flatMap((on) =>
        [9, 10, 11].map((at) => `${on}T${at === 9 ? "09" : at}:00:00.000Z`)
      ),
    );
    const times = await starts(`from=${day}T10:00:00Z&to=${day}T12:30:00%2B01:00`);
    expect(times).toEqual([`${day}T10:00:00.000Z`, `${day}T11:00:00.000Z`]);
    const week = await starts("");
    expect(week.length).toBeGreaterThanOrEqual(3 * 6);
    expect(week.length).toBeLessThanOrEqual(3 * 8);
  });

  test("begin after the notice, and end with the days ahead", async () => {
    const always = everyDay(["00:00", "24:00"]);
    const { starts } = await bookingWorld({
      working_hours: always,
      min_notice_minutes: 2_880,
      max_days_ahead: 3,
    });
    const before = Date.now();
    const all = await starts(`from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z`);
    expect(all).toEqual([]);
    const week = (await starts("")).map((start) => Date.parse(start));
    const after = Date.now();
    expect(week.length).toBeGreaterThanOrEqual(47);
    expect(week[0]).toBeGreaterThanOrEqual(before + 2 * 86_400_000);
    expect(week[0]).toBeLessThan(after + 2 * 86_400_000 + 1_800_000);
    expect(week.at(-1)).toBeLessThanOrEqual(after + 3 * 86_400_000);
    expect(week.at(-1)).toBeGreaterThan(before + 3 * 86_400_000 - 1_800_000);
  });

  test("leave out meetings that are to be, and busy events", async () => {
    const world = await bookingWorld({ buffer_before: 10, slot_interval: 30, durations: [20] });
    const { day, starts, at } = world;
    await occupy(world, "meetings", at("09:00", 10));
    await occupy(world, "meetings", at("10:00"), { status: 4 });
    await occupy(world, "calendar_events", at("10:50", 5));
    await occupy(world, "calendar_events", at("11:30"), { busy: false });
    // At 10:30 it would touch the event's start, at 11:00 begin within ten minutes of its end.
    expect(await starts(`date=${day}`))
      .toEqual(["09:30", "10:00", "10:30", "11:30"].map((time) => `${day}T${time}:00.000Z`));
  });

  test("are refused for a question that is none", async () => {
    const { slug, visitor, day, rep } = await bookingWorld();
    const wrong: Record<string, string[]> = {
      "date=2027-02-30": ["date"],
      [`date=${day}&from=${day}`]: ["date"],
      [`from=${day}&to=2020-01-01`]: ["from"],
      [`from=${day}T09:00:00&to=${day}`]: ["from"],
      "from=2027-01-01&to=2027-03-04": ["to"],
      "duration=45": ["duration"],
      "duration=x": ["duration"],
      "tz=PST": ["tz"],
      "tz=%2B01:00": ["tz"],
      "limit=1": ["limit"],
    };
    for (const [query, fields] of Object.entries(wrong)) {
      expectLioFields(
        await visitor.get(`v1/booking/${slug}/availability?${query}`),
        400,
        ...fields,
      );
      if (query !== "duration=45") {
        expectLioFields(await rep.api.get(`calendar/availability?${query}`), 400, ...fields);
      }
    }
    for (
      const query of ["from=2027-01-01&to=2027-03-03", "date=9999-12-31", "date=0001-01-01"]
        .concat(
          "from=9999-12-31T23:59:59Z",
          "to=9999-12-31T23:59:59Z&from=9999-12-31",
          "from=0001-01-01",
        )
    ) {
      expect((await visitor.get(`v1/booking/${slug}/availability?${query}`)).status, query).toBe(
        200,
      );
    }
  });

  test("are told their own user also while booking is off, of any duration", async () => {
    const { rep, change, day, slug, admin } = await bookingWorld();
    await change({ enabled: false });
    const data = await rep.api.read(`calendar/availability?date=${day}&duration=85`);
    expect(data).toMatchObject({ slug, timezone: "UTC", duration: 85 });
    expect(data.slots.map(({ start }: { start: string }) => start))
      .toEqual([`${day}T09:00:00.000Z`, `${day}T10:25:00.000Z`]);
    expect((await admin.api.read(`calendar/availability?date=${day}`)).slug).not.toBe(slug);
    for (const duration of [4, 481]) {
      expectLioFields(
        await rep.api.get(`calendar/availability?duration=${duration}`),
        400,
        "duration",
      );
    }
  });
});

test("what was booked is no longer offered, with its buffers", async () => {
  const world = await bookingWorld({ buffer_before: 15, buffer_after: 30 });
  const { day, starts, at, confirm } = world;
  const taken = await confirm(at("10:00"));
  expect(taken.status, taken.text).toBe(201);
  // Both need what is around them: 15 and 30 minutes on either side.
  expect(await starts(`date=${day}`)).toEqual([`${day}T11:30:00.000Z`]);
  expectUnavailable(await confirm(at("09:00")));
  expect((await confirm(at("11:30"))).status).toBe(201);
});
