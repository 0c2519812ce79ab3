import { activities } from "../../shared/crm/activities.ts";
import { companies } from "../../shared/crm/companies.ts";
import { deals } from "../../shared/crm/deals.ts";
import { invoices } from "../../shared/crm/invoices.ts";
import type { CreatableResource, UpdatableResource } from "../../shared/crm/resource.ts";
import { tasks } from "../../shared/crm/tasks.ts";
import type { Json } from "./api-client.ts";
import type { Links } from "./links.ts";

/** The fields of a request or an answer. */
export type Body = Record<string, Json>;

/** One resource as the tests use it; its filters, sorts and schemas come from its declaration. */
export interface ResourceCase {
  name: "companies" | "deals" | "tasks" | "invoices" | "activities";
  resource: CreatableResource & Partial<UpdatableResource>;
  /** Where records are made. */
  path: string;
  /** Where records are read, changed and deleted. */
  records: string;
  /** Only what is required. */
  minimal: Body;
  /** The spec's example of a create. */
  example(links: Links): Body;
  /** Every field, in the form it is answered in. */
  full(links: Links): Body;
  /** Every field again, with other values. */
  other(links: Links): Body;
  /** Fields whose values no two records share. */
  unique(i: number): Body;
  /** Fields that are given together or not at all. */
  together: readonly string[][];
  /** The text field that is searched. */
  searched: string;
  /** The record's fields that follow from a request, when they are not the same. */
  answered?(body: Body, links: Links): Body;
}

function line(description: string, quantity: number, unit_price: number, tax_rate: number | null) {
  return { description, quantity, unit_price, amount: quantity * unit_price, tax_rate };
}

function linksOf({ company_id, contact_id, deal_id }: Links): Body {
  return { company_id, contact_id, deal_id };
}

/** Every resource whose records are made one by one; the tests of all resources run for each. */
export const RESOURCES: readonly ResourceCase[] = [
  {
    name: "companies",
    resource: companies,
    path: "v1-public-companies",
    records: "v1-public-companies",
    minimal: { name: "Minimal Ltd" },
    example: () => ({
      name: "Acme Inc",
      domain: "acme.com",
      industry: "Technology",
      size: "51-200",
      website: "https://acme.com",
      city: "San Francisco",
      country: "US",
    }),
    full: () => ({
      name: "Zoë & Söhne",
      domain: "zoe.example",
      industry: "Technology",
      size: "51-200",
      website: "https://zoe.example/über?x=1",
      phone: "+15551234567",
      city: "São Paulo",
      state: "CA",
      country: "US",
      status: "customer",
    }),
    other: () => ({
      name: "ångström AB",
      domain: "angstrom.example",
      industry: "SaaS",
      size: "201-500",
      website: "http://angstrom.example",
      phone: "+4930901820",
      city: "Uppsala",
      state: "C",
      country: "SE",
      status: "lost",
    }),
    unique: (i) => ({ domain: `company${i}.example` }),
    together: [],
    searched: "name",
  },
  {
    name: "deals",
    resource: deals,
    path: "v1-public-deals",
    records: "v1-public-deals",
    minimal: { title: "Minimal deal" },
    example: ({ company_id, contact_id }) => ({
      title: "Enterprise License: Acme",
      value: 50000,
      currency: "USD",
      stage: "Proposal",
      expected_close_date: "2026-04-15",
      company_id,
      contact_id,
    }),
    full: ({ company_id, contact_id, pipeline_id, assigned_to }) => ({
      title: "Zoë’s license",
      value: 1234.5,
      currency: "EUR",
      stage: "First",
      status: "on hold",
      probability: 12.5,
      expected_close_date: "2028-02-29",
      company_id,
      contact_id,
      pipeline_id,
      assigned_to,
    }),
    other: ({ company_id, contact_id, pipeline_id, assigned_to }) => ({
      title: "ångström renewal",
      value: -0.01,
      currency: "JPY",
      stage: "Second",
      status: "at risk",
      probability: 100,
      expected_close_date: "0001-01-01",
      company_id,
      contact_id,
      pipeline_id,
      assigned_to,
    }),
    unique: () => ({}),
    together: [["stage", "pipeline_id"]],
    searched: "title",
  },
  {
    name: "tasks",
    resource: tasks,
    path: "v1-public-tasks",
    records: "v1-public-tasks",
    minimal: { title: "Minimal task" },
    example: ({ assigned_to, contact_id, deal_id }) => ({
      title: "Follow up with Acme",
      description: "Send proposal by Friday",
      priority: "high",
      due_date: "2026-03-01",
      assigned_to,
      contact_id,
      deal_id,
    }),
    full: (links) => ({
      title: "Zoë anrufen",
      description: "line one\nline two",
      status: "in progress",
      priority: "high",
      due_date: "2026-03-01",
      assigned_to: links.assigned_to,
      ...linksOf(links),
    }),
    other: (links) => ({
      title: "ångström call",
      description: "other",
      status: "completed",
      priority: "urgent",
      due_date: "9999-12-31",
      assigned_to: links.assigned_to,
      ...linksOf(links),
    }),
    unique: () => ({}),
    together: [],
    searched: "title",
  },
  {
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
  },
  {
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
  },
];
