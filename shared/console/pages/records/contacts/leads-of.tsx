import { lio } from "../../../api.ts";
import { useLoad } from "../../../load.ts";
import { Short } from "../../../ui/text.tsx";
import { Badge } from "../../../ui/values.tsx";
import type { Contact, Lead, ListAnswer, OneAnswer } from "../answers.ts";
import { type Deal, DealLine, Related, useNewest } from "../related.tsx";

/** The leads of a contact, which have its email, and the deals with the first of them. */
export function LeadsOf({ contact }: { contact: Contact }) {
  const { email, lead_id } = contact;
  const leads = useLoad(async (signal) => {
    const items = await leadsOf(email, lead_id, signal);
    return { items, total: items.length };
  }, [email, lead_id]);
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

async function leadsOf(
  email: string | null,
  lead: number | null,
  signal: AbortSignal,
): Promise<Lead[]> {
  if (email !== null) {
    const query = { search_value: email.slice(0, 200), limit: 100 };
    const { data } = await lio.get<ListAnswer<Lead>>("lead/list", query, signal);
    const same = data.filter((one) => one.email === email || one.id === lead);
    if (same.length > 0) return same;
  }
  if (lead === null) return [];
  return [(await lio.get<OneAnswer<Lead>>(`lead/view/${lead}`, {}, signal)).data];
}
