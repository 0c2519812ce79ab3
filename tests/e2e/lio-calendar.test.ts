import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, type LioClient, lioWorld } from "../support/lio.ts";

const EVENTS = "calendar/internal/events";
const EVENT = { title: "Away", start: "2030-01-07T09:00:00+01:00", end: "2030-01-07T10:00:00Z" };

const titles = async (api: LioClient, query: string): Promise<string[]> => {
  const { body, text } = await api.get(`${EVENTS}?${query}`);
  expect(body.total, text).toBe(body.data?.length);
  return body.data.map(({ title }: { title: string }) => title);
};

describe("the internal calendar", () => {
  test("has its user's events, with nothing connected", async () => {
    const { admin: { api }, user } = await lioWorld();
    const { api: other } = await user("manager");
    const made = await api.made(EVENTS, { ...EVENT, attendees: ["ann@example.com"] });
    expect(made).toEqual({
      id: expect.any(Number),
      provider: "internal",
      title: "Away",
      description: null,
      start: "2030-01-07T08:00:00.000Z",
      end: "2030-01-07T10:00:00.000Z",
      all_day: false,
      timezone: "UTC",
      location: null,
      attendees: [{ email: "ann@example.com", name: null, status: "needs_action" }],
      meeting_url: null,
      busy: true,
    });
    const { body } = await api.get(`${EVENTS}?from=2030-01-01&to=2030-01-31`);
    expect(body).toMatchObject({ data: [made], total: 1, page: 1, limit: 10 });
    expect(await titles(other, "from=2030-01-01&to=2030-01-31")).toEqual([]);
    const { api: rep } = await user("rep");
    await rep.made(EVENTS, EVENT);
    expect(await titles(rep, "from=2030-01-01&to=2030-01-31")).toEqual(["Away"]);
  });

  test("lists what overlaps a time, by start", async () => {
    const { admin: { api } } = await lioWorld();
    const add = (title: string, start: string, end: string) =>
      api.made(EVENTS, { title, start: `2030-01-${start}:00Z`, end: `2030-01-${end}:00Z` });
    await add("long", "01T00:00", "20T00:00");
    await add("late", "07T10:00", "07T11:00");
    await add("early", "07T08:00", "07T09:00");
    const range = (from: string, to: string) => titles(api, `from=${from}&to=${to}`);
    expect(await range("2030-01-07", "2030-01-07")).toEqual(["long", "early", "late"]);
    expect(await range("2030-01-07T09:00:00Z", "2030-01-07T10:00:00Z")).toEqual(["long"]);
    expect(await range("2030-01-07T08:59:59Z", "2030-01-07T10:00:01Z"))
      .toEqual(["long", "early", "late"]);
    expect(await titles(api, "")).toEqual([]);
    expect(await titles(api, "from=2030-01-06")).toEqual(["long", "early", "late"]);
    expect((await api.get(`${EVENTS}?from=2030-01-01&limit=1&page=2`)).body)
      .toMatchObject({ data: [{ title: "early" }], total: 3 });
    for (const query of ["to=0001-01-05", "from=0001-01-01", "from=9999-12-31"]) {
      expect(await titles(api, query)).toEqual([]);
    }
    const refused = async (query: string, field: string) =>
      expectLioFields(await api.get(`${EVENTS}?${query}`), 400, field);
    await refused("from=2030-01-01&to=2031-01-03", "to");
    await refused("from=2030-01-02&to=2030-01-01", "from");
    await refused("from=soon", "from");
  });

  test.each([
    ["2030-03-31", "2030-03-31", "2030-03-30T23:00:00.000Z", "2030-03-31T22:00:00.000Z"],
    ["2030-03-30", "2030-04-01", "2030-03-29T23:00:00.000Z", "2030-03-31T22:00:00.000Z"],
    [
      "2030-03-30T12:00:00Z",
      "2030-03-31T12:00:00Z",
      "2030-03-29T23:00:00.000Z",
      "2030-03-31T22:00:00.000Z",
    ],
    [
      "2030-03-29T23:00:00Z",
      "2030-03-30T23:00:00Z",
      "2030-03-29T23:00:00.000Z",
      "2030-03-30T23:00:00.000Z",
    ],
  ])("has whole days of a zone, over the change of its clocks: %s to %s", async (...days) => {
    const { admin: { api } } = await lioWorld();
    const [start, end, from, to] = days;
    const whole = { title: "Off", all_day: true, timezone: "Europe/Berlin", start, end };
    expect(await api.made(EVENTS, whole)).toMatchObject({ all_day: true, start: from, end: to });
  });

  test("refuses what cannot be, by field", async () => {
    const { admin: { api }, user } = await lioWorld();
    const add = (more: object) => api.post(EVENTS, { ...EVENT, ...more });
    expectLioFields(await api.post(EVENTS, {}), 422, "title", "start", "end");
    expectLioFields(await add({ end: EVENT.start }), 422, "end");
    expectLioFields(await add({ start: "2030-01-07", end: "2030-01-08" }), 422, "start", "end");
    expectLioFields(await add({ end: "2031-01-10T00:00:00Z" }), 422, "end");
    expectLioFields(
      await add({ all_day: true, start: "9999-12-31", end: "9999-12-31" }),
      422,
      "start",
    );
    expectLioFields(
      await add({ all_day: true, start: "0001-01-01", end: "0001-01-01" }),
      422,
      "start",
    );
    expectLioFields(await add({ busy: "yes", timezone: "X/Y" }), 422, "timezone", "busy");
    expectLioFields(await add({ provider: "google" }), 422, "provider");
    const { api: viewer } = await user("viewer");
    expectLioError(await viewer.post(EVENTS, EVENT), 403, "permission_error", "role");
  });
});

test("calendars of others have to be connected, and no others are known", async () => {
  const { admin: { api } } = await lioWorld();
  for (
    const [provider, code] of [["google", "google"], ["microsoft", "microsoft"]].concat([
      ["outlook", "microsoft"],
    ])
  ) {
    expectLioError(await api.get(`calendar/${provider}/events`), 409, "not_connected", code);
    expectLioError(await api.post(`calendar/${provider}/events`, {}), 409, "not_connected", code);
  }
  for (const provider of ["yahoo", "constructor", "Internal", "1"]) {
    expectLioError(await api.get(`calendar/${provider}/events`), 404, "not_found");
  }
});
