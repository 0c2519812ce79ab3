import { dayText, Facts, Time } from "../../ui/values.tsx";
import { ownerOf, worthText } from "./deal-facts.tsx";
import type { Deal, Pipeline, User } from "./deals.ts";
import { Chosen } from "./link-field.tsx";

interface DealSummaryProps {
  deal: Deal;
  pipelines: readonly Pipeline[];
  users: readonly User[];
}

/** A deal to be read. */
export function DealSummary({ deal, pipelines, users }: DealSummaryProps) {
  const { expected_close_date: due, probability } = deal;
  return (
    <>
      <Facts
        facts={[
          ["Title", deal.title],
          ["Value", worthText(deal)],
          ["Pipeline", pipelines.find(({ id }) => id === deal.pipeline_id)?.name],
          ["Stage", deal.stage],
          ["Status", deal.status],
          ["Expected to close", due && dayText(due)],
          ["Probability", probability === null ? null : `${probability} %`],
          ["Assigned to", ownerOf(deal, users)],
          ["Made", <Time value={deal.created_at} />],
          ["Changed", <Time value={deal.updated_at} />],
        ]}
      />
      {deal.company_id && <Chosen label="Company" kind="company" id={deal.company_id} />}
      {deal.contact_id && <Chosen label="Contact" kind="contact" id={deal.contact_id} />}
    </>
  );
}
