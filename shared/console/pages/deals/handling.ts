import { signal } from "@preact/signals";
import { isAtLeast } from "../../session.ts";
import { tell } from "../../toasts.ts";
import type { Board } from "./board.ts";
import type { Deal, Stage, User } from "./deals.ts";

/** What hands and keys do to the cards of a board. */
export class Handling {
  readonly board: Board;
  readonly users: readonly User[];
  /** Opens a deal to be read or changed. */
  readonly open: (deal: Deal) => void;
  readonly #over = signal<string | null>(null);
  readonly #current = signal<string | null>(null);
  #dragged: Deal | null = null;
  #held = 0;

  constructor(board: Board, users: readonly User[], open: (deal: Deal) => void) {
    this.board = board;
    this.users = users;
    this.open = open;
  }

  /** Shows what others changed, once no card is in the hand; the card with the focus keeps it. */
  async refresh(until: AbortSignal): Promise<void> {
    const fresh = await this.board.fresh(until);
    if (fresh === null || until.aborted || this.#dragged !== null || this.#held > 0) return;
    const card = document.activeElement?.closest<HTMLElement>("[data-deal]");
    this.board.show(fresh);
    if (card?.dataset.deal) focusOn(card.dataset.deal, true);
  }

  /** Keeps the cards where they are until what it answers is called. */
  hold(): () => void {
    this.#held++;
    return () => this.#held--;
  }

  /** The deal of a stage whose card is reached by Tab; the others are by arrow keys. */
  tabStop(stage: Stage): Deal | undefined {
    const deals = this.#dealsAt(stage);
    return deals.find(({ id }) => id === this.#current.value) ?? deals[0];
  }

  /** Remembers the card that has the focus. */
  focused({ id }: Deal): void {
    this.#current.value = id;
  }

  /** Whether a card is being dragged over a stage. */
  isOver({ id }: Stage): boolean {
    return this.#over.value === id;
  }

  /** Begins to drag a deal. */
  drag(event: DragEvent, deal: Deal): void {
    if (!isAtLeast("rep") || event.dataTransfer === null) return event.preventDefault();
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", deal.title);
    this.#dragged = deal;
  }

  /** Says that a stage takes what is dragged, unless that is no deal. */
  dragOver(event: DragEvent, { id }: Stage): void {
    if (this.#dragged === null) return;
    event.preventDefault();
    this.#over.value = id;
  }

  /** Forgets the stage that a card was dragged over. */
  dragLeave(event: DragEvent, lane: HTMLElement): void {
    const { relatedTarget: to } = event;
    if (!(to instanceof Node) || !lane.contains(to)) this.#over.value = null;
  }

  /** Ends dragging: at a stage, or nowhere. */
  drop(to: Stage | null): void {
    const deal = this.#dragged;
    this.#dragged = null;
    this.#over.value = null;
    if (deal !== null && to !== null) void this.#move(deal, to);
  }

  /** Moves a deal from its own card, which keeps the focus. */
  move(deal: Deal, to: Stage): void {
    void this.#move(deal, to, true);
    focusOn(deal.id);
  }

  /** Goes to another card by arrow keys, or with Shift takes the deal along to the stage beside. */
  press(event: KeyboardEvent, deal: Deal, stage: Stage): void {
    const { key, shiftKey, target } = event;
    if (!(target instanceof HTMLElement) || !target.matches(".deal-title")) return;
    const { pipeline: { stages } } = this.board;
    const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const line = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (side === undefined && line === undefined) return;
    event.preventDefault();
    const at = stages.findIndex(({ id }) => id === stage.id);
    if (side !== undefined && shiftKey) {
      const to = stages[at + side];
      if (to !== undefined && isAtLeast("rep")) this.move(deal, to);
      return;
    }
    const nth = this.#dealsAt(stage).findIndex(({ id }) => id === deal.id);
    const found = side === undefined
      ? this.#dealsAt(stage)[nth + (line ?? 0)]
      : this.#beside(at, side, nth);
    if (found !== undefined) focusOn(found.id);
  }

  // The next stage that has deals.
  #beside(at: number, side: number, nth: number): Deal | undefined {
    const { stages } = this.board.pipeline;
    const others = side > 0 ? stages.slice(at + 1) : stages.slice(0, at).toReversed();
    const deals = others.map((stage) => this.#dealsAt(stage)).find(({ length }) => length > 0);
    return deals?.[Math.min(nth, deals.length - 1)];
  }

  async #move(deal: Deal, to: Stage, byKey = false): Promise<void> {
    try {
      await this.board.move(deal, to);
    } catch (error) {
      tell(
        `“${deal.title.slice(0, 80)}” could not be moved to ${to.name}. ${
          error instanceof Error ? error.message : String(error)
        }`,
      );
      const { activeElement: at } = document;
      const hadFocus = at === document.body || at?.closest(`[data-deal="${deal.id}"]`);
      if (byKey && hadFocus) focusOn(deal.id);
    }
  }

  #dealsAt({ id }: Stage): readonly Deal[] {
    return this.board.lanes.value.find(({ stage }) => stage.id === id)?.deals ?? [];
  }
}

// Once the page shows the card where it is now.
function focusOn(id: string, onlyIfLost = false): void {
  requestAnimationFrame(() => {
    if (onlyIfLost && document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(`[data-deal="${CSS.escape(id)}"] .deal-title`)?.focus();
  });
}
