import { sql } from "../db/sql.ts";
import * as z from "zod";
import { money } from "./values/amounts.ts";
import { calendarDate, currency, ifGiven, label, optional, text, uuid } from "./values/fields.ts";
import { invoiceTotals, lineItem } from "./invoice-totals.ts";
import { lazy } from "../memory/lazy.ts";
import * as answer from "./values/record-schema.ts";
import { change, creation, insertRecord, updateRecord } from "./records.ts";
import {
  type CreatableResource,
  linkErrors,
  resource,
  type UpdatableResource,
} from "./resource.ts";

const STATUSES = ["draft", "sent", "paid", "overdue", "cancelled"] as const;
const status = lazy(() => z.enum(STATUSES, `Must be one of ${STATUSES.join(", ")}`));
const fields = lazy(() => ({
  invoice_number: ifGiven(label(64)),
  status: ifGiven(status()),
  issue_date: ifGiven(calendarDate()),
  due_date: optional(calendarDate()),
  subtotal: ifGiven(money()),
  tax_amount: ifGiven(money()),
  total: ifGiven(money()),
  currency: ifGiven(currency()),
  company_id: optional(uuid()),
  contact_id: optional(uuid()),
  deal_id: optional(uuid()),
  notes: optional(text(20_000)),
  line_items: z.array(lineItem()).max(500, "Must have at most 500 line items").optional(),
}));

/** Invoices (spec: Invoices). Totals that are absent are computed from the line items. */
export const invoices: CreatableResource & UpdatableResource = resource({
  record: "invoice",
  name: "invoices",
  table: "crm.invoices",
  schema: z.object({
    id: answer.id,
    invoice_number: z.string(),
    status: z.enum(STATUSES),
    issue_date: z.iso.date(),
    due_date: answer.date,
    subtotal: answer.amount,
    tax_amount: answer.amount,
    total: answer.amount,
    currency: z.string(),
    company_id: answer.link,
    contact_id: answer.link,
    deal_id: answer.link,
    notes: answer.text,
    line_items: z.array(z.object({
      description: z.string(),
      quantity: answer.amount,
      unit_price: answer.amount,
      amount: answer.amount,
      tax_rate: answer.amount.nullable(),
    })),
    created_at: answer.timestamp,
    updated_at: answer.timestamp,
  }),
  get create() {
    return z.strictObject(fields());
  },
  get update() {
    return z.strictObject(fields());
  },
  get filters() {
    return { status: status(), company_id: uuid(), contact_id: uuid() };
  },
  counted: ["status"],
  search: "app.search_invoices",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    invoice_number: { column: "invoice_number", type: "text", unique: true },
    due_date: { column: "due_date_key", type: "date" },
    total: { column: "total_key", type: "text" },
    issue_date: { column: "issue_date", type: "date" },
  },
  constraints: {
    invoices_invoice_number_key: {
      field: "invoice_number",
      message: "Another invoice has this number.",
    },
    invoices_subtotal_check: {
      field: "subtotal",
      message: "Must be what the line items add up to; give those that change together.",
    },
    invoices_tax_check: {
      field: "tax_amount",
      message: "Must be what the line items' tax rates give; give those that change together.",
    },
    invoices_total_check: {
      field: "total",
      message: "Must be subtotal + tax_amount; give those that change together.",
    },
    ...linkErrors("invoices", { company_id: "company", contact_id: "contact", deal_id: "deal" }),
  },
  creation(given) {
    const year = given.issue_date === undefined
      ? sql`extract(year from now() at time zone 'UTC')::integer`
      : sql`${Number(String(given.issue_date).slice(0, 4))}`;
    const { total, ...totals } = invoiceTotals(given);
    return creation([insertRecord(invoices, {
      ...given,
      ...totals,
      subtotal: totals.subtotal ?? total,
      total: total ?? totals.subtotal ?? totals.tax_amount,
      invoice_number: given.invoice_number ?? sql`app.next_invoice_number(${year})`,
    })]);
  },
  change(id, given) {
    const totals = invoiceTotals(given);
    const { subtotal = sql.ref("subtotal"), tax_amount = sql.ref("tax_amount") } = totals;
    const changed = totals.subtotal !== undefined || totals.tax_amount !== undefined;
    const total = totals.total ?? (changed ? sql`${subtotal} + ${tax_amount}` : undefined);
    return change(invoices, id, [updateRecord(invoices, id, { ...given, ...totals, total })]);
  },
});
