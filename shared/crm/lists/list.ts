import type { Rows, Statement } from "../../db/wire/pipeline.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { View } from "../views/view.ts";
import { type Condition, named } from "./conditions.ts";
import { decodeCursor, encodeCursor, type Position } from "./cursor.ts";
import type { PageQuery } from "./page.ts";
import { SEPARATOR, showing } from "./sql.ts";
import { listStatement } from "./statements.ts";

/** What a list asks for, whatever API it is asked through. */
export interface ListRequest {
  view: View;
  /** All of which the records meet. */
  conditions: readonly Condition[];
  /** Words that must all occur in the text that is searched; blank for any. */
  search: string;
  /** One of the view's sorts; records with the same value are in the order of their ids. */
  sort: string;
  order: "asc" | "desc";
  /** The most records on a page. */
  size: number;
  /** The number of a page, from 1, or the cursor of one. */
  from: number | { cursor: string };
  /** Set where the number in a cursor is one of records, not of a page: such a cursor is of no other list. */
  countsRecords?: boolean;
  /** Set when the actor does not see every record, so that a total is what they see, counted. */
  isPartial?: boolean;
}

/** A page of a list. */
export interface Page {
  /** The records in JSON. */
  items: string[];
  /** The page's number. */
  page: number;
  /** How many records there are on all pages. */
  total: number;
  /** The cursor of the page that follows; null on the last one. */
  next: string | null;
}

const LEAST = "00000000-0000-0000-0000-000000000000";
const MOST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** One list of one workspace: the statements that read a page, and the page made of their rows. */
export class List {
  readonly #query: PageQuery;
  readonly #search: string;
  readonly #by: string;
  readonly #identity: string;

  /** Throws InvalidInput on `cursor` when it is not of this list. */
  constructor(workspaceId: string, request: ListRequest) {
    const { view, conditions, search, sort: by, order, size, from, isPartial = false } = request;
    const counted = request.countsRecords ? ["records"] : [];
    const sort = view.sorts[by];
    if (sort === undefined) throw new Error(`no sort ${by}`);
    const { name } = view.resource;
    const list = [workspaceId, name, sort.column, order, search, conditions, ...counted];
    this.#identity = JSON.stringify(list);
    this.#search = search;
    this.#by = by;
    this.#query = {
      view,
      conditions: named(conditions),
      sort,
      order,
      size,
      isPartial,
      from: typeof from === "number" ? from : positionOf(this.#identity, from.cursor),
    };
  }

  /** What reads a page and the total. */
  statement(): Statement {
    return listStatement(this.#query, this.#search);
  }

  /** The page made of the row of {@link statement}. */
  page([row]: Rows): Page {
    const { size, from } = this.#query;
    const page = typeof from === "number" ? from : from.page;
    const found = typeof row?.records === "string" ? row.records.split(SEPARATOR) : [];
    const items = found.slice(0, size);
    const last = found.length > size ? items.at(-1) : undefined;
    return {
      items,
      page,
      total: Number(row?.list_total ?? 0),
      next: last === undefined
        ? null
        : encodeCursor(this.#identity, { ...this.#position(last, row), page: page + 1 }),
    };
  }

  /** Whether a cursor is of this list. */
  isOf(cursor: string): boolean {
    return decodeCursor(this.#identity, cursor) !== null;
  }

  /**
   * The cursor, with a number of its page, of what follows a record in JSON that shows the date or time by which the list
   * is sorted; without one, of the whole list.
   */
  cursorAfter(record: string | undefined, page: number): string {
    const isAscending = this.#query.order === "asc";
    const first = isAscending ? { value: "-infinity", id: LEAST } : { value: "infinity", id: MOST };
    if (record === undefined) return encodeCursor(this.#identity, { ...first, page });
    const shown = JSON.parse(record) as Record<string, unknown>;
    const value = String(shown[this.#by] ?? "infinity");
    return encodeCursor(this.#identity, { value, id: String(shown.id), page });
  }

  // What a record is sorted by stands in the record itself, or beside it.
  #position(text: string, beside: Rows[number] | undefined) {
    const record = JSON.parse(text) as Record<string, unknown>;
    const { view, sort } = this.#query;
    const valueOf = (column: string) => record[showing(view, column) ?? ""];
    return {
      value: String(beside?.sort_value ?? valueOf(sort.column)),
      id: String(beside?.last_id ?? valueOf("id")),
    };
  }
}

function positionOf(identity: string, cursor: string): Position {
  const position = decodeCursor(identity, cursor);
  if (position !== null) return position;
  throw new InvalidInput([{
    field: "cursor",
    message: "Must be a next_cursor of this list, with the same filters, search and sort.",
  }]);
}
