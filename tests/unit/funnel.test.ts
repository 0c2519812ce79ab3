import { expect, test } from "vitest";
import { funnelOf, type FunnelStage, type Visited } from "../../shared/crm/funnel.ts";

type Stage = Omit<FunnelStage, "reached" | "conversionPct">;

/** Stages of these kinds: o, w and l; their ids are a, b, c … */
const stagesOf = (kinds: string): Stage[] =>
  [...kinds].map((kind, at) => ({
    id: "abcdefgh"[at]!,
    name: `Stage ${at}`,
    kind: ({ o: "open", w: "won", l: "lost" } as const)[kind as "o"],
    position: at + 1,
    count: at,
  }));

/** How many deals have been at these stages, as `{abc: 2}`. */
const visits = (counts: Record<string, number>): Visited[] =>
  Object.entries(counts).map(([stages, deals]) => ({ stages: [...stages], deals }));

const told = (kinds: string, counts: Record<string, number>) =>
  funnelOf(stagesOf(kinds), visits(counts)).map(({ reached, conversionPct }) =>
    `${reached} ${conversionPct}`
  );

test("each stage keeps what it is, in order", () => {
  const stages = stagesOf("owl");
  const funnel = funnelOf(stages, []);
  expect(funnel).toMatchObject(stages);
  for (const { reached, conversionPct } of funnel) {
    expect([reached, conversionPct]).toEqual([0, null]);
  }
  expect(funnelOf([], visits({ a: 1 }))).toEqual([]);
});

test.each<[what: string, kinds: string, counts: Record<string, number>, expected: string[]]>([
  ["a deal that is at a stage reached it", "oow", { a: 2, b: 1 }, ["3 33.3", "1 0", "0 null"]],
  ["one that skipped a stage reached it", "ooow", { d: 1 }, ["1 100", "1 100", "1 100", "1 null"]],
  ["one that went back reached the later one", "ow", { ab: 1, a: 1 }, ["2 50", "1 null"]],
  ["a deal counts once at whatever it visited", "oow", { abc: 1 }, ["1 100", "1 100", "1 null"]],
  ["lost stages count who was in them alone", "owl", { ac: 2, b: 1 }, [
    "3 33.3",
    "1 null",
    "2 null",
  ]],
  ["a lost stage between is skipped over", "olow", { ac: 1, ab: 2 }, [
    "3 33.3",
    "2 null",
    "1 0",
    "0 null",
  ]],
  ["who was only lost reached no other", "ool", { c: 5 }, ["0 null", "0 null", "5 null"]],
  ["a won stage before an open one is no end", "owo", { a: 3, ab: 2, c: 1 }, [
    "6 50",
    "3 33.3",
    "1 null",
  ]],
  ["stages of other pipelines count nothing", "ow", { z: 4, az: 1 }, ["1 0", "0 null"]],
  ["nothing converts where nobody was", "oo", {}, ["0 null", "0 null"]],
  ["one decimal, rounded", "oo", { a: 5, b: 2 }, ["7 28.6", "2 null"]],
  ["half a tenth is rounded up", "oo", { a: 1_997, b: 3 }, ["2000 0.2", "3 null"]],
])("%s", (_, kinds, counts, expected) => {
  expect(told(kinds, counts)).toEqual(expected);
});
