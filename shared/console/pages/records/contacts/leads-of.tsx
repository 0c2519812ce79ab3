import { Short } from "../../../ui/text.tsx";
import { Badge } from "../../../ui/values.tsx";
import type { Contact, Lead } from "../answers.ts";
import { type Deal, DealLine, Related, useNewest } from "../related.tsx";

/** The leads of a contact, and the deals with the first of them. */
export function LeadsOf({ contact }: { contact: Contact }) {
  const { id: own, lead_id } = contact;
  const leads = useNewest<Lead>("lead/list", { contact_id: own });
  return (
    <>
      <Related
        title="Leads"
        of={leads}
        empty="No lead of this contact."
        keyOf={({ id }) => id}
      >
        {({ id, name, status_text, company }) => (
          <p>
            <a href={`#/leads/${id}`}>
              <Short text={name || "Without a name"} />
            </a>{" "}
            <Badge>
              <Short text={status_text} />
            </Badge>{" "}
            {company && (
              <span class="quiet">
                <Short text={company} />
              </span>
            )}
          </p>
        )}
      </Related>
      {lead_id !== null && <DealsOf lead={lead_id} />}
    </>
  );
}

function DealsOf({ lead }: { lead: number }) {
  const deals = useNewest<Deal>("lead/deal/list", { lead_id: lead });
  return (
    <Related title="Deals" of={deals} empty="No deals with this lead." keyOf={({ id }) => id}>
      {(deal) => <DealLine deal={deal} />}
    </Related>
  );
}
