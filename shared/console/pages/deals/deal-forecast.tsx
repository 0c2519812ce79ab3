import { lio } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { recordIds } from "../../record-ids.ts";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, Facts, moneyText, numberText } from "../../ui/values.tsx";
import { RISKS } from "../forecast/forecast.ts";
import { shareText } from "../forecast/period-text.ts";
import type { Deal } from "./deals.ts";

interface Forecast {
  probability: number;
  weighted_value: number;
  factors: readonly { factor: keyof typeof FACTORS; value: number; detail: string }[];
  risk_score: number;
  risk_level: keyof typeof RISKS;
  reasons: readonly { code: string; message: string }[];
  trend: { direction: "up" | "down" | "flat"; change: number };
}

const FACTORS = {
  base: "Begins with",
  history: "How such deals ended",
  age: "How long it has been at its stage",
  overdue: "How late it is",
} as const;

const TRENDS = { up: "Rising", down: "Falling", flat: "Unchanged" } as const;

/** What a deal is forecast to come to, what makes it so, and what puts it at risk. */
export function DealForecast({ deal }: { deal: Deal }) {
  const forecast = useLoad((signal) => forecastOf(deal, signal), [deal.id, deal.updated_at]);
  return (
    <section class="deals-forecast" aria-label="Forecast">
      <h3>Forecast</h3>
      <Loading of={forecast}>
        {(found) => <Told forecast={found} currency={deal.currency} />}
      </Loading>
    </section>
  );
}

type Factor = Forecast["factors"][number];

const COLUMNS: readonly Column<Factor>[] = [
  { title: "What", cell: ({ factor }) => FACTORS[factor] },
  { title: "Why", cell: ({ detail }) => detail },
  {
    title: "Makes",
    cell: ({ factor, value }) => factor === "base" ? shareText(value) : `× ${numberText(value)}`,
    isNumber: true,
  },
];

function Told({ forecast, currency }: { forecast: Forecast; currency: string }) {
  const { probability, weighted_value, risk_level: level, risk_score, reasons, trend } = forecast;
  const [word, tone] = RISKS[level];
  return (
    <>
      <div class="figures">
        <Facts
          facts={[
            ["Probability", `${shareText(probability)} (${TRENDS[trend.direction].toLowerCase()})`],
            ["Weighted", moneyText(weighted_value, currency)],
            ["Risk", <Badge key="risk" tone={tone}>{word} {risk_score || ""}</Badge>],
            ["Why", reasons.map(({ message }) => message).join("; ")],
          ]}
        />
      </div>
      <Table
        caption="What makes the probability"
        rows={forecast.factors}
        columns={COLUMNS}
        keyOf={({ factor }) => factor}
        empty="Nothing."
      />
    </>
  );
}

async function forecastOf(deal: Deal, signal: AbortSignal): Promise<Forecast> {
  const { number } = await recordIds("v1-public-deals", deal.id, signal);
  return (await lio.get<{ data: Forecast }>(`forecast/deal/${number}`, {}, signal)).data;
}
