import { Short } from "../../ui/text.tsx";
import { Facts, numberText } from "../../ui/values.tsx";
import { labelOf, type Merge } from "./answers.ts";

const KINDS: Readonly<Record<string, string>> = {
  leads: "Leads",
  deals: "Deals",
  tasks: "Tasks",
  invoices: "Invoices",
  activities: "Activities",
  meetings: "Meetings",
  calls: "Calls",
  messages: "Messages",
  attachments: "Files",
  company_memberships: "Companies",
  contact_tags: "Tags",
  marketing_list_members: "Marketing lists",
  target_account_contacts: "Target accounts",
  outreach_steps: "Outreach steps",
  connector_deliveries: "Deliveries",
  contact_addresses: "Former emails and phones",
};

/** What moves to the kept contact, what both have, and what is lost. */
export function Consequences({ merge: { moved, merged, lost } }: { merge: Merge }) {
  const [moves, both] = [countsOf(moved), countsOf(merged)];
  return (
    <>
      <h3>Moves to the kept contact</h3>
      {moves.length > 0 ? <Facts facts={moves} /> : <p class="quiet">Nothing is linked to it.</p>}
      {both.length > 0 && (
        <>
          <h3>Both have, and become one</h3>
          <Facts facts={both} />
        </>
      )}
      {lost.length > 0 && (
        <div class="notice merge-lost">
          <p>These are in neither afterwards:</p>
          <ul>
            {lost.map(({ record, field, value }) => (
              <li key={`${record} ${field}`}>
                {labelOf(field)}: <Short text={String(value)} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <p class="quiet">
        What comes in by either email or phone finds the kept contact afterwards.
      </p>
    </>
  );
}

function countsOf(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).filter(([, count]) => count > 0)
    .map(([name, count]) => [KINDS[name] ?? labelOf(name), numberText(count)] as const);
}
