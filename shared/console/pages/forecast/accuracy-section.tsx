import type { Query } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { BarPlot } from "../../ui/bar-plot.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { numberText } from "../../ui/values.tsx";
import { type Accuracy, accuracyOf } from "./forecast.ts";
import { periodText, shareText } from "./period-text.ts";

/** How right the forecasts were of the deals that were closed since. */
export function AccuracySection({ filters }: { filters: Query }) {
  const accuracy = useLoad((signal) => accuracyOf(filters, signal), [filters]);
  return (
    <section class="card" aria-label="Accuracy">
      <h2>How right forecasts were</h2>
      <Loading of={accuracy}>
        {(data) =>
          data.overall.deals === 0
            ? <p class="empty">No deal was won or lost in these months that had been forecast.</p>
            : <Months accuracy={data} />}
      </Loading>
    </section>
  );
}

function Months({ accuracy: { months, overall } }: { accuracy: Accuracy }) {
  return (
    <>
      <p>
        In all {shareText(overall.accuracy)} right: {numberText(overall.predicted)} were forecast,
        {" "}
        {numberText(overall.actual)} were won, by {numberText(overall.won)} of{" "}
        {numberText(overall.deals)} deals.
      </p>
      <BarPlot
        label="Forecast and won by month"
        names={months.map(({ month }) => periodText(month))}
        series={[
          { name: "Forecast", values: months.map(({ predicted }) => predicted) },
          { name: "Won", values: months.map(({ actual }) => actual) },
        ]}
      />
      <Table
        caption="Forecast and won by month"
        rows={months}
        columns={COLUMNS}
        keyOf={({ month }) => month}
        empty="No months."
      />
    </>
  );
}

const COLUMNS: readonly Column<Accuracy["months"][number]>[] = [
  { title: "Month", cell: ({ month }) => periodText(month) },
  { title: "Closed deals", cell: ({ deals }) => numberText(deals), isNumber: true },
  { title: "Won deals", cell: ({ won }) => numberText(won), isNumber: true },
  { title: "Forecast", cell: ({ predicted }) => numberText(predicted), isNumber: true },
  { title: "Won", cell: ({ actual }) => numberText(actual), isNumber: true },
  { title: "Error", cell: ({ error }) => numberText(error), isNumber: true },
  { title: "Right", cell: ({ accuracy }) => shareText(accuracy), isNumber: true },
];
