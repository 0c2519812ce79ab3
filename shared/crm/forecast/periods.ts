/** A month or a quarter, with its first and its last day. */
export interface Period {
  /** `2026-11` or `2026-Q4`. */
  period: string;
  start_date: string;
  end_date: string;
}

export const PERIOD_LENGTHS = ["monthly", "quarterly"] as const;

export type PeriodLength = (typeof PERIOD_LENGTHS)[number];

const QUARTER = 3;

/**
 * "`months` 1–24 default 6 (quarters: rounded up)", "the first period is the current one" (decisions: 14,
 * `GET forecast/pipeline`): so many months from that of a date on, or the quarters that they fill.
 */
export function periodsFrom(today: string, length: PeriodLength, months: number): Period[] {
  const isQuarterly = length === "quarterly";
  const step = isQuarterly ? QUARTER : 1;
  const first = Math.floor(monthIndex(today) / step) * step;
  const count = Math.ceil(months / step);
  return Array.from({ length: count }, (_, at) => {
    const start = first + at * step;
    return {
      period: isQuarterly ? quarterName(start) : monthName(start),
      start_date: `${monthName(start)}-01`,
      end_date: lastDay(start + step - 1),
    };
  });
}

/** The last so many months, that of a date the last of them (decisions: 14, `GET forecast/accuracy`). */
export function monthsUntil(today: string, months: number): string[] {
  const last = monthIndex(today);
  return Array.from({ length: months }, (_, at) => monthName(last - months + 1 + at));
}

/** "those due before it count in it": the first day of the period that a deal counts in; null beyond the last. */
export function periodOf(periods: readonly Period[], closeDate: string): Period | null {
  return periods.find(({ end_date }) => closeDate <= end_date) ?? null;
}

function monthIndex(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

function monthName(index: number): string {
  const year = String(Math.floor(index / 12)).padStart(4, "0");
  return `${year}-${String(index % 12 + 1).padStart(2, "0")}`;
}

function quarterName(index: number): string {
  return `${monthName(index).slice(0, 4)}-Q${Math.floor(index % 12 / QUARTER) + 1}`;
}

/** The last day of a month, which is the day before the first of the next, in whatever year. */
function lastDay(index: number): string {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(index / 12), index % 12 + 1, 0);
  return date.toISOString().slice(0, 10);
}
