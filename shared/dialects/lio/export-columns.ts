import { isLosslessNumber } from "lossless-json";
import type { ExportColumn } from "../../bulk/export-work.ts";
import type { ExportType } from "../../crm/exports.ts";
import { lookup } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { type View, view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import type { Cell } from "../../formats/csv-lines.ts";
import * as z from "zod";
import { listing as companyListing } from "./company-list.ts";
import { company } from "./company-view.ts";
import { listing as contactListing } from "./contact-list.ts";
import { contact } from "./contact-view.ts";
import { listing as leadListing } from "./lead-list.ts";
import { lead } from "./lead-view.ts";
import type { Listing } from "./lists.ts";

/** How records of a type are exported (decisions: 9). */
export interface ExportedType {
  view: View;
  /** The list whose filters choose them. */
  listing: Listing;
  columns: readonly ExportColumn[];
  keyed?: string;
}

/** A column, and the field that it shows. */
interface Named {
  name: string;
  field: string;
}

/** Columns, each with the field that it shows if that has another name. */
const named = (text: string): Named[] =>
  text.split(" ").map((one) => {
    const [name = one, field = name] = one.split("=");
    return { name, field };
  });

const COMPANY = named(
  "id company_name industry_type website phone_number city country employee_size created_at",
);

const wonValue: Codec = lookup(
  () => z.number(),
  (of) =>
    sql`select coalesce(sum(deal.value), 0) from crm.deals deal
      where deal.company_id = ${of("id")} and deal.outcome = 'won'`,
);

/** The types of exports. Clients are companies with a deal that was won. */
export const EXPORTED: Readonly<Record<ExportType, ExportedType>> = {
  leads: exported(
    lead,
    leadListing,
    named(
      "id first_name last_name email phone_number company job_title status=status_text " +
        "priority=priority_text lead_source=lead_source_text score estimated_value " +
        "assigned_to=assigned_to_name tags city state country created_at",
    ),
    "custom_fields",
  ),
  contacts: exported(
    contact,
    contactListing,
    named("id name email phone_number company=company_name designation lead_score created_at"),
  ),
  companies: exported(company, companyListing, COMPANY),
  clients: exported(
    view(company.resource, { ...codecsOf(company, COMPANY), won_value: wonValue }),
    {
      ...companyListing,
      seen: () => [{
        is: "query",
        shape: "clients",
        columns: ["id"],
        value: "won",
        met: (outcome) =>
          sql`id in (select deal.company_id from crm.deals deal where deal.outcome = ${outcome})`,
      }],
    },
    [...COMPANY, ...named("won_value")],
  ),
};

/** The column of a custom field. */
export function customColumn(key: string): ExportColumn {
  return {
    name: `custom_fields.${key}`,
    cell: ({ custom_fields }) => cellOf(new Map(Object.entries(Object(custom_fields))).get(key)),
  };
}

function exported(
  whole: View,
  listing: Listing,
  columns: readonly Named[],
  keyed?: string,
): ExportedType {
  const also = keyed === undefined ? {} : { keyed };
  const read = [...columns, ...keyed === undefined ? [] : named(keyed)];
  return {
    view: view(whole.resource, codecsOf(whole, read)),
    listing,
    columns: columns.map(({ name, field }) => ({ name, cell: (record) => cellOf(record[field]) })),
    ...also,
  };
}

// Nothing is read of a record that is not written.
function codecsOf({ fields }: View, columns: readonly Named[]): Record<string, Codec> {
  const names = new Set(columns.map(({ field }) => field));
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => names.has(name))
      .map(([name, field]): [string, Codec] => [name, () => field]),
  );
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (isLosslessNumber(value)) return { digits: String(value) };
  if (Array.isArray(value)) return value.map(nameOf).join("|");
  return String(value);
}

// A tag, or one of several texts.
function nameOf(one: unknown): string {
  return typeof one === "object" && one !== null && "name" in one ? String(one.name) : String(one);
}
