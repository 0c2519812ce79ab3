import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  type BookingWorld,
  bookingWorld,
  expectUnavailable,
  meetingsOf,
} from "../support/lio-booking.ts";
import {
  connectCalendar,
  eventOf,
  eventsIn,
  type Provider,
  PROVIDERS,
} from "../support/lio-calendars.ts";
import { testGateway } from "../support/gateway.ts";
import { expectLioError, LioClient } from "../support/lio.ts";
import { eventually } from "../support/workspace.ts";

/** A Rep with a calendar elsewhere, which can be booked from nine to twelve. */
async function busyWorld(provider: Provider, what?: string, booking = {}) {
  const world = await bookingWorld(booking);
  await connectCalendar(world.workspace, world.rep.id, provider, what);
  const { day, rep: { api } } = world;
  return {
    ...world,
    busy: (start: string, end: string, isBusy = true) =>
      api.made(
        `calendar/${provider}/events`,
        eventOf(provider, "Elsewhere", `${day}T${start}:00Z`, `${day}T${end}:00Z`, isBusy),
      ),
    times: async () => (await world.starts(`date=${day}`)).map((start) => start.slice(11, 16)),
  };
}

async function availability({ visitor, slug, rep: { api }, day }: BookingWorld) {
  return await Promise.all([
    visitor.get(`v1/booking/${slug}/availability?date=${day}`),
    api.get(`calendar/availability?date=${day}`),
  ]);
}

describe.each(PROVIDERS)("what is in a calendar of %s", (provider) => {
  test("is not offered, whoever asks, but what it says is free", async () => {
    const world = await busyWorld(provider);
    await world.busy("09:00", "10:00", false);
    await world.busy("10:00", "10:15");
    await world.busy("11:00", "11:30");
    expect(await world.times()).toEqual(["09:00", "09:30", "10:30", "11:30"]);
    const [, own] = await availability(world);
    expect(own.body.data.slots).toHaveLength(4);
    await world.change({ buffer_before: 10, buffer_after: 10 });
    expect(await world.times()).toEqual(["09:00"]);
    await world.change({ buffer_before: 0, buffer_after: 0, durations: [60] });
    expect(await world.times()).toEqual(["09:00"]);
  });

  test("is not booked, although it was offered", async () => {
    const world = await busyWorld(provider, "plain", { buffer_after: 15 });
    const key = { "Idempotency-Key": randomUUID() };
    const first = await world.confirm(world.at("09:00"), {}, key);
    expect(first.status, first.text).toBe(201);
    await world.busy("10:00", "10:30");
    expectUnavailable(await world.confirm(world.at("10:00")));
    await world.change({ slot_interval: 15 });
    expectUnavailable(await world.confirm(world.at("09:30")));
    expect(await meetingsOf(world)).toHaveLength(1);
    expect((await world.confirm(world.at("10:30"))).status).toBe(201);
    // By now the calendar has the first one as well.
    await eventually(async () =>
      (await eventsIn(world.rep.api, provider, `from=${world.day}&to=${world.day}`)).length === 3
    );
    const again = await world.confirm(world.at("09:00"), {}, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
  });

  test("that cannot be read is not passed over", async () => {
    const world = await busyWorld(provider, "revoked");
    for (const answer of await availability(world)) {
      expectLioError(answer, 502, "provider_error", "token_rejected");
      expect(answer.text).not.toMatch(/google|microsoft/i);
    }
    expectLioError(await world.confirm(world.at("09:00")), 502, "provider_error", "token_rejected");
    expect(await meetingsOf(world)).toEqual([]);
    // What is not offered anyway need not be read for.
    expectUnavailable(
      await world.confirm({ start: "2020-01-01T09:00:00Z", end: "2020-01-01T09:30:00Z" }),
    );
    const { visitor, slug } = world;
    expect((await visitor.get(`v1/booking/${slug}`)).status).toBe(200);
  });
});

test.each(["revoked", "broken"])("that is %s is told to browsers by a page", async (what) => {
  const world = await busyWorld("google", what);
  const { visitor, slug, day } = world;
  const html = { accept: "text/html" };
  const shown = await visitor.send("GET", `v1/booking/${slug}?date=${day}`, { headers: html });
  const wish = { ...world.at("09:00"), tz: "UTC", name: 'Jane "J"', email: "jane@acme.com" };
  const confirm = async () =>
    await visitor.send("POST", `v1/booking/${slug}/confirm`, {
      raw: new URLSearchParams(wish).toString(),
      headers: { ...html, "content-type": "application/x-www-form-urlencoded" },
    });
  const refused = await confirm();
  for (const { status, headers, text } of [shown, refused]) {
    expect([status, headers.get("content-type")]).toEqual([502, "text/html; charset=utf-8"]);
    expect(text).toContain("cannot be looked up");
    expect(text).not.toMatch(/google|token/i);
  }
  expect(refused.text).toContain('value="Jane &quot;J&quot;"');
  expect(refused.text).toContain(`name="start" value="${wish.start}"`);
  expect(await meetingsOf(world)).toEqual([]);
});

test("that cannot be opened, as there is no key for it, is not passed over", async () => {
  const world = await busyWorld("google");
  const { url } = await testGateway({ LUMENBASE_ENCRYPTION_KEY: "" });
  const visitor = new LioClient(url, null);
  const answer = await visitor.get(
    `v1/booking/${world.slug}/availability?date=${world.day}`,
  );
  expectLioError(answer, 503, "not_configured", "encryption");
});

test("two calendars both block, and another user's does not", async () => {
  const world = await busyWorld("google");
  await connectCalendar(world.workspace, world.rep.id, "microsoft");
  await connectCalendar(world.workspace, world.admin.id, "google", "revoked");
  await world.busy("09:00", "10:00");
  const { day, rep: { api } } = world;
  const event = eventOf("microsoft", "There", `${day}T11:00:00Z`, `${day}T12:00:00Z`);
  await api.made("calendar/microsoft/events", event);
  expect(await world.times()).toEqual(["10:00", "10:30"]);
});
