import type { BareOrder, BareResult } from "./bare.ts";
import { type Connection, requestText } from "./connection.ts";
import { CONNECTIONS, connectionsTo, load, once, type Target } from "./load.ts";

/** Something that is measured in rounds, side by side with others. */
export interface Side {
  label: string;
  /** Runs for a while; answers a rate, higher is better. */
  round(milliseconds: number): Promise<number>;
}

/** How long and how often each side is measured. */
export interface Pace {
  rounds: number;
  milliseconds: number;
  /** Before the first round, which is not counted. */
  warmUp: number;
}

/** The figures of each side, a round at each place. */
export type Figures = Map<string, number[]>;

/**
 * Measures the sides in turn, round by round, in the opposite order every other time: what else the
 * machine does meets all of them alike.
 */
export async function sideBySide(sides: readonly Side[], pace: Pace): Promise<Figures> {
  for (const side of sides) await side.round(pace.warmUp);
  const figures: Figures = new Map(sides.map(({ label }) => [label, []]));
  for (let round = 0; round < pace.rounds; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      figures.get(side.label)?.push(await side.round(pace.milliseconds));
    }
  }
  return figures;
}

/** A side that is asked over HTTP; `each` is how many records an answer stands for. */
export function overHttp(label: string, target: Target, each = 1): Side {
  let connections: Promise<Connection[]> | undefined;
  let from = 0;
  return {
    label,
    async round(milliseconds) {
      connections ??= connectionsTo(target.port, CONNECTIONS);
      const { answers, rate } = await load(target, await connections, milliseconds, from);
      from += answers;
      return rate * each;
    },
  };
}

/** A side that uses the driver alone, in the process that runs bare.ts. */
export function bare(
  label: string,
  port: number,
  order: Pick<BareOrder, "what" | "workspace"> & Partial<BareOrder>,
  check: (rows: BareResult["rows"]) => void,
): Side {
  let round = 0;
  return {
    label,
    async round(milliseconds) {
      const given = { values: [], batch: 1, ...order, loops: CONNECTIONS, milliseconds };
      const body: BareOrder = { ...given, series: `bare${round++}` };
      const { done, seconds, rows } = await once({
        port,
        request: () => requestText("POST", "/bare", {}, body),
        check() {},
      }) as BareResult;
      check(rows);
      return done * given.batch / seconds;
    },
  };
}

/** The middle of some figures. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}

/** Round by round, one side's figure divided by another's. */
export function ratios(figures: Figures, side: string, against: string): number[] {
  const others = figures.get(against) ?? [];
  return (figures.get(side) ?? []).map((value, round) => value / (others[round] ?? NaN));
}
