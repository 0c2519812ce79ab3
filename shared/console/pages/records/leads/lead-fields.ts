import type { Known } from "../known.ts";
import { choicesOf } from "../known.ts";
import type { RecordField } from "../record-form.tsx";

/** The fields of a lead's form; what a new one is given at first comes before the rest. */
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
    { name: "industry", label: "Industry" },
    { name: "website", label: "Website", kind: "url" },
    { name: "linkedin_url", label: "LinkedIn profile", kind: "url" },
    { name: "address", label: "Address" },
    { name: "city", label: "City" },
    { name: "state", label: "State" },
    { name: "pin_code", label: "Postal code" },
    { name: "country", label: "Country" },
    { name: "notes", label: "About the lead", kind: "area" },
  ];
}
