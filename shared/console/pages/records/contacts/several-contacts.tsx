import { lio } from "../../../api.ts";
import { companyNamed } from "../companies-found.ts";
import { forgetKnown } from "../known.ts";
import type { RecordField } from "../record-form.tsx";
import { Several, type Wanted } from "../several.tsx";

const FIELDS: readonly RecordField[] = [
  { name: "tags", label: "Tag to add" },
  { name: "company_id", label: "Company", kind: "company", hint: "One that is known." },
  { name: "lead_score", label: "Score", kind: "amount", hint: "From 0 to 100." },
];

/** What can be done with the contacts that were chosen in the list. */
export function SeveralContacts({ ids, done }: { ids: readonly number[]; done(): void }) {
  return (
    <Several
      ids={ids}
      names={["contact", "contacts"]}
      changing={{ fields: FIELDS, send: (wanted, key) => change(ids, wanted, key) }}
      consequences={
        <>
          They go for good, with their tags, attachments and places on marketing lists. Their leads,
          deals, tasks, activities, invoices, meetings, calls and messages stay, without the
          contact.
        </>
      }
      done={done}
    />
  );
}

async function change(
  contact_ids: readonly number[],
  { tags, company_id: company, lead_score }: Wanted,
  idempotencyKey: string,
): Promise<void> {
  const body = {
    contact_ids,
    ...tags === undefined ? {} : { tags: [tags] },
    ...company === undefined
      ? {}
      : { company_id: await companyNamed(String(company), "company_id") },
    ...lead_score === undefined ? {} : { lead_score },
  };
  await lio.post("contact/bulk-update", body, { idempotencyKey });
  forgetKnown();
}
