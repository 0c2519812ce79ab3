import { Long, WebLink } from "../../../ui/text.tsx";
import { Facts, Time } from "../../../ui/values.tsx";
import type { Company } from "../answers.ts";
import { useKnown } from "../known.ts";

/** What is known of a company. */
export function CompanyFacts({ company }: { company: Company }) {
  const known = useKnown();
  const { contact_email: email, phone_number: phone, rating } = company;
  const owner = known.data?.users.find(({ id }) => id === company.owner_id)?.name;
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">Details</h2>
      <Facts
        facts={[
          ["Website", company.website && <WebLink address={company.website} />],
          ["Domain", company.domain],
          ["Industry", company.industry_type],
          ["Employees", company.employee_size],
          ["Email", email && <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>],
          ["Phone", phone && <a href={`tel:${phone}`}>{phone}</a>],
          ["Address", [company.address, company.city, company.country].filter(Boolean).join(", ")],
          ["Rating", rating === null ? null : `${rating} of 5`],
          ["Owner", owner],
          ["Summary", company.summary && <Long text={company.summary} />],
          ["Added", <Time key="added" value={company.created_at} />],
          ["Changed", <Time key="changed" value={company.updated_at} />],
        ]}
      />
    </section>
  );
}
