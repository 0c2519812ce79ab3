import { WebLink } from "../../../ui/text.tsx";
import { Badge, Facts, numberText, Time } from "../../../ui/values.tsx";
import type { Contact } from "../answers.ts";
import type { Known } from "../known.ts";
import { DECIDES, SENIORITIES } from "./contact-fields.ts";

/** What is known of a contact. */
export function ContactFacts({ contact, known }: { contact: Contact; known: Known | undefined }) {
  const { email, phone_number: phone, company_id, company_name, owner_id } = contact;
  const status = known?.contactStatuses.find(({ id }) => id === contact.status)?.name;
  const owner = known?.users.find(({ id }) => id === owner_id)?.name;
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">Details</h2>
      <Facts
        facts={[
          ["Status", status && <Badge>{status}</Badge>],
          ["Email", email && <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>],
          ["Phone", phone && <a href={`tel:${phone}`}>{phone}</a>],
          [
            "Company",
            company_id !== null && <a href={`#/companies/${company_id}`}>{company_name}</a>,
          ],
          ["Job title", contact.designation],
          ["Seniority", nameOf(SENIORITIES, contact.seniority)],
          ["Decides what is bought", nameOf(DECIDES, contact.decision_maker)],
          ["LinkedIn", contact.linkedin_url && <WebLink address={contact.linkedin_url} />],
          ["Score", contact.lead_score === null ? null : numberText(contact.lead_score)],
          ["Owner", owner],
          ["Added", <Time key="added" value={contact.created_at} />],
          ["Changed", <Time key="changed" value={contact.updated_at} />],
        ]}
      />
    </section>
  );
}

function nameOf(words: readonly (readonly [string, string])[], word: string | null): string {
  return words.find(([value]) => value === word)?.[1] ?? word ?? "";
}
