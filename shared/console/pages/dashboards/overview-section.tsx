import type { Query } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { Loading } from "../../ui/loading.tsx";
import { dayText, Facts, moneyText, numberText } from "../../ui/values.tsx";
import { shareText } from "../forecast/period-text.ts";
import { type Overview, overviewOf } from "./dashboards.ts";
import { Plotted } from "./plotted.tsx";

/** The currency in which LIO adds up. */
export const CURRENCY = "USD";

/** What there is now, and what happened in a period. */
export function OverviewSection({ period }: { period: Query }) {
  const overview = useLoad((signal) => overviewOf(period, signal), [period]);
  return <Loading of={overview}>{(data) => <Figures overview={data} />}</Loading>;
}

function Figures({ overview }: { overview: Overview }) {
  const { period, leads, deals, contacts, companies, meetings, follow_ups: due } = overview;
  const made = ({ total, new: fresh }: { total: number; new: number }) =>
    `${numberText(total)}, ${numberText(fresh)} new`;
  return (
    <>
      <section class="card figures" aria-label="Overview">
        <h2>{dayText(period.start_date)} – {dayText(period.end_date)}</h2>
        <Facts
          facts={[
            ["Leads", made(leads)],
            ["Hot leads", numberText(overview.hot_leads)],
            ["Open deals", numberText(deals.open_count)],
            ["Their value", moneyText(deals.open_value, CURRENCY)],
            ["Weighted", moneyText(deals.weighted_value, CURRENCY)],
            ["Won", `${moneyText(deals.won_value, CURRENCY)} (${numberText(deals.won_count)})`],
            ["Lost deals", numberText(deals.lost_count)],
            ["Win rate", shareText(deals.win_rate)],
            ["Contacts", made(contacts)],
            ["Companies", made(companies)],
            [
              "Meetings",
              `${numberText(meetings.scheduled)} to come, ${numberText(meetings.held)} held`,
            ],
            [
              "Follow-ups",
              `${numberText(due.due_today)} today, ${numberText(due.overdue)} overdue`,
            ],
          ]}
        />
      </section>
      <div class="columns">
        <Counted
          title="Leads by status"
          rows={leads.by_status.map(({ status_text: name, count }) => ({ name, count }))}
        />
        <Counted
          title="Leads by source"
          rows={leads.by_source.map(({ lead_source_text: name, count }) => ({ name, count }))}
        />
      </div>
    </>
  );
}

function Counted({ title, rows }: {
  title: string;
  rows: readonly { name: string | null; count: number }[];
}) {
  return (
    <Plotted
      title={title}
      rows={rows}
      nameOf={({ name }) => name ?? "Not said"}
      keyOf={({ name }) => name ?? ""}
      series={[{ name: "Leads", values: rows.map(({ count }) => count) }]}
      columns={[{ title: "Leads", cell: ({ count }) => numberText(count), isNumber: true }]}
      empty="No leads yet. The start page shows the shortest ways to a first one."
    />
  );
}
