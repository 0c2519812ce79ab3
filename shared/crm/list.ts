import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { Rows, Statement } from "../db/pipeline.ts";
import { statement } from "../db/sql.ts";
import { decodeCursor, encodeCursor, type Position } from "./cursor.ts";
import { InvalidInput } from "./errors.ts";
import type { Fields } from "./plan.ts";
import { columnsOf } from "./records.ts";
import type { Resource } from "./resource.ts";
import { notOneOf } from "./validation.ts";

/** A page of a list (spec: Pagination). `next_cursor` is null on the last page. */
export interface Page {
  items: Fields[];
  pagination: {
    page: number;
    per_page: number;
    total: number;
    total_pages: number;
    next_cursor: string | null;
  };
}

const MAX_PAGE = 1_000_000_000;
const SORT_VALUE = "sort_value";

const searchParameter = z.string().max(200, "Must have at most 200 characters").optional();

/** The query parameters of a resource's list, as given: texts. */
export function listParameters(resource: Resource) {
  const sorts = Object.keys(resource.sorts);
  return z.strictObject({
    page: wholeNumber(MAX_PAGE).optional(),
    per_page: wholeNumber(100).default(25).meta({ default: 25 }),
    cursor: z.string().max(4096, "Must be a next_cursor of this list").optional(),
    sort_by: z.enum(sorts, {
      error: ({ input }) => notOneOf(String(input), sorts),
    }).default("created_at"),
    sort_order: z.enum(["asc", "desc"], "Must be asc or desc").default("desc"),
    ...(resource.search === undefined ? {} : { search: searchParameter }),
    ...Object.fromEntries(
      Object.entries(resource.filters).map(([name, schema]) => [name, schema.optional()]),
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

  /** The page's records, one more to know whether a page follows, and the total. */
  statements(): Statement[] {
    const { per_page, page = 1 } = this.#parameters;
    const { column } = this.#sort();
    const limit = sql`limit ${per_page + 1}`;
    if (this.#from === null) {
      const offset = sql`offset ${(page - 1) * per_page}`;
      const records = this.#records(sql`${sql.ref(column)}::text as ${sql.ref(SORT_VALUE)}`);
      return [statement(sql`${records} ${limit} ${offset}`), this.#total()];
    }
    const parts = this.#after().map((condition) =>
      sql`(${this.#records(sql`${sql.ref(column)} as sort_key`, [condition])} ${limit})`
    );
    return [
      statement(sql`select ${columnsOf(this.#resource)}, sort_key::text as ${sql.ref(SORT_VALUE)}
        from (${sql.join(parts, sql` union all `)}) page
        order by ${this.#order("sort_key")} ${limit}`),
      this.#total(),
    ];
  }

  #records(sortValue: RawBuilder<unknown>, conditions: RawBuilder<unknown>[] = []) {
    return sql`select ${columnsOf(this.#resource)}, ${sortValue}
      from ${sql.table(this.#resource.table)} ${where([...this.#conditions(), ...conditions])}
      order by ${this.#order(this.#sort().column)}`;
  }

  #order(column: string) {
    const direction = this.#parameters.sort_order === "asc" ? sql`asc` : sql`desc`;
    return sql`${sql.ref(column)} ${direction}, id ${direction}`;
  }

  /** The page made of the rows of {@link statements}. */
  page([rows = [], totals = []]: readonly Rows[]): Page {
    const { per_page } = this.#parameters;
    const page = this.#from?.page ?? this.#parameters.page ?? 1;
    const total = Number(totals[0]?.total ?? 0);
    const items = rows.slice(0, per_page).map(({ [SORT_VALUE]: _, ...record }) => record);
    const last = rows.length > per_page ? rows[per_page - 1] : undefined;
    return {
      items,
      pagination: {
        page,
        per_page,
        total,
        total_pages: Math.ceil(total / per_page),
        next_cursor: last === undefined ? null : encodeCursor(this.#identity, {
          value: String(last[SORT_VALUE]),
          id: String(last.id),
          page: page + 1,
        }),
      },
    };
  }

  #sort() {
    const sort = this.#resource.sorts[this.#parameters.sort_by];
    if (sort === undefined) throw new Error(`no sort ${this.#parameters.sort_by}`);
    return sort;
  }

  #conditions(): RawBuilder<unknown>[] {
    const filters = Object.keys(this.#resource.filters).flatMap((column) => {
      const value = (this.#parameters as Fields)[column];
      return value === undefined ? [] : [sql`${sql.ref(column)} = ${value}`];
    });
    const { search: searcher } = this.#resource;
    const [longest, ...others] = this.#patterns();
    return longest === undefined || searcher === undefined ? filters : [
      ...filters,
      sql`id = any(array(select ${sql.raw(searcher)}(${longest}, ${others})))`,
    ];
  }

  // Compared as one, (column, id) > (value, id), the planner would expect next to nothing from a run
  // of one sort value, and read all of it. A search has its ids already, which no index need range.
  #after(): RawBuilder<unknown>[] {
    if (this.#from === null) return [];
    const { column, type } = this.#sort();
    const comparison = this.#parameters.sort_order === "asc" ? sql`>` : sql`<`;
    const value = sql`${this.#from.value}::${sql.raw(type)}`;
    const run = sql`${sql.ref(column)} = ${value} and id ${comparison} ${this.#from.id}::uuid`;
    const rest = sql`${sql.ref(column)} ${comparison} ${value}`;
    const searched = this.#patterns().length > 0;
    return searched ? [sql`(${rest} or ${run})`] : [run, rest];
  }

  #patterns(): string[] {
    const given = (this.#parameters as Fields).search;
    return patterns(typeof given === "string" ? given : "");
  }

  #total(): Statement {
    const conditions = this.#conditions();
    return statement(
      conditions.length > 0
        ? sql`select count(*) as total from ${sql.table(this.#resource.table)} ${where(conditions)}`
        : sql`select coalesce(sum(records), 0)::bigint as total from crm.record_counts
          where resource = ${this.#resource.name}`,
    );
  }
}

function where(conditions: RawBuilder<unknown>[]) {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
}

/** LIKE patterns that each contain one word of the search, longest first. */
function patterns(search: string): string[] {
  return search.split(/\s+/).filter((word) => word !== "")
    .sort((a, b) => b.length - a.length)
    .map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
}
