import type { Condition } from "../../crm/lists/conditions.ts";
import type { View } from "../../crm/views/view.ts";
import type { Outcome } from "../../http/call.ts";
import { searchText } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import {
  type Asking,
  conditionsOf,
  filterParameters,
  type Filters,
} from "../../operations/filters.ts";
import { ownerOf, type Parent } from "../../operations/parent.ts";
import { readPage } from "../../operations/read-page.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { type DateOrTime, dateOrTime, within } from "./dates.ts";
import { answerPage, type Order, orderParameters, pageSchema, pagingParameters } from "./page.ts";
import { pathNumber, readQuery } from "./reading.ts";

/** How the records of a view are listed. */
export interface Listing {
  id: string;
  summary: string;
  /** The plural of the records, for the message. */
  plural: string;
  filters?: Filters<LioCaller>;
  /** What filters find that are given together. Throws InvalidInput. */
  together?(given: Readonly<Record<string, unknown>>): readonly Condition[];
  /** What all of its records have, whoever asks for them. */
  seen?(asking: Asking<LioCaller>): readonly Condition[];
  /** Filters that have to be given. */
  required?: readonly string[];
  /** Whether there is a parameter `search_value`. */
  search?: true;
  /** The fields it may be sorted by. */
  sorts: readonly string[];
  /** How it is sorted unless that is given; by `id`, the newest first, where this is left out. */
  order?: Order;
  /** The column of `start_date` and `end_date`; `created_at` unless given, null without them. */
  dates?: string | null;
  /** What all of the records belong to, in the path. */
  parent?: Parent;
}

/** Checked parameters by which a list's records are chosen. */
type Choice = Readonly<Record<string, unknown>>;

/** GET: a page of records (spec: Pagination, filtering, and sorting). */
export function list(view: View, listing: Listing): LioOperation {
  const parameters = lazy(() => parametersOf(listing));
  const { id, summary, plural, parent } = listing;
  return {
    kind: "read",
    get contract() {
      return {
        id,
        summary,
        query: parameters(),
        answers: { 200: pageSchema(view.schema) },
        refusals: parent === undefined ? [] : ["not_found" as const],
      };
    },
    async run(call): Promise<Outcome> {
      const owner = parent && ownerOf(parent, (parameter) => pathNumber(call, parameter));
      const query = readQuery(call, parameters());
      const page = await readPage(call, {
        view,
        owner,
        conditions: await conditionsIn(listing, query, call),
        search: searchIn(listing, query),
        sort: query.order_by,
        order: query.order_in,
        size: query.limit,
        from: query.page,
      });
      return answerPage(`${plural} fetched`, query, page);
    },
  };
}

/** What the records have in common that checked parameters choose. Throws InvalidInput. */
export async function conditionsIn(
  { dates = "created_at", seen, together, filters = {} }: Listing,
  given: Choice,
  asking: Asking<LioCaller>,
): Promise<Condition[]> {
  const { start_date, end_date } = given as { start_date?: DateOrTime; end_date?: DateOrTime };
  return [
    ...within(dates ?? "", ["start_date", start_date], ["end_date", end_date]),
    ...seen?.(asking) ?? [],
    ...together?.(given) ?? [],
    ...await conditionsOf(filters, given, asking),
  ];
}

/** The words that checked parameters search for; blank for any. */
export function searchIn({ search }: Listing, given: Choice): string {
  return search && typeof given.search_value === "string" ? given.search_value : "";
}

/** The parameters by which a list's records are chosen, rather than shown. */
export function choosing({ filters = {}, required = [], search, dates }: Listing) {
  const checks = filterParameters(filters);
  return {
    ...checks,
    ...Object.fromEntries(required.map((name) => [name, filters[name]?.check() ?? checks[name]])),
    ...(search ? { search_value: searchText().optional() } : {}),
    ...(dates === null
      ? {}
      : { start_date: dateOrTime().optional(), end_date: dateOrTime().optional() }),
  };
}

function parametersOf(listing: Listing) {
  return pagingParameters().extend({
    ...choosing(listing),
    ...orderParameters(listing.sorts, listing.order),
  });
}
