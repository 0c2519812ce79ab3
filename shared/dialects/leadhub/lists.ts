import type { View } from "../../crm/views/view.ts";
import type { Outcome } from "../../http/call.ts";
import { searchText, sortName, sortOrder } from "../../http/paging.ts";
import { parseQuery } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { conditionsOf, filterParameters, type Filters } from "../../operations/filters.ts";
import type { Parent } from "../../operations/parent.ts";
import { readPage } from "../../operations/read-page.ts";
import type { LeadHubOperation } from "./contract.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { ownerOf } from "./parent.ts";

/** How the records of a view are listed. */
export interface Listing {
  id: string;
  summary: string;
  filters?: Filters;
  /** Whether there is a parameter `search`. */
  search?: true;
  /** The fields it may be sorted by, the default first; or the one whose order it always has. */
  sorts: readonly [string, ...string[]] | string;
  /** Which way the one order goes that a list always has; ascending unless given. */
  direction?: "asc" | "desc";
  /** What all of the records belong to, in the path. */
  parent?: Parent;
}

/** GET: a page of records (spec: Pagination). */
export function list(view: View, listing: Listing): LeadHubOperation {
  const parameters = lazy(() => parametersOf(listing));
  const { filters = {}, id, summary, sorts, direction = "asc", parent } = listing;
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
      const owner = parent && ownerOf(call, parent);
      const query = parseQuery(parameters(), call.query);
      const given: Readonly<Record<string, unknown>> = query;
      const page = await readPage(call, {
        view,
        owner,
        conditions: await conditionsOf(filters, given, call),
        search: given.search,
        ...(typeof sorts === "string"
          ? { sort: sorts, order: direction }
          : { sort: String(given.sort), order: given.direction === "asc" ? "asc" : "desc" }),
        size: query.per_page,
        from: query.page,
      });
      return answerPage(call, query, page);
    },
  };
}

function parametersOf({ filters = {}, search, sorts }: Listing) {
  return pagingParameters().extend({
    ...filterParameters(filters),
    ...(search ? { search: searchText().optional() } : {}),
    ...(typeof sorts === "string" ? {} : {
      sort: sortName(sorts).default(sorts[0]),
      direction: sortOrder().default("desc"),
    }),
  });
}
