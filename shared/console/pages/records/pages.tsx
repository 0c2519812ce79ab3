import type { ConsolePage } from "../console-page.ts";
import { CompaniesPage } from "./companies/companies-page.tsx";
import { CompanyPage } from "./companies/company-page.tsx";
import { ContactPage } from "./contacts/contact-page.tsx";
import { ContactsPage } from "./contacts/contacts-page.tsx";
import { LeadPage } from "./leads/lead-page.tsx";
import { LeadsPage } from "./leads/leads-page.tsx";

export const RECORDS: readonly ConsolePage[] = [
  { pattern: "/leads", menu: "Leads", show: () => <LeadsPage /> },
  { pattern: "/leads/:id", show: ({ id = "" }) => <LeadPage id={id} /> },
  { pattern: "/contacts", menu: "Contacts", show: () => <ContactsPage /> },
  { pattern: "/contacts/:id", show: ({ id = "" }) => <ContactPage id={id} /> },
  { pattern: "/companies", menu: "Companies", show: () => <CompaniesPage /> },
  { pattern: "/companies/:id", show: ({ id = "" }) => <CompanyPage id={id} /> },
];
