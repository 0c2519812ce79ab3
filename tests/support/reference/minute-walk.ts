import type { SlotRules, Span } from "../../../shared/crm/booking/slots.ts";

const MINUTE = 60_000;
const DAY = 1_440;
const HOUR = 60;
const NEVER = -1;
const NAMES = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"] as const;

/** Every minute of a stretch, by what the clocks of a zone say: the oracle of booking. */
export class MinuteWalk {
  /** Minutes since 1970 that the clocks show, for each minute from the first on. */
  readonly #shown: Int32Array;
  /** The first and the last minute at which the clocks show a time, from a day before the first on. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #base: number;

  constructor(zone: string, readonly from: number, readonly minutes: number) {
    const format = new Intl.DateTimeFormat("en", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    const shown = (at: number) => {
      const text = format.format(from + at * MINUTE);
      const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = text.split(/\D+/).map(Number);
      return Date.UTC(year, month - 1, day, hour, minute) / MINUTE;
    };
    this.#shown = new Int32Array(minutes);
    // The clocks run on but within an hour that does not show one.
    let before = shown(0);
    for (let start = 0; start < minutes; start += HOUR) {
      const after = shown(start + HOUR);
      const runsOn = after - before === HOUR;
      for (let at = start; at < Math.min(start + HOUR, minutes); at++) {
        this.#shown[at] = runsOn ? before + at - start : shown(at);
      }
      before = after;
    }
    this.#base = from / MINUTE - DAY;
    this.#first = new Int32Array(minutes + 2 * DAY).fill(NEVER);
    this.#last = this.#first.slice();
    for (let at = 0; at < minutes; at++) this.#last[this.#at(at) - this.#base] = at;
    for (let at = minutes - 1; at >= 0; at--) this.#first[this.#at(at) - this.#base] = at;
  }

  /** The starts of the slots, found by looking at every minute of every interval. */
  slots(rules: SlotRules, duration: number, busy: readonly Span[]): number[] {
    const taken = new Uint8Array(this.minutes);
    for (const { start, end } of busy) {
      taken.fill(1, (start - this.from) / MINUTE, (end - this.from) / MINUTE);
    }
    const step = rules.slot_interval ?? duration;
    const found = new Set<number>();
    for (let day = Math.ceil(this.#at(0) / DAY) + 3; day < this.#at(-1) / DAY - 3; day++) {
      for (const [from, to] of rules.working_hours[NAMES[day % 7] ?? "mon"]) {
        const opening = this.#reached(day * DAY + minuteOf(from), this.#first);
        const closing = this.#reached(day * DAY + minuteOf(to), this.#last);
        for (let at = opening, since = 0; at + duration <= closing; at++, since++) {
          if (since % step !== 0) continue;
          const [clear, until] = [at - rules.buffer_before, at + duration + rules.buffer_after];
          if (!taken.subarray(clear, until).includes(1)) found.add(at);
        }
      }
    }
    return [...found].sort((one, other) => one - other).map((at) => this.from + at * MINUTE);
  }

  #at(index: number): number {
    return this.#shown.at(index) ?? 0;
  }

  // The minute at which the clocks show a time, or at which they come to be past it.
  #reached(wall: number, known: Int32Array): number {
    const exact = known[wall - this.#base] ?? NEVER;
    if (exact !== NEVER) return exact;
    for (let back = 1;; back++) {
      const before = this.#last[wall - this.#base - back] ?? NEVER;
      if (before !== NEVER) return before + 1;
    }
  }
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}
