import type { RecordField } from "../record-form.tsx";

/** The fields of a company's form. */
export const COMPANY_FIELDS: readonly RecordField[] = [
  { name: "company_name", label: "Name" },
  { name: "website", label: "Website", kind: "url", hint: "Its domain names the company." },
  { name: "industry_type", label: "Industry" },
  { name: "employee_size", label: "Employees", hint: "Such as 51-200." },
  { name: "contact_email", label: "Email", kind: "email" },
  { name: "phone_number", label: "Phone", hint: "With its country code, such as +49 30 1234567." },
  { name: "address", label: "Address" },
  { name: "city", label: "City" },
  { name: "country", label: "Country", hint: "Its name, or two letters such as DE." },
  {
    name: "rating",
    label: "Rating",
    kind: "choice",
    isNumber: true,
    choices: [["", "None"], ["1", "1"], ["2", "2"], ["3", "3"], ["4", "4"], ["5", "5, the best"]],
  },
  { name: "summary", label: "Summary", kind: "area" },
];
