import * as z from "zod";
import type { Page } from "../../crm/lists/list.ts";
import type { Outcome } from "../../http/call.ts";
import { MAX_PAGE, sortName, wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import { namedPage } from "../../operations/read-page.ts";

const MAX_LIMIT = 500;

/** Which page of a list is asked for. */
export interface Paging {
  page: number;
  limit: number;
}

/** The query parameters of what is answered in pages (spec: Pagination). */
export const pagingParameters = lazy(() =>
  z.strictObject({
    page: wholeNumber(MAX_PAGE).default(1).meta({ default: 1 }),
    limit: wholeNumber(MAX_LIMIT).default(10).meta({ default: 10 }),
  })
);

/** What a list is sorted by, and which way. */
export interface Order {
  by: string;
  way: "asc" | "desc";
}

/** The parameters of the order of a list, by its fields, `id` unless given. */
export function orderParameters(
  sorts: readonly string[],
  { by, way }: Order = { by: "id", way: "desc" },
) {
  return {
    order_by: sortName(sorts).default(by).meta({ default: by }),
    order_in: z.string().regex(/^(asc|desc)$/i, "Must be ASC or DESC")
      .transform((order) => order.toLowerCase() === "asc" ? "asc" as const : "desc" as const)
      .default(way).meta({
        default: way.toUpperCase(),
        enum: ["ASC", "DESC"],
        pattern: undefined,
      }),
  };
}

/** The schema of a list's answer, named after its records where they have a name. */
export function pageSchema(record: z.ZodType): z.ZodObject {
  return namedPage(
    record,
    z.object({
      success: z.literal(true),
      message: z.string(),
      data: z.array(record),
      total: z.int().min(0),
      page: z.int().min(1),
      limit: z.int().min(1),
    }),
  );
}

/** A page of a list (spec: Requests and responses). */
export function answerPage(
  message: string,
  { page, limit }: Paging,
  { items, total }: Pick<Page, "items" | "total">,
): Outcome {
  const about = JSON.stringify({ total, page, limit }).slice(1);
  const body = `{"success":true,"message":${
    JSON.stringify(message)
  },"data":[${items.join()}],${about}`;
  return { status: 200, body };
}
