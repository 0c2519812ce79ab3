import { activities } from "../../shared/crm/activities.ts";
import { invoices } from "../../shared/crm/invoices.ts";
import { linksOf, type ResourceCase } from "./resource-case.ts";

function line(description: string, quantity: number, unit_price: number, tax_rate: number | null) {
  return { description, quantity, unit_price, amount: quantity * unit_price, tax_rate };
}

/** Invoices, for the tests of all resources. */
export const invoiceCase: ResourceCase = {
  name: "invoices",
  resource: invoices,
  path: "v1-public-invoices",
  records: "v1-public-invoices",
  minimal: {},
  example: ({ company_id, contact_id }) => ({
    invoice_number: "INV-2026-001",
    status: "draft",
    issue_date: "2026-02-19",
    due_date: "2026-03-19",
    subtotal: 5000,
    tax_amount: 500,
    total: 5500,
    currency: "USD",
    company_id,
    contact_id,
    notes: "Net 30",
  }),
  full: (links) => ({
    invoice_number: "Z-1",
    status: "sent",
    issue_date: "2026-02-19",
    due_date: "2026-03-19",
    subtotal: 20,
    tax_amount: 3.8,
    total: 23.8,
    currency: "EUR",
    ...linksOf(links),
    notes: "Net 30",
    line_items: [line("Work", 2, 10, 19)],
  }),
  other: (links) => ({
    invoice_number: "Å-2",
    status: "paid",
    issue_date: "2025-12-31",
    due_date: "2026-01-30",
    subtotal: 7.5,
    tax_amount: 0,
    total: 7.5,
    currency: "CHF",
    ...linksOf(links),
    notes: "other",
    line_items: [line("Part", 3, 2.5, null)],
  }),
  unique: (i) => ({ invoice_number: `N-${i}` }),
  together: [["subtotal", "tax_amount", "total", "line_items"]],
  searched: "invoice_number",
};

/** Activities, for the tests of all resources. */
export const activityCase: ResourceCase = {
  name: "activities",
  resource: activities,
  path: "v1-public-activities",
  records: "v1-public-activities-crud",
  minimal: { type: "note" },
  example: ({ email, domain }) => ({
    type: "jira_issue_created",
    entity_email: email,
    entity_domain: domain,
    title: "PROJ-123: New Feature Request",
    description: "Customer requested dashboard export",
    timestamp: "2026-01-15T10:30:00Z",
    data: { issue_key: "PROJ-123", priority: "high" },
  }),
  full: ({ email, domain, deal_id }) => ({
    type: "call",
    entity_email: email,
    entity_domain: domain,
    entity_id: deal_id,
    title: "Zoë called",
    description: "line one\nline two",
    timestamp: "2026-01-15T10:30:00.123456Z",
    data: { nested: [1, { deep: null }] },
  }),
  other: ({ email, domain, deal_id }) => ({
    type: "page_view",
    entity_email: email,
    entity_domain: domain,
    entity_id: deal_id,
    title: "ångström page",
    description: "other",
    timestamp: "0001-01-01T00:00:00.000000Z",
    data: { other: true },
  }),
  unique: () => ({}),
  together: [],
  searched: "title",
  answered({ entity_email, entity_domain, entity_id, timestamp, ...same }, links) {
    return {
      ...same,
      ...(timestamp ? { timestamp: timestamp.replace(/:00Z$/, ":00.000000Z") } : {}),
      ...(entity_email ? { contact_id: links.contact_id } : {}),
      ...(entity_domain ? { company_id: links.company_id } : {}),
      ...(entity_id ? { deal_id: links.deal_id } : {}),
    };
  },
};
