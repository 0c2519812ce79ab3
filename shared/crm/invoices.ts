import { sql } from "../db/sql.ts";
import * as z from "zod";
import * as column from "./column.ts";
import { money } from "./values/amounts.ts";
import { calendarDate, currency } from "./values/fields.ts";
import { invoiceTotals, lineItem } from "./invoice-totals.ts";
import { lazy } from "../memory/lazy.ts";
import * as answer from "./values/record-schema.ts";
import { change, creation, insertRecord, updateRecord } from "./records.ts";
import {
  type CreatableResource,
  resource,
  TIME_SORTS,
  type UpdatableResource,
} from "./resource.ts";

const STATUSES = ["draft", "sent", "paid", "overdue", "cancelled"] as const;
const status = lazy(() => z.enum(STATUSES, `Must be one of ${STATUSES.join(", ")}`));
const storedLine = z.object({
  description: z.string(),
  quantity: answer.amount,
  unit_price: answer.amount,
  amount: answer.amount,
  tax_rate: answer.amount.nullable(),
});

/** Invoices (spec: Invoices). Totals that are absent are computed from the line items. */
export const invoices: CreatableResource & UpdatableResource = resource({
  record: "invoice",
  name: "invoices",
  table: "crm.invoices",
  columns: {
    id: column.id,
    invoice_number: column.title(64),
    status: column.of(z.enum(STATUSES), status),
    issue_date: column.of(z.iso.date(), calendarDate),
    due_date: column.of(answer.date, calendarDate),
    subtotal: column.of(answer.amount, money),
    tax_amount: column.of(answer.amount, money),
    total: column.of(answer.amount, money),
    currency: column.of(z.string(), currency),
    company_id: column.link("company"),
    contact_id: column.link("contact"),
    deal_id: column.link("deal"),
    notes: column.text(20_000),
    line_items: column.of(
      z.array(storedLine),
      () => z.array(lineItem()).max(500, "Must have at most 500 line items"),
    ),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["status", "company_id", "contact_id"],
  counted: ["status"],
  search: "app.search_invoices",
  sorts: {
    ...TIME_SORTS,
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
