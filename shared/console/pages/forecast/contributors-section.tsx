import { useState } from "preact/hooks";
import { useLoad } from "../../load.ts";
import { setQuery } from "../../router.ts";
import { Clamped, Whole } from "../../ui/cells.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Pager } from "../../ui/pager.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { dayText, numberText } from "../../ui/values.tsx";
import { type Contributor, contributorsOf, type LioPipeline } from "./forecast.ts";
import { periodText, shareText } from "./period-text.ts";

const SIZE = 10;

/** The deals that a month's forecast is made of. */
export function ContributorsSection(
  { pipeline, month }: { pipeline: LioPipeline; month: string },
) {
  const [page, setPage] = useState(1);
  const asked = { pipeline_id: pipeline.id, period_month: month, page, limit: SIZE };
  const deals = useLoad((signal) => contributorsOf(asked, signal), [asked]);
  return (
    <section class="card" aria-label="Made of">
      <header class="page-header">
        <h2>
          {periodText(month)} is made of
        </h2>
        <button type="button" onClick={() => setQuery({ month: null })}>Hide</button>
      </header>
      <Loading of={deals}>
        {({ data, total }) => (
          <>
            <Table
              caption={`Deals expected in ${periodText(month)}`}
              rows={data}
              columns={COLUMNS}
              keyOf={({ deal_id }) => deal_id}
              empty="No deals are expected then."
            />
            <Pager what="deals" page={page} total={total} size={SIZE} go={setPage} />
          </>
        )}
      </Loading>
    </section>
  );
}

const COLUMNS: readonly Column<Contributor>[] = [
  { title: "Deal", cell: ({ title }) => <Clamped text={title} /> },
  { title: "Stage", cell: ({ stage_name }) => <Clamped text={stage_name} /> },
  { title: "Value", cell: ({ value }) => numberText(value ?? 0), isNumber: true },
  { title: "Probability", cell: ({ probability }) => shareText(probability), isNumber: true },
  {
    title: "Weighted",
    cell: ({ weighted_value }) => <Whole>{numberText(weighted_value)}</Whole>,
    isNumber: true,
  },
  { title: "Share", cell: ({ share }) => shareText(share), isNumber: true },
  {
    title: "Closes",
    cell: ({ expected_close_date }) => <Whole>{dayText(expected_close_date)}</Whole>,
  },
];
