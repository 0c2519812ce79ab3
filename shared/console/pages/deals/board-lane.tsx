import { useId, useRef } from "preact/hooks";
import { Failure } from "../../ui/failure.tsx";
import { moneyText, numberText } from "../../ui/values.tsx";
import { DealCard } from "./deal-card.tsx";
import type { StageTotal } from "./deals.ts";
import type { Handling } from "./handling.ts";
import type { Lane } from "./lanes.ts";

interface BoardLaneProps {
  lane: Lane;
  handling: Handling;
  /** Set when a search chose the deals: totals of all would not be theirs. */
  isSearch: boolean;
}

/** A stage of the board: what its deals come to, and those that are loaded. */
export function BoardLane({ lane, handling, isSearch }: BoardLaneProps) {
  const { stage, deals, next, error, isLoading } = lane;
  const heading = useId();
  const tabStop = handling.tabStop(stage)?.id;
  const section = useRef<HTMLElement>(null);
  const leave = (event: DragEvent) => section.current && handling.dragLeave(event, section.current);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    handling.drop(stage);
  };
  return (
    <section
      ref={section}
      class={handling.isOver(stage) ? "lane over" : "lane"}
      aria-labelledby={heading}
      onDragOver={(event) => handling.dragOver(event, stage)}
      onDragLeave={leave}
      onDrop={drop}
    >
      <header>
        <h2 id={heading} class={stage.outcome} dir="auto">{stage.name}</h2>
        <LaneTotals lane={lane} handling={handling} isSearch={isSearch} />
      </header>
      <ul>
        {deals.map((deal) => (
          <DealCard
            key={deal.id}
            deal={deal}
            stage={stage}
            handling={handling}
            isTabStop={deal.id === tabStop}
          />
        ))}
      </ul>
      {deals.length === 0 && !isLoading && !error && (
        <p class="quiet">{isSearch ? "None found." : "No deals."}</p>
      )}
      {error && (
        <Failure
          error={error}
          retry={() => void handling.board.more(stage)}
        />
      )}
      {isLoading && <p class="quiet" role="status">Loading…</p>}
      {next !== null && !isLoading && !error && (
        <button
          type="button"
          onClick={() => void handling.board.more(stage)}
        >
          Show more of {stage.name}
        </button>
      )}
    </section>
  );
}

function LaneTotals({ lane, handling, isSearch }: BoardLaneProps) {
  const own = handling.board.totals.value.filter(({ stage_id }) => stage_id === lane.stage.id);
  if (isSearch) {
    return <p class="quiet">{lane.isLoading ? "" : `${numberText(lane.total)} found`}</p>;
  }
  const count = own.reduce((all, { deals }) => all + deals, 0);
  return (
    <p class="quiet">
      {count === 1 ? "1 deal" : `${numberText(count)} deals`}
      {own.filter(isWorth).map(({ currency, value }) => (
        <span key={currency} class="worth">{moneyText(value, currency)}</span>
      ))}
    </p>
  );
}

function isWorth({ value }: StageTotal): boolean {
  return value !== 0;
}
