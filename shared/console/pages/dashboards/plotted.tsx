import { BarPlot } from "../../ui/bar-plot.tsx";
import { Clamped } from "../../ui/cells.tsx";
import type { Series } from "../../ui/plot.tsx";
import { type Column, Table } from "../../ui/table.tsx";

interface PlottedProps<T> {
  title: string;
  rows: readonly T[];
  nameOf(row: T): string;
  keyOf(row: T): string | number;
  series: readonly Series[];
  columns: readonly Column<T>[];
  empty: string;
}

/** Bars with their table beside them. */
export function Plotted<T>(props: PlottedProps<T>) {
  const { title, rows, nameOf, keyOf, series, columns, empty } = props;
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 ? <p class="empty">{empty}</p> : (
        <div class="columns">
          <BarPlot label={title} names={rows.map(nameOf)} series={series} />
          <Table
            caption={title}
            rows={rows}
            columns={[{ title: "Of", cell: (row) => <Clamped text={nameOf(row)} /> }, ...columns]}
            keyOf={keyOf}
            empty={empty}
          />
        </div>
      )}
    </section>
  );
}
