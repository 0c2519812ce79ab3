import { useLoad } from "../../../load.ts";
import { Long, WebLink } from "../../../ui/text.tsx";
import { Facts, moneyText, numberText, Time } from "../../../ui/values.tsx";
import type { Lead } from "../answers.ts";
import { contactByEmail } from "../native-ids.ts";

/** What is known of a lead. */
export function LeadFacts({ lead }: { lead: Lead }) {
  const contact = useLoad(
    async (signal) => lead.email ? await contactByEmail(lead.email, signal) : null,
    [lead.email],
  );
  const place = [lead.address, [lead.pin_code, lead.city].filter(Boolean).join(" "), lead.state]
    .concat(lead.country).filter(Boolean).join(", ");
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">Details</h2>
      <Facts
        facts={[
          [
            "Email",
            lead.email && <a href={`mailto:${encodeURIComponent(lead.email)}`}>{lead.email}</a>,
          ],
          [
            "Phone",
            lead.phone_number && <a href={`tel:${lead.phone_number}`}>{lead.phone_number}</a>,
          ],
          [
            "Contact",
            contact.data && <a href={`#/contacts/${contact.data}`}>The contact of this email</a>,
          ],
          ["Company", lead.company && <CompanyLink lead={lead} name={lead.company} />],
          ["Job title", lead.job_title],
          ["Industry", lead.industry],
          ["Website", lead.website && <WebLink address={lead.website} />],
          ["LinkedIn", lead.linkedin_url && <WebLink address={lead.linkedin_url} />],
          ["Address", place],
          ["Source", lead.lead_source_text],
          [
            "Estimated value",
            lead.estimated_value === null ? null : moneyText(lead.estimated_value, null),
          ],
          ["Score", <Score key="score" lead={lead} />],
          ["About the lead", lead.notes && <Long text={lead.notes} />],
          ["Last active", lead.last_activity_at && <Time value={lead.last_activity_at} />],
          ["Added", <Time key="added" value={lead.created_at} />],
        ]}
      />
    </section>
  );
}

function CompanyLink({ lead, name }: { lead: Lead; name: string }) {
  return lead.company_id === null
    ? <>{name}</>
    : <a href={`#/companies/${lead.company_id}`}>{name}</a>;
}

function Score(
  { lead: { score, ai_information: { score_reasons: reasons = [] } } }: { lead: Lead },
) {
  if (reasons.length === 0) return <>{numberText(score)}</>;
  return (
    <details>
      <summary>{numberText(score)} of 100</summary>
      <ul>
        {reasons.map(({ factor, points }) => (
          <li key={factor}>{factor.replace(/_/g, " ")}: {numberText(points)}</li>
        ))}
      </ul>
    </details>
  );
}
