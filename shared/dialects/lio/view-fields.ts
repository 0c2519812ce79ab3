import { isLosslessNumber, type LosslessNumber } from "lossless-json";
import * as z from "zod";
import { MODULES } from "../../crm/saved-views.ts";
import type { Codec } from "../../crm/views/field.ts";
import { hasShortNumbers } from "../../formats/json-object.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { listing } from "./lead-list.ts";
import { lead } from "./lead-view.ts";
import { choosing } from "./lists.ts";

type Module = (typeof MODULES)[number];

/** What a view of a list can name. */
interface Known {
  filters: readonly string[];
  columns: readonly string[];
  sorts: readonly string[];
}

const words = (text: string) => text.split(" ");
const DATES = ["search_value", "start_date", "end_date"];

const KNOWN: Readonly<Record<Exclude<Module, "lead">, Known>> = {
  contact: {
    filters: ["my", "company_id", "status", ...DATES],
    columns: words(
      "id name email phone_number company_id company_name lead_id designation seniority decision_maker " +
        "linkedin_url lead_score status tags owner_id created_at updated_at",
    ),
    sorts: words("id name email lead_score created_at updated_at"),
  },
  company: {
    filters: ["my", "company_id", "industry_type", "industry", "country", ...DATES],
    columns: words(
      "id company_name industry_type company_logo address city country employee_size rating " +
        "contact_email phone_number website domain summary owner_id lead_count contact_count " +
        "deal_count created_at updated_at",
    ),
    sorts: words("id company_name rating created_at updated_at"),
  },
  deal: {
    filters: ["lead_id", "pipeline_id", "status", "assigned_to", ...DATES],
    columns: words(
      "id lead_id pipeline_id pipeline_name stage_id stage_name title value currency status " +
        "probability weighted_value expected_close_date priority description assigned_to company_id " +
        "contact_id stage_changed_at closed_at created_at updated_at",
    ),
    sorts: words("id title value expected_close_date created_at updated_at"),
  },
  meeting: {
    filters: ["lead_id", "contact_id", "company_id", "status", "from", "to", ...DATES],
    columns: words(
      "id user_id lead_id contact_id company_id title description location start_time end_time timezone " +
        "attendees meeting_url meeting_tool status summary created_at updated_at",
    ),
    sorts: words("id start_time created_at"),
  },
};

function knownOf(module: Module): Known {
  if (module !== "lead") return KNOWN[module];
  const filters = Object.keys(choosing(listing));
  return { filters, columns: Object.keys(lead.fields), sorts: listing.sorts };
}

// As it is given, digit by digit.
const number = () =>
  z.custom<number | LosslessNumber>((given) =>
    (typeof given === "number" || isLosslessNumber(given)) && hasShortNumbers(given)
  ).meta({ type: "number" });
const one = () => z.union([z.string().max(500), number(), z.boolean()]);
const filterValue = lazy(() =>
  z.union([one(), z.array(one())], "Must be a text, a number, true, false or a list of such")
);
const CUSTOM = /^custom_fields\..{1,64}$/;

/** Names that one list or another knows. */
const allOf = (part: keyof Known) => [...new Set(MODULES.flatMap((name) => knownOf(name)[part]))];

/** The filters of a view of any list. */
export const viewFilters = lazy(() =>
  z.strictObject(
    Object.fromEntries(allOf("filters").map((name) => [name, filterValue().optional()])),
  )
);

/** The columns of a view of any list. */
export const viewColumns = lazy(() =>
  z.array(z.union([
    z.enum(allOf("columns")),
    z.string().regex(CUSTOM).meta({ examples: ["custom_fields.budget"] }),
  ], "Must be a field of the record, or custom_fields.x")).max(200, "Must have at most 200 columns")
);

/** The order of a view of any list. */
export const viewSorting = lazy(() => {
  const sorts = allOf("sorts");
  return z.strictObject({
    order_by: z.enum(sorts, `Must be one of ${sorts.join(", ")}`).optional(),
    order_in: z.string().regex(/^(asc|desc)$/i, "Must be ASC or DESC")
      .meta({ enum: ["ASC", "DESC"], pattern: undefined }).optional(),
  });
});

/** A codec whose values have a check of their own. */
export function checkedBy(check: () => z.ZodType, codec: Codec): Codec {
  return (name, resource) => {
    const field = codec(name, resource);
    return { ...field, input: field.input && { ...field.input, check } };
  };
}

/** Refuses what a view of a list names that another list knows. Throws InvalidInput. */
export function requireKnown(module: Module, given: Readonly<Record<string, unknown>>): void {
  const { filters, columns, sorts } = knownOf(module);
  const { filters: its = {}, columns: shown, sorting } = given;
  const by = Object(sorting).order_by;
  const mistakes = [
    ...Object.keys(Object(its)).filter((name) => !filters.includes(name)).map((name) => ({
      field: `filters.${name}`,
      message: `Is no filter of this list; known are ${filters.join(", ")}.`,
    })),
    ...(Array.isArray(shown) ? shown : []).flatMap((name, at) =>
      columns.includes(name) || CUSTOM.test(name)
        ? []
        : [{ field: `columns[${at}]`, message: `Is no field of a ${module}.` }]
    ),
    ...(by === undefined || sorts.includes(by) ? [] : [{
      field: "sorting.order_by",
      message: `Is no order of this list; known are ${sorts.join(", ")}.`,
    }]),
  ];
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
}
