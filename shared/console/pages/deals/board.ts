import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "../../api-error.ts";
import {
  changeDeal,
  type Deal,
  markOf,
  type Pipeline,
  pipelineTotals,
  type Stage,
  type StageTotal,
} from "./deals.ts";
import { LanePages, type Shown } from "./lane-pages.ts";
import { changed, emptyLane, type Lanes, placed, replaced, stageIn, without } from "./lanes.ts";
import { moved } from "./totals.ts";

/** What the server has in place of the lanes that were shown when it was asked. */
export interface Fresh {
  mark: string;
  instead: Lanes;
  lanes: Lanes;
}

/** The board of a pipeline: a lane for each stage, of which a page is loaded at a time. */
export class Board {
  readonly pipeline: Pipeline;
  readonly #pages: LanePages;
  readonly #lanes;
  readonly #totals = signal<readonly StageTotal[]>([]);
  readonly #said = signal("");
  // Of deals with moves under way: the last one asked for, and the stage that the server has them at.
  readonly #moves = new Map<string, { last: Promise<void>; at: Stage }>();
  #counts = 0;
  #mark = "";

  constructor(pipeline: Pipeline, shown: Shown) {
    this.pipeline = pipeline;
    this.#pages = new LanePages(pipeline, shown);
    this.#lanes = signal<Lanes>(pipeline.stages.map(emptyLane));
  }

  get lanes(): ReadonlySignal<Lanes> {
    return this.#lanes;
  }

  get totals(): ReadonlySignal<readonly StageTotal[]> {
    return this.#totals;
  }

  /** What happened last, for screen readers. */
  get said(): ReadonlySignal<string> {
    return this.#said;
  }

  /** Loads the first page of every stage. */
  load(): void {
    void this.#count();
    for (const { stage } of this.#lanes.value) void this.more(stage);
  }

  /** Loads the next page of a stage. */
  async more(stage: Stage): Promise<void> {
    this.#lanes.value = changed(this.#lanes.value, stage, { isLoading: true, error: null });
    try {
      const { items, pagination } = await this.#pages.next(this.#lane(stage));
      // Those that were moved meanwhile stay where they are.
      const others = items.filter(({ id }) => stageIn(this.#lanes.value, id) === undefined);
      this.#lanes.value = changed(this.#lanes.value, stage, {
        deals: [...this.#lane(stage).deals, ...others],
        total: pagination.total,
        next: pagination.next_cursor,
        isLoading: false,
      });
    } catch (reason) {
      const error = reason instanceof Error ? reason : new Error(String(reason));
      this.#lanes.value = changed(this.#lanes.value, stage, { error, isLoading: false });
    }
  }

  /** Loads again what is loaded; null when no deal was written since, or some are being written. */
  async fresh(until: AbortSignal): Promise<Fresh | null> {
    const instead = this.#lanes.value;
    if (this.#moves.size > 0 || instead.some(({ isLoading }) => isLoading)) return null;
    const mark = await markOf(this.pipeline.id, until);
    if (mark === this.#mark) return null;
    return { mark, instead, lanes: await this.#pages.again(instead, until) };
  }

  /** Shows what is fresh, unless what it stands for was changed meanwhile. */
  show({ mark, instead, lanes }: Fresh): void {
    if (this.#lanes.value !== instead || this.#moves.size > 0) return;
    this.#mark = mark;
    this.#lanes.value = lanes;
    void this.#count();
  }

  /** The stage that a loaded deal is shown at. */
  stageOf(id: string): Stage | undefined {
    return stageIn(this.#lanes.value, id);
  }

  /**
   * Moves a deal to a stage: shown at once, and taken back when it is refused. Throws ApiError then. Further
   * moves of the deal are sent after it.
   */
  async move(deal: Deal, to: Stage): Promise<void> {
    const from = this.stageOf(deal.id);
    if (from === undefined || from.id === to.id) return;
    const before = this.#moves.get(deal.id) ?? { last: Promise.resolve(), at: from };
    this.#place(deal, to);
    this.#said.value = `${deal.title}: moved from ${from.name} to ${to.name}.`;
    const sent = before.last.then(() => this.#send(deal, to));
    const last = sent.catch(() => {});
    this.#moves.set(deal.id, { last, at: before.at });
    await sent.finally(() => this.#settle(deal.id, last));
  }

  async #send(deal: Deal, to: Stage): Promise<void> {
    try {
      const stored = await changeDeal(deal.id, { pipeline_id: this.pipeline.id, stage: to.name });
      const move = this.#moves.get(deal.id);
      if (move) this.#moves.set(deal.id, { ...move, at: to });
      this.#lanes.value = replaced(this.#lanes.value, stored);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.remove(deal.id);
      const back = this.#moves.get(deal.id)?.at;
      // Unless it was moved further since, of which the server has still to say.
      if (back && this.stageOf(deal.id)?.id === to.id) {
        this.#place(deal, back);
        this.#said.value = `${deal.title}: could not be moved, and is back at ${back.name}.`;
      }
      throw error;
    }
  }

  #settle(id: string, last: Promise<void>): void {
    if (this.#moves.get(id)?.last === last) this.#moves.delete(id);
    if (this.#moves.size === 0) void this.#count();
  }

  /** Shows a deal that was made or changed. */
  put(deal: Deal): void {
    const to = this.pipeline.stages.find(({ name }) => name === deal.stage);
    if (deal.pipeline_id !== this.pipeline.id || to === undefined) return this.remove(deal.id);
    this.#lanes.value = this.stageOf(deal.id)?.id === to.id
      ? replaced(this.#lanes.value, deal)
      : placed(this.#lanes.value, deal, to);
    void this.#count();
  }

  /** Takes a deal away. */
  remove(id: string): void {
    this.#lanes.value = without(this.#lanes.value, id);
    void this.#count();
  }

  #place(deal: Deal, to: Stage): void {
    this.#totals.value = moved(this.#totals.value, deal, this.stageOf(deal.id), to);
    this.#lanes.value = placed(this.#lanes.value, deal, to);
  }

  // What an older request answers is dropped.
  async #count(): Promise<void> {
    const round = ++this.#counts;
    try {
      const totals = await pipelineTotals(this.pipeline.id);
      if (round === this.#counts && this.#moves.size === 0) this.#totals.value = totals;
    } catch {
      // The lanes say what cannot be reached.
    }
  }

  #lane({ id }: Stage) {
    const found = this.#lanes.value.find(({ stage }) => stage.id === id);
    if (found === undefined) throw new Error(`${this.pipeline.name} has no such stage`);
    return found;
  }
}
