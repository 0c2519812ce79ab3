import { useEffect, useState } from "preact/hooks";
import { useLoad } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { SelectField } from "../../ui/fields.tsx";
import { Clamped, Whole } from "../../ui/cells.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Pager } from "../../ui/pager.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, dayText, numberText } from "../../ui/values.tsx";
import { type DealAtRisk, dealsAtRisk, type LioPipeline, RISKS } from "./forecast.ts";

const SIZE = 10;
const LEVELS = [
  ["", "Any"],
  ...(["critical", "at_risk", "watch"] as const).map((level) => [level, RISKS[level][0]] as const),
] as const;
const OWNERS = [["", "Everybody's"], ["me", "Mine"]] as const;

/** The open deals at risk, the greatest risk first, and why. */
export function AtRiskSection({ pipeline }: { pipeline: LioPipeline | undefined }) {
  const of = (name: string) => query.value.get(name) ?? "";
  const chosen = { status: of("risk") || "all", owner: of("whose") || "all" };
  const [page, setPage] = useState(1);
  const filters = { ...chosen, pipeline_id: pipeline?.id };
  useEffect(() => setPage(1), [JSON.stringify(filters)]);
  const asked = { ...filters, page, limit: SIZE };
  const deals = useLoad((signal) => dealsAtRisk(asked, signal), [asked]);
  return (
    <section class="card" aria-label="At risk">
      <h2>At risk</h2>
      <div class="filters">
        <SelectField
          label="Risk"
          value={of("risk")}
          onChange={(risk) => setQuery({ risk })}
          choices={LEVELS}
        />
        <SelectField
          label="Deals"
          value={of("whose")}
          onChange={(whose) => setQuery({ whose })}
          choices={OWNERS}
        />
      </div>
      <Loading of={deals}>
        {({ data, total }) => (
          <>
            <Table
              caption="Deals at risk"
              rows={data}
              columns={COLUMNS}
              keyOf={({ deal_id }) => deal_id}
              empty="No deal is at risk: none is overdue, stuck in its stage, or forgotten."
            />
            {total > 0 && <p class="quiet">Amounts are in the currency of each deal.</p>}
            <Pager what="deals at risk" page={page} total={total} size={SIZE} go={setPage} />
          </>
        )}
      </Loading>
    </section>
  );
}

const COLUMNS: readonly Column<DealAtRisk>[] = [
  { title: "Deal", cell: ({ title }) => <Clamped text={title} /> },
  {
    title: "Risk",
    cell: ({ risk_level: level, risk_score: score }) => (
      <Badge tone={RISKS[level][1]}>
        {RISKS[level][0]} {score}
      </Badge>
    ),
  },
  {
    title: "Why",
    cell: ({ reasons }) => reasons.map(({ message }) => message).join("; "),
  },
  { title: "Stage", cell: ({ stage_name }) => <Clamped text={stage_name} /> },
  {
    title: "Weighted",
    cell: ({ weighted_value }) => <Whole>{numberText(weighted_value)}</Whole>,
    isNumber: true,
  },
  {
    title: "Closes",
    cell: ({ expected_close_date: due }) => <Whole>{due === null ? "–" : dayText(due)}</Whole>,
  },
];
