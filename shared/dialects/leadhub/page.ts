import * as z from "zod";
import type { Page } from "../../crm/lists/list.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { MAX_PAGE, wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import { namedPage } from "../../operations/read-page.ts";

const MAX_PER_PAGE = 100;

/** Which page of a list is asked for. */
export interface Paging {
  page: number;
  per_page: number;
}

/** The query parameters of every list (spec: Pagination). */
export const pagingParameters = lazy(() =>
  z.strictObject({
    page: wholeNumber(MAX_PAGE).default(1).meta({ default: 1 }),
    per_page: wholeNumber(MAX_PER_PAGE).default(15).meta({ default: 15 }),
  })
);

const count = z.int().min(0);
const position = z.int().min(1);
const link = z.url();

const pageMeta = lazy(() =>
  z.object({
    current_page: position,
    last_page: position,
    per_page: position,
    total: count,
    from: position.nullable(),
    to: position.nullable(),
  }).meta({ id: "PageMeta" })
);

const pageLinks = lazy(() =>
  z.object({
    first: link,
    last: link,
    prev: link.nullable(),
    next: link.nullable(),
    self: link,
  }).meta({ id: "PageLinks" })
);

/** The schema of a list's answer, named after its records where they have a name. */
export function pageSchema(record: z.ZodType): z.ZodObject {
  return namedPage(
    record,
    z.object({ data: z.array(record), meta: pageMeta(), links: pageLinks() }),
  );
}

/** A page of a list (spec: Success Response). */
export function answerPage(
  call: Call,
  { page, per_page }: Paging,
  { items, total }: Pick<Page, "items" | "total">,
): Outcome {
  const last_page = Math.max(1, Math.ceil(total / per_page));
  const before = (page - 1) * per_page;
  const meta = {
    current_page: page,
    last_page,
    per_page,
    total,
    from: items.length > 0 ? before + 1 : null,
    to: items.length > 0 ? before + items.length : null,
  };
  const at = addresses(call);
  const links = {
    first: at(1),
    last: at(last_page),
    prev: page > 1 ? at(Math.min(page - 1, last_page)) : null,
    next: page < last_page ? at(page + 1) : null,
    self: at(page),
  };
  const body = `{"data":[${items.join()}],"meta":${JSON.stringify(meta)},` +
    `"links":${JSON.stringify(links)}}`;
  return { status: 200, body };
}

// The address of a page of the same list, below the configured one.
function addresses({ request, query, services }: Call): (page: number) => string {
  const path = new URL(request.url).pathname.replace(/\/+$/, "");
  const others = new URLSearchParams(query);
  others.delete("page");
  return (page) => {
    const parameters = new URLSearchParams([...others, ["page", String(page)]]);
    return `${services.publicUrl}${path}?${parameters}`;
  };
}
