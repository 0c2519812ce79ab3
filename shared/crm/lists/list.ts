import * as z from "zod";
import type { Rows, Statement } from "../../db/wire/pipeline.ts";
import { decodeCursor, encodeCursor, type Position } from "./cursor.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { JsonText } from "../../formats/json-text.ts";
import { SEPARATOR } from "./sql.ts";
import { listStatement } from "./statements.ts";
import { lazy } from "../../memory/lazy.ts";
import { filterCheck, type Resource } from "../resource.ts";
import { notOneOf } from "../../refusals/validation.ts";

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

const MAX_PAGE = 1_000_000_000;

const searchParameter = lazy(() =>
  z.string().max(200, "Must have at most 200 characters").optional()
);

/** The query parameters of a resource's list, as given: texts. */
export function listParameters(resource: Resource) {
  const sorts = Object.keys(resource.sorts);
  return z.strictObject({
    page: wholeNumber(MAX_PAGE).optional(),
    per_page: wholeNumber(100).default(25).meta({ default: 25 }),
    cursor: z.string().max(4096, "Must be a next_cursor of this list").optional(),
    sort_by: z.enum(sorts, {
      error: ({ input }) => notOneOf(input, sorts),
    }).default("created_at"),
    sort_order: z.enum(["asc", "desc"], "Must be asc or desc").default("desc"),
    ...(resource.search === undefined ? {} : { search: searchParameter() }),
    ...Object.fromEntries(
      resource.filters.map((name) => [name, filterCheck(resource, name).optional()]),
    ),
  });
}

type Parameters = z.output<ReturnType<typeof listParameters>>;

function wholeNumber(maximum: number) {
  return z.string().regex(/^\d{1,10}$/, `Must be a whole number from 1 to ${maximum}`)
    .transform(Number)
    .refine((n) => n >= 1 && n <= maximum, `Must be a whole number from 1 to ${maximum}`)
    .meta({ type: "integer", minimum: 1, maximum, pattern: undefined });
}

/** One list of one workspace: the statements that read a page, and the page made of their rows. */
export class List {
  readonly #resource: Resource;
  readonly #parameters: Parameters;
  readonly #identity: string;
  readonly #from: Position | null;

  /** Throws InvalidInput when the cursor is not of this list. */
  constructor(resource: Resource, workspaceId: string, parameters: Parameters) {
    const { page, per_page: _, cursor, ...list } = parameters;
    this.#resource = resource;
    this.#parameters = parameters;
    this.#identity = JSON.stringify([workspaceId, resource.name, Object.entries(list).sort()]);
    this.#from = cursor === undefined ? null : decodeCursor(this.#identity, cursor);
    if (cursor !== undefined && page !== undefined) {
      throw new InvalidInput([{
        field: "cursor",
        message: "Give either page or cursor, not both.",
      }]);
    }
    if (cursor !== undefined && this.#from === null) {
      throw new InvalidInput([{
        field: "cursor",
        message: "Must be a next_cursor of this list, with the same filters, search and sort.",
      }]);
    }
  }

  /** What reads a page and the total. */
  statement(): Statement {
    const { per_page, page = 1, sort_by, sort_order } = this.#parameters;
    const given: Readonly<Record<string, unknown>> = this.#parameters;
    const sort = this.#resource.sorts[sort_by];
    if (sort === undefined) throw new Error(`no sort ${sort_by}`);
    return listStatement({
      resource: this.#resource,
      filters: this.#resource.filters.flatMap((column) =>
        given[column] === undefined ? [] : [[column, String(given[column])] as const]
      ),
      search: typeof given.search === "string" ? given.search : "",
      sort,
      order: sort_order,
      perPage: per_page,
      from: this.#from ?? page,
    });
  }

  /** The page made of the row of {@link statement}. */
  page([row]: Rows): Page {
    const { per_page } = this.#parameters;
    const page = this.#from?.page ?? this.#parameters.page ?? 1;
    const total = Number(row?.list_total ?? 0);
    const found = typeof row?.records === "string" ? row.records.split(SEPARATOR) : [];
    const items = found.slice(0, per_page);
    const last = found.length > per_page ? items.at(-1) : undefined;
    return {
      items,
      pagination: {
        page,
        per_page,
        total,
        total_pages: Math.ceil(total / per_page),
        next_cursor: last === undefined ? null : encodeCursor(this.#identity, {
          ...this.#position(last, row?.sort_value),
          page: page + 1,
        }),
      },
    };
  }

  // A column that sorts stands in the record itself, or beside it.
  #position(text: string, beside: unknown) {
    const record = JSON.parse(text) as Record<string, string>;
    const sort = this.#resource.sorts[this.#parameters.sort_by];
    return { value: String(beside ?? record[sort?.column ?? ""]), id: String(record.id) };
  }
}

/** A page in JSON. */
export function pageText({ items, pagination }: Page): JsonText {
  return new JsonText(`{"items":[${items.join()}],"pagination":${JSON.stringify(pagination)}}`);
}
