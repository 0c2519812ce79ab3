import { expect, test } from "vitest";
import {
  googleBusy,
  googleEvent,
  shownGoogle,
} from "../../shared/providers/calendar/google-event.ts";
import { nextQuery } from "../../shared/providers/calendar/microsoft.ts";
import {
  microsoftBusy,
  microsoftEvent,
  shownMicrosoft,
} from "../../shared/providers/calendar/microsoft-event.ts";
import { allPages } from "../../shared/providers/calendar/pages.ts";
import { ianaZone, instantOf } from "../../shared/providers/calendar/zoned.ts";
import { ProviderFailed } from "../../shared/providers/outgoing/provider-failed.ts";

const BERLIN = "Europe/Berlin";
const iso = (at: number) => new Date(at).toISOString();
const isoSpan = ({ start, end }: { start: number; end: number }) => [iso(start), iso(end)];

test.each([
  ["2030-03-31T02:30:00+02:00", BERLIN, "2030-03-31T00:30:00.000Z"],
  ["2030-01-07T09:00:00.1234567", BERLIN, "2030-01-07T08:00:00.123Z"],
  ["2030-07-07T09:00:00", BERLIN, "2030-07-07T07:00:00.000Z"],
  ["2030-03-31T02:30:00", BERLIN, "2030-03-31T01:30:00.000Z"],
  ["2030-07-07", BERLIN, "2030-07-06T22:00:00.000Z"],
  ["2030-07-07", "America/Los_Angeles", "2030-07-07T07:00:00.000Z"],
])("%s in %s is %s", (text, zone, expected) => {
  expect(iso(instantOf(text, zone))).toBe(expected);
});

test.each(["", "soon", "2030-02-30", "2030-01-07T25:00:00", "2030-01-07T09:00:00 Europe"])(
  "%j is no time",
  (text) => {
    expect(instantOf(text, "UTC")).toBeNaN();
  },
);

test.each([
  ["Pacific Standard Time", "America/Los_Angeles"],
  ["W. Europe Standard Time", BERLIN],
  ["UTC", "UTC"],
  ["tzone://Microsoft/Utc", "UTC"],
  ["tzone://Microsoft/Custom", null],
  [BERLIN, BERLIN],
  ["Customized Time Zone", null],
  ["+02:00", null],
  ["", null],
  [null, null],
])("the time zone %s is %s", (name, expected) => {
  expect(ianaZone(name)).toBe(expected);
});

test("whole days of Google are those of the calendar", () => {
  const given = { id: "a", start: { date: "2030-03-31" }, end: { date: "2030-04-01" } };
  const [shown] = shownGoogle(googleEvent().parse(given), BERLIN);
  expect(shown).toMatchObject({ isAllDay: true, timezone: BERLIN, title: null, isBusy: true });
  expect(shown && isoSpan(shown)).toEqual(["2030-03-30T23:00:00.000Z", "2030-03-31T22:00:00.000Z"]);
});

test("what is transparent or cancelled at Google keeps nobody busy", () => {
  const times = {
    start: { dateTime: "2030-01-07T09:00:00Z" },
    end: { dateTime: "2030-01-07T10:00:00Z" },
  };
  const busy = (more: object) =>
    googleBusy(googleEvent().parse({ id: "a", ...times, ...more }), "UTC");
  expect(busy({ status: "tentative" })).toHaveLength(1);
  expect(busy({ transparency: "opaque" })).toHaveLength(1);
  expect(busy({ transparency: "transparent" })).toEqual([]);
  expect(busy({ status: "cancelled" })).toEqual([]);
  expect(googleBusy(googleEvent().parse({ id: "a", status: "cancelled" }), "UTC")).toEqual([]);
});

test("times of Microsoft are read in whatever zone they are told", () => {
  const at = (hour: string) => ({
    dateTime: `2030-01-07T${hour}:00:00.0000000`,
    timeZone: "Pacific Standard Time",
  });
  const event = microsoftEvent().parse({ id: "a", start: at("01"), end: at("02"), showAs: "oof" });
  expect(microsoftBusy(event, "UTC").map(isoSpan))
    .toEqual([["2030-01-07T09:00:00.000Z", "2030-01-07T10:00:00.000Z"]]);
  expect(microsoftBusy({ ...event, showAs: "free" }, "UTC")).toEqual([]);
});

test.each([
  ["W. Europe Standard Time", "2030-03-30T23:00:00.000Z"],
  ["tzone://Microsoft/Custom", "2030-03-31T07:00:00.000Z"],
])("whole days of Microsoft made in %s begin there, else with their user", (zone, expected) => {
  const day = (date: string) => ({ dateTime: `${date}T00:00:00.0000000`, timeZone: "UTC" });
  const event = microsoftEvent().parse({
    id: "a",
    isAllDay: true,
    originalStartTimeZone: zone,
    bodyPreview: "Why",
    start: day("2030-03-31"),
    end: day("2030-04-01"),
  });
  const [shown] = shownMicrosoft(event, "America/Los_Angeles", String);
  expect(shown).toMatchObject({ isAllDay: true, description: "Why" });
  expect(iso(shown?.start ?? 0)).toBe(expected);
});

test("the next page is asked of the same service, whatever host its link names", () => {
  expect(nextQuery("https://elsewhere.example.com/v1.0/me/calendarView?$skip=10")).toBe("$skip=10");
  expect(nextQuery(null)).toBeNull();
  expect(nextQuery("no address")).toBeNull();
});

test("pages without an end are not read for ever", async () => {
  const endless = allPages(
    "Some service",
    "a=1",
    () => Promise.resolve({ items: [1], next: "a=1" }),
  );
  await expect(endless).rejects.toThrow(ProviderFailed);
});
