import { type Deal, dealPage, type Page, type Pipeline } from "./deals.ts";
import { eachOnce, type Lane, type Lanes } from "./lanes.ts";

/** Which deals a board shows, and in which order. */
export interface Shown {
  search: string;
  sort: string;
  order: string;
}

const SIZE = 20;
const MOST = 100;

/** Asks for the deals of a board's lanes, a page at a time. */
export class LanePages {
  readonly #pipeline: Pipeline;
  readonly #shown: Shown;

  constructor(pipeline: Pipeline, shown: Shown) {
    this.#pipeline = pipeline;
    this.#shown = shown;
  }

  /** The page behind what a lane has loaded. */
  next(lane: Lane): Promise<Page<Deal>> {
    return this.#page(lane, lane.next, SIZE);
  }

  /** All that lanes have loaded, as it is now; of a lane that has none, its first page. */
  async again(lanes: Lanes, signal: AbortSignal): Promise<Lanes> {
    return eachOnce(await Promise.all(lanes.map((lane) => this.#again(lane, signal))));
  }

  async #again(lane: Lane, signal: AbortSignal): Promise<Lane> {
    const wanted = Math.max(SIZE, lane.deals.length);
    const deals: Deal[] = [];
    let next: string | null = null;
    let total = 0;
    do {
      const size = Math.min(MOST, wanted - deals.length);
      const page: Page<Deal> = await this.#page(lane, next, size, signal);
      deals.push(...page.items);
      ({ next_cursor: next, total } = page.pagination);
    } while (next !== null && deals.length < wanted);
    return { ...lane, deals, total, next, error: null };
  }

  #page({ stage }: Lane, cursor: string | null, per_page: number, signal?: AbortSignal) {
    const { search, sort, order } = this.#shown;
    const query = { search, sort_by: sort, sort_order: order, per_page, cursor };
    return dealPage({ pipeline_id: this.#pipeline.id, stage: stage.name, ...query }, signal);
  }
}
