import { choicesOf, type Known } from "../known.ts";
import type { RecordField } from "../record-form.tsx";

/** How senior somebody is, as LIO knows it. */
export const SENIORITIES: readonly (readonly [string, string])[] = [
  ["c_level", "C level"],
  ["vp", "Vice president"],
  ["director", "Director"],
  ["manager", "Manager"],
  ["other", "Other"],
];

/** Whether somebody decides what is bought. */
export const DECIDES: readonly (readonly [string, string])[] = [
  ["yes", "Yes"],
  ["no", "No"],
  ["unknown", "Unknown"],
];

/** The fields of a contact's form. */
export function contactFields(known: Known | undefined): readonly RecordField[] {
  return [
    { name: "name", label: "Name" },
    { name: "email", label: "Email", kind: "email" },
    {
      name: "phone_number",
      label: "Phone",
      hint: "With its country code, such as +49 30 1234567.",
    },
    { name: "company_name", label: "Company", kind: "company", hint: "One that is known." },
    { name: "designation", label: "Job title" },
    {
      name: "status",
      label: "Status",
      kind: "choice",
      isNumber: true,
      choices: choicesOf(known?.contactStatuses),
    },
    {
      name: "seniority",
      label: "Seniority",
      kind: "choice",
      choices: [["", "By the job title"], ...SENIORITIES],
    },
    { name: "decision_maker", label: "Decides what is bought", kind: "choice", choices: DECIDES },
    { name: "linkedin_url", label: "LinkedIn profile", kind: "url" },
    { name: "lead_score", label: "Score", kind: "amount", hint: "From 0 to 100." },
  ];
}
