import { useLoad } from "../../load.ts";
import { Whole } from "../../ui/cells.tsx";
import { Loading } from "../../ui/loading.tsx";
import { moneyText, numberText } from "../../ui/values.tsx";
import { topAccounts } from "./dashboards.ts";
import { CURRENCY } from "./overview-section.tsx";
import { Plotted } from "./plotted.tsx";

const MOST = 10;

/** The companies whose deals are worth most. */
export function AccountsSection() {
  const accounts = useLoad((signal) => topAccounts(MOST, signal), []);
  return (
    <Loading of={accounts}>
      {(rows) => (
        <Plotted
          title="Top accounts"
          rows={rows}
          nameOf={({ company_name }) => company_name}
          keyOf={({ company_id }) => company_id}
          series={[
            { name: "Open", values: rows.map(({ open_value }) => open_value) },
            { name: "Won", values: rows.map(({ won_value }) => won_value) },
          ]}
          columns={[
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
            { title: "Deals", cell: ({ deal_count }) => numberText(deal_count), isNumber: true },
            { title: "Leads", cell: ({ lead_count }) => numberText(lead_count), isNumber: true },
          ]}
          empty="No company has deals yet. A deal is linked to its company when it is made or changed."
        />
      )}
    </Loading>
  );
}
