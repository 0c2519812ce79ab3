import { expect, test } from "vitest";
import {
  HALF_LIFE_MS,
  MOST_INTENT,
  type ScoredLead,
  scoreOf,
  type Signal,
} from "../../shared/crm/score.ts";
import { SIGNAL_TYPES, signalPoints, type SignalType } from "../../shared/crm/signal-types.ts";

const NOBODY: ScoredLead = {
  email: null,
  phone: null,
  linkedin_url: null,
  job_title: null,
  has_company: false,
};
const DAY = 86_400_000;

const scored = (lead: Partial<ScoredLead>, signals: Signal[] = []) =>
  scoreOf({ ...NOBODY, ...lead }, signals);
const points = (lead: Partial<ScoredLead>) => scored(lead).score;
const signal = (type: SignalType, days = 0): Signal => ({
  type,
  points: signalPoints(type),
  age: days * DAY,
});

/** Numbers from 0 to 1, the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function someSignals(random: () => number): Signal[] {
  return Array.from({ length: Math.floor(random() * 12) }, () => {
    const type = SIGNAL_TYPES[Math.floor(random() * SIGNAL_TYPES.length)]!;
    // Some as old as each other, and where halves have to be rounded.
    return signal(type, random() < 0.5 ? 14 * Math.floor(random() * 5) : random() * 60);
  });
}

const shuffled = <T>(all: readonly T[], random: () => number): T[] =>
  all.map((one) => ({ one, at: random() })).toSorted((a, b) => a.at - b.at).map(({ one }) => one);

function someLead(random: () => number): ScoredLead {
  const one = <T>(...values: T[]) => values[Math.floor(random() * values.length)]!;
  return {
    email: one(null, "a@gmail.com", "a@acme.com"),
    phone: one(null, "+4930123456"),
    linkedin_url: one(null, "https://linkedin.com/in/a"),
    job_title: one(null, "CEO", "Head of Sales", "Account Manager", "Clerk"),
    has_company: one(true, false),
  };
}

test("the example of the reference: a demo asked for, a business email, a title", () => {
  const lead = { email: "jane@acme.com", job_title: "CTO" };
  expect(scored(lead, [signal("demo_requested")])).toEqual({
    score: 60,
    reasons: [
      { factor: "signal:demo_requested", points: 30, count: 1 },
      { factor: "business_email", points: 15 },
      { factor: "job_title", points: 15 },
    ],
  });
});

test.each([
  ["jane@acme.com", 15],
  ["jane@gmail.com", 5],
  ["jane@GoogleMail.com", 5],
  ["jane@t-online.de", 5],
  ["jane@yahoo.co.uk", 5],
  ["jane@hotmail.fr", 5],
  ["jane@yandex.ru", 5],
  ["jane@gmx.net", 5],
  ["jane@mygmx.net", 15],
  ["jane@live.co.uk", 15],
])("the email %s gives %i", (email, expected) => {
  expect(points({ email })).toBe(expected);
});

test.each([
  ["Chief Executive", 15],
  ["co-founder & CEO", 15],
  ["Vice President Sales", 15],
  ["SVP", 15],
  ["Managing Director", 12],
  ["Head of Product", 12],
  ["Product manager", 8],
  ["Team Lead", 8],
  ["Principal Engineer", 8],
  ["Leader of nobody", 4],
  ["Overhead planner", 4],
  ["Ceón", 4],
  ["  ", 0],
  ["営業", 4],
])("the job title %s gives %i", (job_title, expected) => {
  expect(points({ job_title })).toBe(expected);
});

test("a company, a phone and a profile give theirs, and all together half of what there is", () => {
  expect(points({ has_company: true })).toBe(10);
  expect(points({ phone: "+4930123456" })).toBe(5);
  expect(points({ linkedin_url: "https://linkedin.com/in/a" })).toBe(5);
  const all = {
    email: "a@acme.com",
    phone: "1",
    linkedin_url: "x",
    job_title: "CEO",
    has_company: true,
  };
  expect(points(all)).toBe(50);
  const wild = SIGNAL_TYPES.map((type) => signal(type));
  expect(scored(all, wild).score).toBe(100);
});

test("a signal counts half after fourteen days, a quarter after twenty-eight, and never more than at first", () => {
  const after = (age: number) => scored({}, [{ ...signal("demo_requested"), age }]);
  expect(after(HALF_LIFE_MS).score).toBe(15);
  expect(after(2 * HALF_LIFE_MS).reasons).toEqual([
    { factor: "signal:demo_requested", points: 7.5, count: 1 },
  ]);
  expect(after(2 * HALF_LIFE_MS).score).toBe(8);
  expect(after(-7 * DAY).score).toBe(30);
  expect(after(3650 * DAY)).toEqual({ score: 0, reasons: [] });
});

test("what the cap takes off comes last", () => {
  const { score, reasons } = scored({}, [signal("demo_requested"), signal("reply_received")]);
  expect(score).toBe(50);
  expect(reasons).toEqual([
    { factor: "signal:demo_requested", points: 30, count: 1 },
    { factor: "signal:reply_received", points: 25, count: 1 },
    { factor: "intent_cap", points: -5 },
  ]);
});

test("of any lead and signals: in bounds, explained, the same in any order, less as time passes", () => {
  const random = numbers(7);
  for (let turn = 0; turn < 500; turn++) {
    const lead = someLead(random);
    const signals = someSignals(random);
    const all = scoreOf(lead, signals);
    expect(scoreOf(lead, shuffled(signals, random))).toEqual(all);
    expect(all.score).toBeGreaterThanOrEqual(0);
    expect(all.score).toBeLessThanOrEqual(100);
    expect(Number.isInteger(all.score)).toBe(true);
    const explained = all.reasons.reduce((sum, reason) => sum + reason.points, 0);
    expect(Math.abs(explained - all.score)).toBeLessThanOrEqual(
      0.5 + 0.05 * all.reasons.length + 1e-9,
    );
    const later = signals.map((one) => ({ ...one, age: one.age + DAY }));
    expect(scoreOf(lead, later).score).toBeLessThanOrEqual(all.score);
    const fit = scoreOf(lead, []).score;
    expect(all.score - fit).toBeLessThanOrEqual(MOST_INTENT);
    const more = scoreOf(lead, [...signals, signal("manual")]);
    expect(more.score).toBeGreaterThanOrEqual(all.score);
    const order = all.reasons.map((reason) => reason.points);
    expect(order).toEqual(order.toSorted((one, other) => other - one));
    const counts = all.reasons.flatMap(({ count }) => count ?? []);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(signals.length);
  }
});

test("fractions that add up to another rounded sum in another order give the same in either", () => {
  const signals = [0.05, 0.05, 2.05].map((some) => ({
    type: "manual" as const,
    points: some,
    age: 0,
  }));
  expect(scored({}, signals.toReversed())).toEqual(scored({}, signals));
});

test("of any signals: each type gives half as much a half-life later, as many times", () => {
  const random = numbers(11);
  for (let turn = 0; turn < 500; turn++) {
    const signals = someSignals(random);
    const later = signals.map((one) => ({ ...one, age: one.age + HALF_LIFE_MS }));
    const given = new Map(scored({}, signals).reasons.map((reason) => [reason.factor, reason]));
    for (const { factor, points: half, count } of scored({}, later).reasons) {
      if (factor === "intent_cap") continue;
      expect(count).toBe(signals.filter(({ type }) => factor === `signal:${type}`).length);
      // Both are rounded to one decimal.
      expect(Math.abs((given.get(factor)?.points ?? NaN) / 2 - half)).toBeLessThan(0.0751);
    }
  }
});

test("a signal logged by hand has the points of its detail", () => {
  expect(signalPoints("manual")).toBe(10);
  expect(signalPoints("manual", { points: 42 })).toBe(42);
  expect(signalPoints("demo_requested", { points: 42 })).toBe(30);
});
