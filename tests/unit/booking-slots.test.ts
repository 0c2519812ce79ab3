import { expect, test } from "vitest";
import { freeSlots, type SlotRules, type Span } from "../../shared/crm/booking/slots.ts";
import { WEEKDAYS, type WorkingHours } from "../../shared/crm/booking/working-hours.ts";
import { MinuteWalk } from "../support/reference/minute-walk.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Zones with odd rules, each from the start of a year in which they show. */
const ZONES: readonly [zone: string, year: number, oddity: string][] = [
  ["Australia/Lord_Howe", 2026, "half an hour of summer time"],
  ["Asia/Kathmandu", 2026, "a quarter past the half hour"],
  ["Pacific/Apia", 2011, "a day that was skipped"],
  ["Antarctica/Troll", 2026, "two hours of summer time"],
  ["Africa/Casablanca", 2026, "winter time for Ramadan"],
  ["Africa/El_Aaiun", 2027, "winter time for Ramadan"],
  ["Africa/Cairo", 2026, "summer time from midnight on"],
  ["Asia/Beirut", 2026, "summer time from midnight on"],
  ["America/Asuncion", 2023, "midnights, until it kept summer time"],
  ["America/St_Johns", 2010, "changes at a minute past midnight"],
  ["Pacific/Chatham", 2026, "three quarters of an hour"],
  ["America/Sao_Paulo", 2017, "no first hour of the day of the change"],
  ["Asia/Pyongyang", 2015, "half an hour taken back, and given again"],
  ["America/Caracas", 2015, "half an hour for good"],
  ["Europe/Istanbul", 2015, "summer time that stayed"],
  ["America/Havana", 2026, "back to midnight from one"],
];

const PLAIN: WorkingHours = {
  mon: [["09:00", "12:00"], ["13:00", "17:00"]],
  tue: [["00:00", "24:00"]],
  wed: [["22:15", "24:00"], ["00:00", "03:30"]],
  thu: [["09:00", "17:00"]],
  fri: [["23:30", "24:00"]],
  sat: [["00:00", "24:00"]],
  sun: [["00:00", "00:45"], ["01:30", "02:30"], ["02:45", "24:00"]],
};

test.each(ZONES)("slots of two years of %s (%i on: %s) are those of a walk", (zone, year) => {
  const from = Date.UTC(year, 0, 1);
  const walk = new MinuteWalk(zone, from, 731 * 1_440);
  const random = numbers(year + zone.length);
  for (const [duration, slot_interval] of [[45, null], [480, 35]] as const) {
    const rules: SlotRules = {
      timezone: zone,
      working_hours: duration === 45 ? PLAIN : drawn(random),
      slot_interval,
      buffer_before: duration === 45 ? 0 : Math.floor(random() * 40),
      buffer_after: duration === 45 ? 0 : Math.floor(random() * 240),
    };
    const busy = duration === 45 ? [] : taken(random, from, 731);
    const within = { start: from + 8 * DAY, end: from + 720 * DAY };
    const expected = walk.slots(rules, duration, busy)
      .filter((start) => start >= within.start && start < within.end);
    expect(expected.length).toBeGreaterThan(50);
    const found = freeSlots(rules, duration, within, busy);
    expect(found.map(({ start }) => start)).toEqual(expected);
    expect(found.every(({ start, end }) => end - start === duration * MINUTE)).toBe(true);
  }
});

test("a span of any length has the slots that start in it, and no others", () => {
  const rules: SlotRules = {
    timezone: "Europe/Berlin",
    working_hours: PLAIN,
    slot_interval: 25,
    buffer_before: 5,
    buffer_after: 10,
  };
  const random = numbers(7);
  const from = Date.UTC(2027, 2, 20);
  const busy = taken(random, from, 20);
  const all = freeSlots(rules, 30, { start: from, end: from + 20 * DAY }, busy);
  for (let i = 0; i < 300; i++) {
    const start = from + Math.floor(random() * 15 * 1_440) * MINUTE;
    const end = start + Math.floor(random() * 5 * 1_440) * MINUTE;
    expect(freeSlots(rules, 30, { start, end }, busy))
      .toEqual(all.filter((slot) => slot.start >= start && slot.start < end));
  }
});

test("where clocks are set back over midnight, a span ends where it ends", () => {
  const rules: SlotRules = {
    timezone: "America/St_Johns",
    working_hours: { ...PLAIN, sat: [] },
    slot_interval: 5,
    buffer_before: 0,
    buffer_after: 0,
  };
  const [start, last] = [Date.UTC(2010, 10, 6), Date.UTC(2010, 10, 9)];
  const all = freeSlots(rules, 5, { start, end: last }, []);
  for (let end = Date.UTC(2010, 10, 7); end < last; end += 5 * MINUTE) {
    expect(freeSlots(rules, 5, { start, end }, []))
      .toEqual(all.filter((slot) => slot.start < end));
  }
});

test("what is busy blocks up to where it touches, whatever its order", () => {
  const rules: SlotRules = {
    timezone: "UTC",
    working_hours: { ...empty(), mon: [["09:00", "12:00"]] },
    slot_interval: 30,
    buffer_before: 15,
    buffer_after: 30,
  };
  const at = (time: string) => Date.parse(`2027-03-01T${time}Z`);
  const within = { start: at("00:00"), end: at("24:00") };
  const starts = (busy: Span[]) =>
    freeSlots(rules, 30, within, busy).map(({ start }) =>
      new Date(start).toISOString().slice(11, 16)
    );
  const all = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"];
  expect(starts([])).toEqual(all);
  const meeting = { start: at("10:30"), end: at("10:45") };
  expect(starts([meeting])).toEqual(["09:00", "09:30", "11:00", "11:30"]);
  expect(starts([{ ...meeting, end: at("10:46") }])).toEqual(["09:00", "09:30", "11:30"]);
  const early = { start: at("08:00"), end: at("08:46") };
  const within8 = { start: at("08:10"), end: at("08:20") };
  expect(starts([meeting, within8, early])).toEqual(["09:30", "11:00", "11:30"]);
  expect(starts([{ start: at("00:00"), end: at("24:00") }])).toEqual([]);
});

function empty(): WorkingHours {
  return { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
}

/** Working hours with up to three intervals a day, at minutes of any sort. */
function drawn(random: () => number): WorkingHours {
  const hours = { ...empty() };
  for (const day of WEEKDAYS) {
    const edges = Array.from({ length: 6 }, () => Math.floor(random() * 1_441));
    const times = [...new Set(edges)].sort((one, other) => one - other).map(timeOf);
    const pairs = Math.floor(times.length / 2);
    hours[day] = Array.from(
      { length: pairs },
      (_, i) => [times[2 * i] ?? "", times[2 * i + 1] ?? ""],
    );
  }
  // Long enough for eight hours somewhere.
  return { ...hours, thu: [["00:10", "24:00"]] };
}

function timeOf(minute: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Two spans a day, of up to three hours. */
function taken(random: () => number, from: number, days: number): Span[] {
  return Array.from({ length: 2 * days }, () => {
    const start = from + Math.floor(random() * (days - 1) * 1_440) * MINUTE;
    return { start, end: start + Math.ceil(random() * 180) * MINUTE };
  });
}

function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
