import * as z from "zod";
import { equalTo } from "../../crm/lists/conditions.ts";
import { List } from "../../crm/lists/list.ts";
import { filterCheck, type Resource } from "../../crm/resource.ts";
import { nativeView } from "../../crm/views/view.ts";
import { JsonText } from "../../formats/json-text.ts";
import { MAX_PAGE, searchText, sortName, sortOrder, wholeNumber } from "../../http/paging.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { Rows, Statement } from "../../db/wire/pipeline.ts";
import type { Workspace } from "../../db/workspace.ts";

/** A page of a list (spec: Pagination). `next_cursor` is null on the last page. */
export interface Page {
  /** The records in JSON. */
  items: string[];
  pagination: {
    page: number;
    per_page: number;
    total: number;
    total_pages: number;
    next_cursor: string | null;
  };
}

/** The query parameters of a resource's list, as given: texts. */
export function listParameters(resource: Resource) {
  const sorts = Object.keys(resource.sorts);
  return z.strictObject({
    page: wholeNumber(MAX_PAGE).optional(),
    per_page: wholeNumber(100).default(25).meta({ default: 25 }),
    cursor: z.string().max(4096, "Must be a next_cursor of this list").optional(),
    sort_by: sortName(sorts).default("created_at"),
    sort_order: sortOrder().default("desc"),
    ...(resource.search === undefined ? {} : { search: searchText().optional() }),
    ...Object.fromEntries(
      resource.filters.map((name) => [name, filterCheck(resource, name).optional()]),
    ),
  });
}

type Parameters = z.output<ReturnType<typeof listParameters>>;

/** A list as it is read and answered. */
export interface NativeList {
  /** What reads a page and the total. */
  statement: Statement;
  /** The page made of the rows of the statement. */
  page(rows: Rows): Page;
}

/** The list that these parameters ask for. Throws InvalidInput when the cursor is not of it. */
export function listOf(
  resource: Resource,
  { id: workspaceId, seesAll }: Pick<Workspace, "id" | "seesAll">,
  parameters: Parameters,
): NativeList {
  const { page: number, per_page, cursor, sort_by, sort_order } = parameters;
  const given: Readonly<Record<string, unknown>> = parameters;
  if (cursor !== undefined && number !== undefined) {
    throw new InvalidInput([{
      field: "cursor",
      message: "Give either page or cursor, not both.",
    }]);
  }
  const list = new List(workspaceId, {
    view: nativeView(resource),
    isPartial: !seesAll,
    conditions: resource.filters.flatMap((column) =>
      given[column] === undefined ? [] : [equalTo(resource, column, String(given[column]))]
    ),
    search: typeof given.search === "string" ? given.search : "",
    sort: sort_by,
    order: sort_order,
    size: per_page,
    from: cursor === undefined ? number ?? 1 : { cursor },
  });
  return {
    statement: list.statement(),
    page(rows) {
      const { items, page, total, next } = list.page(rows);
      const total_pages = Math.ceil(total / per_page);
      return { items, pagination: { page, per_page, total, total_pages, next_cursor: next } };
    },
  };
}

/** A page in JSON. */
export function pageText({ items, pagination }: Page): JsonText {
  return new JsonText(`{"items":[${items.join()}],"pagination":${JSON.stringify(pagination)}}`);
}
