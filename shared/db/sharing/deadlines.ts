const STEPS = 20;

/** A work that is being watched. */
export interface Watched {
  late: () => void;
  /** The step at which it is late. */
  until: number;
}

/**
 * Tells which works take longer than so many milliseconds, or a twentieth less. They share one timer,
 * which goes in steps while any is under way: one for each would cost more than many a query.
 */
export class Deadlines {
  readonly #stepMs: number;
  /** The oldest first. */
  readonly #watched = new Set<Watched>();
  #step = 0;
  #going = false;

  constructor(milliseconds: number) {
    this.#stepMs = milliseconds / STEPS;
  }

  /** From now on; `late` is called unless {@link end} is called in time. */
  watch(late: () => void): Watched {
    const watched = { late, until: this.#step + STEPS };
    this.#watched.add(watched);
    if (!this.#going) this.#go();
    return watched;
  }

  end(watched: Watched): void {
    this.#watched.delete(watched);
  }

  #go(): void {
    this.#going = true;
    setTimeout(() => this.#next(), this.#stepMs);
  }

  #next(): void {
    this.#going = false;
    this.#step++;
    for (const watched of this.#watched) {
      if (watched.until > this.#step) break;
      this.#watched.delete(watched);
      watched.late();
    }
    if (this.#watched.size > 0 && !this.#going) this.#go();
  }
}
