import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { connectCalendar, eventOf, eventsIn, listOf, PROVIDERS } from "../support/lio-calendars.ts";
import { expectLioError, expectLioFields, lioWorld } from "../support/lio.ts";

const JANUARY = "from=2030-01-01&to=2030-01-31";

describe.concurrent.each(PROVIDERS)("a calendar of %s", (provider) => {
  const event = (title: string, start: string, end: string, isBusy?: boolean) =>
    eventOf(provider, title, `2030-01-${start}:00Z`, `2030-01-${end}:00Z`, isBusy);

  async function world(what?: string) {
    const { workspace, admin: { api, id, number }, user } = await lioWorld();
    await connectCalendar(workspace, id, provider, what);
    const add = (body: object, headers = {}) =>
      api.post(`calendar/${provider}/events`, body, headers);
    return { api, add, user, number };
  }

  test("has its events as they are here", async () => {
    const { api, add, user } = await world();
    const own = provider === "google"
      ? {
        description: "Why <now>",
        location: "Room 1",
        hangoutLink: "https://meet.google.com/abc",
        attendees: [{ email: "ann@example.com", displayName: "Ann", responseStatus: "declined" }],
      }
      : {
        body: { contentType: "html", content: "<p>Why &lt;now&gt;</p>" },
        location: { displayName: "Room 1" },
        onlineMeeting: { joinUrl: "https://meet.google.com/abc" },
        attendees: [{
          emailAddress: { address: "ann@example.com", name: "Ann" },
          status: { response: "declined" },
        }],
      };
    const { body, status, text } = await add({
      ...event("Grüße 日本", "07T09:00", "07T10:00"),
      ...own,
    });
    expect(status, text).toBe(201);
    expect(body.data).toEqual({
      id: expect.stringMatching(/^\S{5,}$/),
      provider,
      title: "Grüße 日本",
      description: "Why <now>",
      start: "2030-01-07T09:00:00.000Z",
      end: "2030-01-07T10:00:00.000Z",
      all_day: false,
      timezone: "UTC",
      location: "Room 1",
      attendees: [{ email: "ann@example.com", name: "Ann", status: "declined" }],
      meeting_url: "https://meet.google.com/abc",
      busy: true,
    });
    expect((await listOf(api, provider, JANUARY)).body)
      .toEqual({
        success: true,
        message: "Events fetched",
        data: [body.data],
        total: 1,
        page: 1,
        limit: 10,
      });
    const { api: other } = await user("manager");
    expectLioError(await listOf(other, provider, JANUARY), 409, "not_connected", provider);
    expectLioError(
      await other.post(`calendar/${provider}/events`, {}),
      409,
      "not_connected",
      provider,
    );
    const { api: viewer } = await user("viewer");
    expectLioError(
      await viewer.post(`calendar/${provider}/events`, {}),
      403,
      "permission_error",
      "role",
    );
  });

  test("is read whole, as what overlaps a time, by start", async () => {
    const { api, add } = await world();
    for (let day = 20; day > 10; day--) await add(event(`${day}`, `${day}T09:00`, `${day}T10:00`));
    await add(event("free", "05T09:00", "05T10:00", false));
    const titles = async (query: string) =>
      (await eventsIn(api, provider, query)).map(({ title }) => title);
    expect((await eventsIn(api, provider, JANUARY))[0]).toMatchObject({
      title: "free",
      busy: false,
    });
    expect(await titles(`${JANUARY}&page=2&limit=7`)).toEqual(["17", "18", "19", "20"]);
    expect((await listOf(api, provider, `${JANUARY}&limit=2`)).body)
      .toMatchObject({ total: 11, page: 1, limit: 2 });
    expect(await titles("from=2030-01-11T10:00:00Z&to=2030-01-13T09:00:00.001Z")).toEqual([
      "12",
      "13",
    ]);
    expect(await titles("from=2030-01-11T09:59:59.999Z&to=2030-01-12T09:00:00Z")).toEqual(["11"]);
    expect(await titles("")).toEqual([]);
    expect(await titles("from=0001-01-01")).toEqual([]);
    expectLioFields(await listOf(api, provider, "from=2030-01-01&to=2031-01-03"), 400, "to");
    expectLioFields(await listOf(api, provider, "from=soon&x=1"), 400, "from", "x");
  });

  test("has recurring events as often as they take place, and whole days in their zone", async () => {
    const { api, add } = await world("berlin");
    const recurring = provider === "google"
      ? { recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] }
      : { recurrence: { range: { numberOfOccurrences: 3 } } };
    await add({ ...event("Daily", "07T09:00", "07T10:00"), ...recurring });
    const starts = (await eventsIn(api, provider, JANUARY)).map(({ start }) => start.slice(0, 10));
    expect(starts).toEqual(["2030-01-07", "2030-01-08", "2030-01-09"]);
    const zone = "W. Europe Standard Time";
    const days = provider === "google"
      ? { summary: "Off", start: { dateTime: "2030-03-31T00:00:00", timeZone: "Europe/Berlin" } }
      : {
        subject: "Off",
        start: { dateTime: "2030-03-31T00:00:00", timeZone: zone },
        isAllDay: true,
      };
    const end = provider === "google"
      ? { dateTime: "2030-04-01T00:00:00", timeZone: "Europe/Berlin" }
      : { dateTime: "2030-04-01T00:00:00", timeZone: zone };
    const { body, text } = await add({ ...days, end });
    expect(body.data, text).toMatchObject({
      start: "2030-03-30T23:00:00.000Z",
      end: "2030-03-31T22:00:00.000Z",
      timezone: "Europe/Berlin",
    });
    expect(await eventsIn(api, provider, "from=2030-03-31T21:30:00Z&to=2030-03-31T21:45:00Z"))
      .toHaveLength(1);
    expect(await eventsIn(api, provider, "from=2030-03-31T22:00:00Z&to=2030-03-31T23:00:00Z"))
      .toEqual([]);
  });

  test("refuses what its service would, by field", async () => {
    const { add } = await world();
    const good = event("Away", "07T09:00", "07T10:00");
    const missing = provider === "google"
      ? ["summary", "start.dateTime", "end.dateTime"]
      : ["subject", "start", "end"];
    expectLioFields(await add({}), 422, ...missing);
    expectLioFields(await add({ ...good, start: {} }), 422, "start.dateTime");
    expectLioFields(await add({ ...good, start: { dateTime: "soon" } }), 422, "start.dateTime");
    expectLioFields(await add({ ...good, end: { date: "2030-01-08" } }), 422, "end.dateTime");
    expectLioFields(
      await add({ ...good, end: { dateTime: "2030-01-07T08:59:59", timeZone: "UTC" } }),
      422,
      provider === "google" ? "end.dateTime" : "end",
    );
  });

  test("gets an event once under a key, also when its answer was lost", async () => {
    const { api, add } = await world("lost");
    const key = { "Idempotency-Key": randomUUID() };
    const body = event("Once", "07T09:00", "07T10:00");
    expectLioError(await add(body, key), 502, "provider_error");
    const made = await add(body, key);
    expect(made.status, made.text).toBe(201);
    const again = await add(body, key);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(again.body).toEqual(made.body);
    expect(await eventsIn(api, provider, JANUARY)).toEqual([made.body.data]);
  });

  test("that fails is a failure of the service, unless it works a little later", async () => {
    const failing: [what: string, code: string | null][] = [
      ["revoked", "token_rejected"],
      ["dying", "token_rejected"],
      ["broken", provider === "google" ? "backendError" : "ErrorInternalServerError"],
      ["patient", provider === "google" ? "rateLimitExceeded" : "ApplicationThrottled"],
      ["half", null],
      ["huge", null],
      ["garbage", null],
    ];
    const busy = await world("limited");
    await Promise.all([
      eventsIn(busy.api, provider, JANUARY),
      ...failing.map(async ([what, code]) => {
        const { api, add } = await world(what);
        if (what === "dying") await add(event("Away", "07T09:00", "07T10:00"));
        expectLioError(await listOf(api, provider, JANUARY), 502, "provider_error", code);
      }),
    ]);
  });
});

test("Outlook's calendar is Microsoft's", async () => {
  const { workspace, admin: { api, id } } = await lioWorld();
  await connectCalendar(workspace, id, "microsoft");
  const body = eventOf("microsoft", "Away", "2030-01-07T09:00:00Z", "2030-01-07T10:00:00Z");
  expect(await api.made("calendar/outlook/events", body)).toMatchObject({ provider: "microsoft" });
  expect(await eventsIn(api, "outlook", JANUARY)).toEqual(
    await eventsIn(api, "microsoft", JANUARY),
  );
  expectLioError(await listOf(api, "google", JANUARY), 409, "not_connected", "google");
});
