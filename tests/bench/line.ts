import { type Figures, median, type Pace, ratios } from "./measure.ts";
import type { Seeded } from "./seed.ts";
import type { Server } from "./servers.ts";

/** What the lines measure on. */
export interface Bench {
  seeded: Seeded;
  adminUrl: string;
  apiUrl: string;
  ours: Server;
  naive: Server;
  bare: Server;
  pace: Pace;
  quick: boolean;
}

/** A side's figures, one a round. */
export interface SideFigures {
  label: string;
  values: number[];
}

/** One row of the table. */
export interface Line {
  name: string;
  unit: string;
  sides: SideFigures[];
  /** What is compared, round by round; without it the first side's figures themselves are. */
  ratio?: { of: string; against: string; values: number[] };
  /** What is asked of the median; without it the line is there to be known. */
  bound?: Bound;
  /** Why the bound is out of reach where it is; told when the line falls short. */
  reason?: string;
}

/** What a median must be. */
export interface Bound {
  at: "least" | "most";
  value: number;
}

/** A line that compares two of the measured sides; the others are shown beside them. */
export function compared(
  name: string,
  unit: string,
  figures: Figures,
  [of, against]: [of: string, against: string],
  bound?: Bound,
  beside: string[] = [],
): Line {
  const sides = [against, of, ...beside].map((label) => ({
    label,
    values: figures.get(label) ?? [],
  }));
  const ratio = { of, against, values: ratios(figures, of, against) };
  return { name, unit, sides, ratio, ...(bound ? { bound } : {}) };
}

/** The figures that the bound is about: ratios, or the first side's own. */
export function judged(line: Line): number[] {
  return line.ratio?.values ?? line.sides[0]?.values ?? [];
}

/** Whether the bound is kept; null when there is none. */
export function holds(line: Line): boolean | null {
  if (line.bound === undefined) return null;
  const middle = median(judged(line));
  return line.bound.at === "least" ? middle >= line.bound.value : middle <= line.bound.value;
}

/** Why a line falls short; null for one that holds, or of which that is not known. */
export function shortfall(line: Line): string | null {
  return holds(line) === false ? line.reason ?? null : null;
}
