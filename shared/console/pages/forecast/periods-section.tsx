import type { Query } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { setQuery } from "../../router.ts";
import { BarPlot } from "../../ui/bar-plot.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Facts, moneyText, numberText } from "../../ui/values.tsx";
import { type Forecast, forecastOf, type LioPipeline, type Period } from "./forecast.ts";
import { periodText } from "./period-text.ts";

interface PeriodsSectionProps {
  filters: Query;
  /** The pipeline of which the deals of a month can be shown. */
  pipeline: LioPipeline | undefined;
}

/** What is expected in each month or quarter. */
export function PeriodsSection({ filters, pipeline }: PeriodsSectionProps) {
  const forecast = useLoad((signal) => forecastOf(filters, signal), [filters]);
  return (
    <section class="card" aria-label="Expected">
      <h2>Expected</h2>
      <Loading of={forecast}>
        {(data) =>
          isEmpty(data)
            ? (
              <p class="empty">
                Nothing is expected yet. Deals with a value and a day on which they are expected to
                close make a forecast: <a href="#/deals">to the deals</a>
              </p>
            )
            : <Periods forecast={data} pipeline={pipeline} />}
      </Loading>
    </section>
  );
}

function Periods({ forecast, pipeline }: {
  forecast: Forecast;
  pipeline: LioPipeline | undefined;
}) {
  const { currency, periods, totals, beyond, other_currencies: others } = forecast;
  const money = (value: number) => moneyText(value, currency);
  return (
    <>
      <div class="figures">
        <Facts
          facts={[
            ["Weighted", money(totals.weighted_value)],
            ["Committed (75 % or more)", money(totals.commit)],
            ["Best case", money(totals.best_case)],
            ["Won", money(totals.won_value)],
            ["Overdue", money(totals.overdue_value)],
            ["Later, or without a day", `${money(beyond.weighted_value)} weighted`],
          ]}
        />
      </div>
      <BarPlot
        label={`Weighted and best case by period, in ${currency}`}
        names={periods.map(({ period }) => periodText(period))}
        series={[
          { name: "Weighted", values: periods.map(({ weighted_value }) => weighted_value) },
          { name: "Best case", values: periods.map(({ best_case }) => best_case) },
        ]}
      />
      <Table
        caption="What is expected by period"
        rows={periods}
        columns={columnsOf(money, pipeline !== undefined)}
        keyOf={({ period }) => period}
        empty="No periods."
      />
      {others.map((one) => (
        <p key={one.currency} class="quiet">
          Besides, in {one.currency}: {moneyText(one.weighted_value, one.currency)} weighted of{" "}
          {moneyText(one.total_value, one.currency)}, in {numberText(one.deal_count)} deals.
        </p>
      ))}
    </>
  );
}

function columnsOf(
  money: (value: number) => string,
  canOpen: boolean,
): readonly Column<Period>[] {
  return [
    { title: "Period", cell: ({ period }) => periodText(period) },
    { title: "Deals", cell: ({ deal_count }) => numberText(deal_count), isNumber: true },
    { title: "Weighted", cell: ({ weighted_value }) => money(weighted_value), isNumber: true },
    { title: "Committed", cell: ({ commit }) => money(commit), isNumber: true },
    { title: "Best case", cell: ({ best_case }) => money(best_case), isNumber: true },
    { title: "Won", cell: ({ won_value }) => money(won_value), isNumber: true },
    {
      title: "Made of",
      cell: ({ period, deal_count }) =>
        canOpen && deal_count > 0 && /^\d{4}-\d\d$/.test(period) && (
          <button
            type="button"
            class="plain"
            onClick={() => setQuery({ month: period })}
          >
            Show deals<span class="unseen">of {periodText(period)}</span>
          </button>
        ),
    },
  ];
}

function isEmpty({ totals, beyond, other_currencies: others }: Forecast): boolean {
  return totals.deal_count + beyond.deal_count + others.length === 0 && totals.won_value === 0;
}
