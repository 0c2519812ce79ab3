import type { ComponentChildren } from "preact";
import { useLoad } from "../../../load.ts";
import { Clamped } from "../../../ui/cells.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { Plot } from "../../../ui/plot.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import { dayText, moneyText, numberText } from "../../../ui/values.tsx";
import { BarPlot } from "../../../ui/bar-plot.tsx";
import { currencyOf, type Result, resultOf, type Widget } from "./saved.ts";

/** As many bars as can be told from each other. */
const MOST_BARS = 30;

interface WidgetProps {
  widget: Widget;
  /** Buttons of whoever may change it. */
  actions?: ComponentChildren;
}

/** A figure of a dashboard: a number, or a plot with its table. */
export function WidgetView({ widget, actions }: WidgetProps) {
  const result = useLoad((signal) => resultOf(widget, signal), [widget.type, widget.query]);
  return (
    <section class="card" aria-label={widget.title}>
      <header class="page-header">
        <h2 dir="auto">
          <Clamped text={widget.title} />
        </h2>
        {actions}
      </header>
      <Loading of={result}>{(found) => <Found widget={widget} found={found} />}</Loading>
    </section>
  );
}

type Row = Result["rows"][number];

function Found({ widget: { type, title, query }, found: { columns, rows, value } }: {
  widget: Widget;
  found: Result;
}) {
  const [first] = columns;
  const currency = currencyOf(query);
  const valueText = (of: number | null | undefined) => of == null ? "–" : moneyText(of, currency);
  if (first?.name === "value") {
    return <p class="dashboards-number">{valueText(value ?? rows[0]?.value)}</p>;
  }
  if (rows.length === 0) return <p class="empty">Nothing has this yet.</p>;
  const nameOf = ({ dimension = null }: Row) => nameText(dimension, first?.type);
  const columnsOfTable: readonly Column<Row>[] = [
    { title: "Of", cell: (row) => <Clamped text={nameOf(row)} /> },
    { title: "Value", cell: (row) => valueText(row.value), isNumber: true },
  ];
  return (
    <>
      {type !== "table" && (
        <Drawn
          isLine={type === "line"}
          isByDay={first?.type === "date" && query.order === undefined}
          name={currency === null ? "Value" : `Value, ${currency}`}
          {...{ title, rows, first, nameOf }}
        />
      )}
      <div class="dashboards-long" role="region" aria-label={`Values of ${title}`} tabIndex={0}>
        <Table
          caption={title}
          rows={rows}
          columns={columnsOfTable}
          keyOf={({ dimension }) => JSON.stringify(dimension)}
          empty="Nothing has this yet."
        />
      </div>
    </>
  );
}

interface DrawnProps {
  title: string;
  isLine: boolean;
  /** Whether its rows are days as they follow each other. */
  isByDay: boolean;
  /** What its values are called. */
  name: string;
  rows: readonly Row[];
  first: Result["columns"][number] | undefined;
  nameOf(row: Row): string;
}

function Drawn({ title, isLine, isByDay, name, rows, first, nameOf }: DrawnProps) {
  const dated = rows.filter(({ dimension }) => typeof dimension === "string");
  // One day makes no line.
  if (isLine && first?.type === "date" && dated.length > 1) {
    return (
      <Plot
        label={title}
        times={dated.map(({ dimension }) => Date.parse(`${dimension}T00:00:00Z`) / 1_000)}
        series={[{ name, values: dated.map(({ value }) => value) }]}
      />
    );
  }
  const shown = isByDay ? rows.slice(-MOST_BARS) : rows.slice(0, MOST_BARS);
  return (
    <>
      <BarPlot
        label={title}
        names={shown.map(nameOf)}
        series={[{ name, values: shown.map(({ value }) => value) }]}
      />
      {shown.length < rows.length && (
        <p class="quiet">
          The {isByDay ? "last" : "first"} {MOST_BARS} of {numberText(rows.length)}{" "}
          are drawn; the table has them all.
        </p>
      )}
    </>
  );
}

function nameText(of: string | number | null, type: string | undefined): string {
  if (of === null) return "Not said";
  if (typeof of === "number") return numberText(of);
  return type === "date" ? dayText(of) : of;
}
