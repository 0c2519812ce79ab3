import { useLoad } from "../../load.ts";
import { setQuery } from "../../router.ts";
import { isAtLeast } from "../../session.ts";
import { numberText } from "../../ui/values.tsx";
import { dealPage, type Pipeline, type StageTotal } from "./deals.ts";

/** Says which deals of a pipeline its board does not show, or that there are none. */
export function Stray({ pipeline, totals }: { pipeline: Pipeline; totals: readonly StageTotal[] }) {
  const shown = totals.reduce((all, { deals }) => all + deals, 0);
  const { data, isLoading } = useLoad(async (signal) => {
    const { pagination } = await dealPage({ pipeline_id: pipeline.id, per_page: 1 }, signal);
    return pagination.total;
  }, [pipeline.id, shown]);
  if (data === undefined || isLoading) return null;
  if (data === 0) {
    return (
      <p class="empty">
        No deals in this pipeline yet. {isAtLeast("rep")
          ? "Make the first one with “New deal”, or send it to v1-public-deals."
          : "Those that others make appear here."}
      </p>
    );
  }
  const stray = data - shown;
  if (stray <= 0 || shown === 0) return null;
  return (
    <p class="notice">
      {stray === 1
        ? "One deal is at none of these stages."
        : `${numberText(stray)} deals are at none of these stages.`}
      <button type="button" onClick={() => setQuery({ view: "table" })}>Show the table</button>
    </p>
  );
}
