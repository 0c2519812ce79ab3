import { useEffect, useMemo } from "preact/hooks";
import { useLoad, usePolling } from "../../load.ts";
import { isAtLeast } from "../../session.ts";
import { Failure } from "../../ui/failure.tsx";
import { Board } from "./board.ts";
import { BoardLane } from "./board-lane.tsx";
import { DealDialog } from "./deal-dialog.tsx";
import { Handling } from "./handling.ts";
import { Stray } from "./stray.tsx";
import type { ViewProps } from "./views.ts";

const EACH_MS = 5_000;

/** The deals of a pipeline on a board of its stages, live. */
export function BoardView({ pipeline, pipelines, users, filters, editing, edit }: ViewProps) {
  const { search, sort, order } = filters;
  const { board, handling } = useMemo(() => {
    const made = new Board(pipeline, { search, sort, order });
    return { board: made, handling: new Handling(made, users, edit) };
  }, [pipeline.id, search, sort, order]);
  useEffect(() => board.load(), [board]);
  const fresh = useLoad((signal) => handling.refresh(signal), [pipeline.id, search, sort, order]);
  usePolling(fresh, EACH_MS);
  const isSearch = search !== "";
  if (pipeline.stages.length === 0) {
    return <p class="empty">This pipeline has no stages, so its deals are in the table alone.</p>;
  }
  return (
    <>
      {fresh.error && <Failure error={fresh.error} retry={fresh.reload} />}
      {!isSearch && <Stray pipeline={pipeline} totals={board.totals.value} />}
      <p class="quiet deals-hint">
        Arrow keys go from deal to deal.{" "}
        {isAtLeast("rep") && "Drag a deal to move it, or press Shift with the left or right arrow."}
      </p>
      <div class="board" role="region" aria-label={`Board of ${pipeline.name}`} tabIndex={0}>
        {board.lanes.value.map((lane) => (
          <BoardLane key={lane.stage.id} lane={lane} handling={handling} isSearch={isSearch} />
        ))}
      </div>
      <p class="unseen" role="status">{board.said.value}</p>
      {editing && (
        <DealDialog
          deal={editing === "new" ? null : editing}
          pipeline={pipeline}
          pipelines={pipelines}
          users={users}
          onSaved={(deal) => board.put(deal)}
          onDeleted={(id) => board.remove(id)}
          onClose={() => edit(null)}
        />
      )}
    </>
  );
}
