import * as z from "zod";
import type { Page } from "../../crm/lists/list.ts";
import type { Outcome } from "../../http/call.ts";
import { MAX_PAGE, wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import { namedPage } from "../../operations/read-page.ts";

const MAX_SIZE = 100;
const MAX_LIMIT = 500;
const STANDARD_SIZE = 25;

/** The query parameters of what is answered in pages (decisions C1). */
export const pagingParameters = lazy(() =>
  z.strictObject({
    page: wholeNumber(MAX_PAGE).optional().meta({ default: 1 }),
    pageSize: wholeNumber(MAX_SIZE).optional().meta({ default: STANDARD_SIZE }),
  })
);

/** Those of a list, with the older name of a page's size, which counts when no page is asked for. */
export const listParameters = lazy(() =>
  pagingParameters().extend({
    limit: wholeNumber(MAX_LIMIT).optional()
      .meta({ description: "The size of the page when `page` is absent; older than `pageSize`." }),
  })
);

/** What is asked of a page. */
export interface Paging {
  page?: number | undefined;
  pageSize?: number | undefined;
  limit?: unknown;
}

/** The number and the size of the page that is asked for. */
export function pageOf({ page, pageSize = STANDARD_SIZE, limit }: Paging): {
  page: number;
  size: number;
} {
  const size = page === undefined && typeof limit === "number" ? limit : pageSize;
  return { page: page ?? 1, size };
}

/** The schema of a list's answer: the records under their plural, and where the page stands. */
export function pageSchema(plural: string, record: z.ZodType): z.ZodObject {
  const count = z.int().min(0);
  const page = z.object({
    [plural]: z.array(record),
    page: z.int().min(1),
    pageSize: z.int().min(1),
    total: count,
    totalPages: count,
  });
  return namedPage(record, page);
}

/** A page of a list. */
export function answerPage(
  plural: string,
  paging: Paging,
  { items, total }: Pick<Page, "items" | "total">,
): Outcome {
  const { page, size } = pageOf(paging);
  const where = { page, pageSize: size, total, totalPages: Math.ceil(total / size) };
  const body = `{"${plural}":[${items.join()}],${JSON.stringify(where).slice(1)}`;
  return { status: 200, body };
}
