import { appendFileSync } from "node:fs";
import { env } from "node:process";
import { seeded } from "../support/contract-values.ts";

/** Whether the long form runs (`npm run faults`); the short one is part of `npm test`. */
export const LONG = env.LUMENBASE_FAULTS === "long";

/** A size of the short form and of the long one. */
export function size(short: number, long: number): number {
  return LONG ? long : short;
}

// `LUMENBASE_FAULTS_SEED` repeats a run that failed.
const SEED = env.LUMENBASE_FAULTS_SEED ?? "1";

/** Numbers from 0 to 1 for a part of a run; the same for the same seed. */
export function dice(part: string): () => number {
  return seeded(`${SEED} ${part}`);
}

/** What a failure should show, so that the same run can be made again. */
export const again = `LUMENBASE_FAULTS_SEED=${SEED}`;

/** One line of the table that `npm run faults` prints. */
export interface Found {
  what: string;
  figures: Record<string, number | string>;
}

/** Tells the runner what a test has seen; without a runner it is dropped. */
export function tell(what: string, figures: Found["figures"]): void {
  const file = env.LUMENBASE_FAULTS_REPORT;
  if (file) appendFileSync(file, JSON.stringify({ what, figures }) + "\n");
}
