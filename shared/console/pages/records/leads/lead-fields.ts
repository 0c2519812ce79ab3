import type { Known } from "../known.ts";
import { choicesOf } from "../known.ts";
import type { RecordField } from "../record-form.tsx";

/** The fields of a lead's form. */
export function leadFields(known: Known | undefined): readonly RecordField[] {
  return [
    { name: "first_name", label: "First name" },
    { name: "last_name", label: "Last name" },
    { name: "email", label: "Email", kind: "email" },
    {
      name: "phone_number",
      label: "Phone",
      hint: "With its country code, such as +49 30 1234567.",
    },
    { name: "company", label: "Company", kind: "company", hint: "A new name adds the company." },
    { name: "job_title", label: "Job title" },
    { name: "estimated_value", label: "Estimated value", kind: "amount" },
    {
      name: "lead_source",
      label: "Source",
      kind: "choice",
      isNumber: true,
      choices: [["", "None"], ...choicesOf(known?.sources)],
    },
    { name: "industry", label: "Industry", isMore: true },
    { name: "website", label: "Website", kind: "url", isMore: true },
    { name: "linkedin_url", label: "LinkedIn profile", kind: "url", isMore: true },
    { name: "address", label: "Address", isMore: true },
    { name: "city", label: "City", isMore: true },
    { name: "state", label: "State", isMore: true },
    { name: "pin_code", label: "Postal code", isMore: true },
    { name: "country", label: "Country", isMore: true },
    { name: "notes", label: "About the lead", kind: "area", isMore: true },
  ];
}
