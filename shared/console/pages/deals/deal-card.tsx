import { useId } from "preact/hooks";
import { isAtLeast } from "../../session.ts";
import { DealFacts, StatusBadge } from "./deal-facts.tsx";
import type { Deal, Stage } from "./deals.ts";
import type { Handling } from "./handling.ts";
import { MoveMenu } from "./move-menu.tsx";

interface DealCardProps {
  deal: Deal;
  stage: Stage;
  handling: Handling;
  /** Whether Tab reaches it, rather than arrow keys. */
  isTabStop: boolean;
}

/** A deal on the board: opened by its title, moved by dragging, by keys or by its menu. */
export function DealCard({ deal, stage, handling, isTabStop }: DealCardProps) {
  const facts = useId();
  const mayMove = isAtLeast("rep");
  const tabIndex = isTabStop ? 0 : -1;
  return (
    <li
      class="deal"
      data-deal={deal.id}
      draggable={mayMove}
      onDragStart={(event) => handling.drag(event, deal)}
      onDragEnd={() => handling.drop(null)}
      onKeyDown={(event) => handling.press(event, deal, stage)}
      onFocusIn={() => handling.focused(deal)}
    >
      <button
        type="button"
        class="deal-title"
        dir="auto"
        tabIndex={tabIndex}
        aria-describedby={facts}
        aria-keyshortcuts={mayMove ? "Shift+ArrowLeft Shift+ArrowRight" : undefined}
        onClick={() => handling.open(deal)}
      >
        {deal.title}
      </button>
      <div id={facts}>
        <DealFacts deal={deal} users={handling.users} />
        <StatusBadge deal={deal} stage={stage} />
      </div>
      {mayMove && (
        <MoveMenu
          deal={deal}
          stages={handling.board.pipeline.stages.filter(({ id }) => id !== stage.id)}
          tabIndex={tabIndex}
          onMove={(to) => handling.move(deal, to)}
          hold={() => handling.hold()}
        />
      )}
    </li>
  );
}
