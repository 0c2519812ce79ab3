import { useEffect, useRef, useState } from "preact/hooks";
import type { Deal, Stage } from "./deals.ts";

interface MoveMenuProps {
  deal: Deal;
  /** The stages that it can be moved to. */
  stages: readonly Stage[];
  tabIndex: number;
  onMove(to: Stage): void;
  /** Keeps the card where it is while the menu is open. */
  hold(): () => void;
}

/** Moves a deal without dragging it: a button, and the stages to choose from. */
export function MoveMenu({ deal, stages, tabIndex, onMove, hold }: MoveMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    items(menu.current)[0]?.focus();
    return hold();
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const leave = ({ relatedTarget: to }: FocusEvent) => {
    if (to instanceof Node && !menu.current?.contains(to) && to !== button.current) setOpen(false);
  };
  return (
    <div class="deal-move">
      <button
        ref={button}
        type="button"
        class="plain"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        tabIndex={tabIndex}
        onClick={() => setOpen(!isOpen)}
      >
        Move to…<span class="unseen" dir="auto">{deal.title}</span>
      </button>
      {isOpen && (
        <div
          ref={menu}
          role="menu"
          aria-label="Stages"
          onKeyDown={(event) => step(event, menu.current, close)}
          onFocusOut={leave}
        >
          {stages.map((stage) => (
            <button
              key={stage.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              dir="auto"
              onClick={() => {
                setOpen(false);
                onMove(stage);
              }}
            >
              {stage.name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function items(menu: HTMLElement | null): HTMLElement[] {
  return [...menu?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? []];
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function step(event: KeyboardEvent, menu: HTMLElement | null, close: () => void): void {
  // The keys of the card around it are others.
  event.stopPropagation();
  if (event.key === "Escape") {
    event.preventDefault();
    return close();
  }
  const next = STEPS[event.key];
  if (next === undefined) return;
  event.preventDefault();
  const all = items(menu);
  const at = all.findIndex((item) => item === document.activeElement);
  all[next(at, all.length)]?.focus();
}
