import type { Query } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { Whole } from "../../ui/cells.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Plot } from "../../ui/plot.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { dayText, Facts, moneyText, numberText } from "../../ui/values.tsx";
import { shareText } from "../forecast/period-text.ts";
import { type Stats, statsOf } from "./dashboards.ts";
import { CURRENCY } from "./overview-section.tsx";
import { Plotted } from "./plotted.tsx";

/** How sales went in a period. */
export function StatsSection({ period }: { period: Query }) {
  const stats = useLoad((signal) => statsOf(period, signal), [period]);
  return (
    <Loading of={stats}>
      {(data) => (
        <>
          <Sales stats={data} />
          <PerDay stats={data} />
          <ByOwner stats={data} />
        </>
      )}
    </Loading>
  );
}

function Sales({ stats }: { stats: Stats }) {
  const { average_deal_value: value, average_sales_cycle_days: cycle, previous } = stats;
  return (
    <section class="card figures" aria-label="Sales">
      <h2>Sales</h2>
      <Facts
        facts={[
          ["Leads that became customers", shareText(stats.conversion_rate)],
          ["Win rate", shareText(stats.win_rate)],
          ["Average deal", value === null ? "–" : moneyText(value, CURRENCY)],
          ["Days to win one", cycle === null ? "–" : numberText(cycle)],
          ["Leads in the period before", numberText(previous.leads)],
          ["Won in the period before", moneyText(previous.won_value, CURRENCY)],
        ]}
      />
    </section>
  );
}

function PerDay({ stats: { leads_per_day: days } }: { stats: Stats }) {
  return (
    <section class="card" aria-label="New leads by day">
      <h2>New leads by day</h2>
      <div class="columns">
        <Plot
          label="New leads by day"
          times={days.map(({ date }) => Date.parse(`${date}T00:00:00Z`) / 1_000)}
          series={[{ name: "New leads", values: days.map(({ count }) => count) }]}
        />
        <div class="dashboards-long" role="region" aria-label="Days with new leads" tabIndex={0}>
          <Table
            caption="Days with new leads"
            rows={days.filter(({ count }) => count > 0).toReversed()}
            columns={DAY_COLUMNS}
            keyOf={({ date }) => date}
            empty="No lead came in these days."
          />
        </div>
      </div>
    </section>
  );
}

const DAY_COLUMNS: readonly Column<Stats["leads_per_day"][number]>[] = [
  { title: "Day", cell: ({ date }) => dayText(date) },
  { title: "New leads", cell: ({ count }) => numberText(count), isNumber: true },
];

function ByOwner({ stats: { by_owner: owners } }: { stats: Stats }) {
  return (
    <Plotted
      title="By whom it is assigned to"
      rows={owners}
      nameOf={({ user_id, name }) => user_id === null ? "Nobody" : name ?? `User ${user_id}`}
      keyOf={({ user_id }) => user_id ?? 0}
      series={[
        { name: "Open", values: owners.map(({ open_value }) => open_value) },
        { name: "Won", values: owners.map(({ won_value }) => won_value) },
      ]}
      columns={[
        { title: "New leads", cell: ({ leads }) => numberText(leads), isNumber: true },
        {
          title: "Open",
          cell: ({ open_value }) => <Whole>{moneyText(open_value, CURRENCY)}</Whole>,
          isNumber: true,
        },
        {
          title: "Won",
          cell: ({ won_value }) => <Whole>{moneyText(won_value, CURRENCY)}</Whole>,
          isNumber: true,
        },
      ]}
      empty="Nothing is assigned to anybody yet, or nothing happened in these days."
    />
  );
}
