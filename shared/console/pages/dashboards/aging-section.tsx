import { useLoad } from "../../load.ts";
import { Loading } from "../../ui/loading.tsx";
import { numberText } from "../../ui/values.tsx";
import { type Aging, agingOfLeads } from "./dashboards.ts";
import { Plotted } from "./plotted.tsx";

/** How old the leads are that are still worked. */
export function AgingSection() {
  const aging = useLoad(agingOfLeads, []);
  return (
    <Loading of={aging}>
      {(data) => (
        <>
          <Plotted
            title="Age of open leads"
            rows={data.total === 0 ? [] : data.buckets}
            nameOf={({ bucket }: Aging["buckets"][number]) => `${bucket} days`}
            keyOf={({ bucket }) => bucket}
            series={[{ name: "Leads", values: data.buckets.map(({ count }) => count) }]}
            columns={[
              { title: "Leads", cell: ({ count }) => numberText(count), isNumber: true },
              {
                title: "Estimated value",
                cell: ({ estimated_value: value }) => numberText(value),
                isNumber: true,
              },
            ]}
            empty="No lead is being worked."
          />
          {data.stale > 0 && (
            <p class="notice">
              {numberText(data.stale)} of {numberText(data.total)}{" "}
              open leads are stale: nothing has happened to them for 30 days.
            </p>
          )}
        </>
      )}
    </Loading>
  );
}
