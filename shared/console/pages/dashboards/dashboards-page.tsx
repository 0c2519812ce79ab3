import { query, setQuery } from "../../router.ts";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Parts } from "../../ui/parts.tsx";
import { AccountsSection } from "./accounts-section.tsx";
import { AgingSection } from "./aging-section.tsx";
import { OverviewSection } from "./overview-section.tsx";
import { PARTS } from "./parts.ts";
import { StatsSection } from "./stats-section.tsx";

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const SPANS = [
  ["7", "7 days"],
  ["", "30 days"],
  ["90", "90 days"],
  ["365", "A year"],
  ["own", "Other days"],
] as const;

/** Figures of the workspace: what there is, and how sales went in a period. */
export function DashboardsPage() {
  const of = (name: string) => query.value.get(name) ?? "";
  const isOwn = of("days") === "own";
  const period = isOwn
    ? { start_date: of("from"), end_date: of("to") }
    : { start_date: daysAgo((Number(of("days")) || USUAL_DAYS) - 1) };
  return (
    <Page title="Dashboards">
      <Parts label="Dashboards" parts={PARTS} />
      <div class="filters">
        <SelectField
          label="Of the last"
          value={of("days")}
          onChange={(days) => setQuery({ days, from: null, to: null })}
          choices={SPANS}
        />
        {isOwn && (
          <>
            <TextField
              label="From"
              type="date"
              value={of("from")}
              onChange={(from) => setQuery({ from })}
            />
            <TextField
              label="To"
              type="date"
              value={of("to")}
              onChange={(to) => setQuery({ to })}
            />
          </>
        )}
      </div>
      <OverviewSection period={period} />
      <StatsSection period={period} />
      <AgingSection />
      <AccountsSection />
    </Page>
  );
}

// Days are those of UTC, as the API has them.
function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}
