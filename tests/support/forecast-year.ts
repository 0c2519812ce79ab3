import { seeded } from "./contract-values.ts";

/** A deal that was closed, and how it came to that. */
export interface SimulatedDeal {
  value: number;
  isWon: boolean;
  closedOn: number;
  /** The day it came into each stage that it was in. */
  entered: readonly number[];
  /** The close dates that were expected, each from a day on. */
  expected: readonly { since: number; date: number }[];
}

/** How a team sells. */
export interface Team {
  /** How fast deals move on and are lost; 1: most are closed within 30 days. */
  pace: number;
  /** How often deals are lost; 1: that about every fifth is won. */
  losses: number;
}

export const YEAR = 365;

/** How many stages there are that are open. */
export const STAGES = 4;
/** Of a deal of middling promise, by stage: how likely it moves on, or is lost, on a day. */
const MOVES = [0.07, 0.06, 0.05, 0.06];
const LOSSES = [0.05, 0.035, 0.03, 0.02];
/** After so many days in a stage, at a pace of 1, a deal moves on half as often. */
const STALLS = 20;
/** Of deals that are late, how many are put off in a week. */
const POSTPONED = 0.7;

/** Deals that a team closed within a year. */
export function simulatedDeals(team: Team, count: number, name = "year"): SimulatedDeal[] {
  const random = seeded(name);
  const longest = Math.ceil(120 / team.pace);
  const deals: SimulatedDeal[] = [];
  while (deals.length < count) {
    const made = simulated(random, team, Math.floor(random() * (YEAR + longest)) - longest);
    if (made.closedOn >= 0 && made.closedOn < YEAR) deals.push(made);
  }
  return deals;
}

function simulated(random: () => number, { pace, losses }: Team, start: number): SimulatedDeal {
  const promise = Math.exp((random() + random() + random() - 1.5) * 1.2);
  const value = Math.round(Math.exp(6 + random() * 4) * 100) / 100;
  const planned = Math.round((25 + random() * 60) / pace);
  const entered = [start];
  const expected = [{ since: start, date: start + planned }];
  for (let day = start + 1;; day += 1) {
    const stage = entered.length - 1;
    const stalls = 1 / (1 + (day - (entered[stage] ?? day)) * pace / STALLS);
    const isLate = day > (expected.at(-1)?.date ?? day);
    if (isLate && random() < POSTPONED / 7) {
      expected.push({ since: day, date: day + 14 + Math.floor(random() * 30) });
    }
    const luck = random();
    const moves = pace * (MOVES[stage] ?? 0) * promise * stalls;
    const isOver = luck < moves + pace * losses * (LOSSES[stage] ?? 0) / promise;
    if (luck < moves && entered.length < STAGES) entered.push(day);
    else if (isOver) return { value, isWon: luck < moves, closedOn: day, entered, expected };
  }
}
