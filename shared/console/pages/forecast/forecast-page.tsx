import { useLoad } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { SelectField } from "../../ui/fields.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { AccuracySection } from "./accuracy-section.tsx";
import { AtRiskSection } from "./at-risk-section.tsx";
import { ContributorsSection } from "./contributors-section.tsx";
import { type LioPipeline, lioPipelines } from "./forecast.ts";
import { PeriodsSection } from "./periods-section.tsx";

const LENGTHS = [["", "Months"], ["quarterly", "Quarters"]] as const;
const SPANS = [["3", "3 months"], ["", "6 months"], ["12", "12 months"], [
  "24",
  "24 months",
]] as const;

/** What deals are expected to come to, which are at risk, and how right forecasts were. */
export function ForecastPage() {
  const pipelines = useLoad(lioPipelines, []);
  return (
    <Page title="Forecast">
      <Loading of={pipelines}>{(all) => <Forecasts pipelines={all} />}</Loading>
    </Page>
  );
}

function Forecasts({ pipelines }: { pipelines: readonly LioPipeline[] }) {
  const of = (name: string) => query.value.get(name) ?? "";
  const chosen = pipelines.find(({ id }) => String(id) === of("pipeline"));
  const filters = { pipeline_id: chosen?.id, months: of("months") || "6" };
  // What a month is made of can be told of one pipeline alone.
  const one = chosen ?? (pipelines.length === 1 ? pipelines[0] : undefined);
  return (
    <>
      <div class="filters">
        <SelectField
          label="Pipeline"
          value={of("pipeline")}
          onChange={(pipeline) => setQuery({ pipeline, month: null })}
          choices={[
            ["", "All pipelines"],
            ...pipelines.map(({ id, name }) => [String(id), name] as const),
          ]}
        />
        <SelectField
          label="By"
          value={of("by")}
          onChange={(by) => setQuery({ by, month: null })}
          choices={LENGTHS}
        />
        <SelectField
          label="Over"
          value={of("months")}
          onChange={(months) => setQuery({ months, month: null })}
          choices={SPANS}
        />
      </div>
      <PeriodsSection filters={{ ...filters, period: of("by") || "monthly" }} pipeline={one} />
      {one && of("month") !== "" && (
        <ContributorsSection key={of("month")} pipeline={one} month={of("month")} />
      )}
      <AtRiskSection pipeline={chosen} />
      <AccuracySection filters={filters} />
    </>
  );
}
