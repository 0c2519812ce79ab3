import { uuid } from "../../crm/values/fields.ts";
import type { View } from "../../crm/views/view.ts";
import type { Outcome } from "../../http/call.ts";
import { searchText } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import {
  conditionsOf,
  type Filter,
  filter,
  filterParameters,
  type Filters,
} from "../../operations/filters.ts";
import { readPage } from "../../operations/read-page.ts";
import type { CrmCaller } from "./caller.ts";
import type { CrmOperation } from "./contract.ts";
import { answerPage, listParameters, pageOf, pageSchema } from "./page.ts";
import { readQuery } from "./parameters.ts";

/** How the records of a view are listed. */
export interface Listing {
  id: string;
  summary: string;
  /** The name of the array in the answer. */
  plural: string;
  filters?: Filters<CrmCaller>;
  search?: true;
  /** The field it is sorted by; records with the same value are in the order of their ids. */
  sort: string;
  order: "asc" | "desc";
}

/** Records that are linked to another one. */
export function linkedBy(column: string): Filter {
  return filter(uuid, (value) => ({ is: "equal", column, value: String(value) }));
}

/** GET: a page of records (decisions C1). */
export function list(view: View, listing: Listing): CrmOperation {
  const { id, summary, plural, filters = {}, sort, order } = listing;
  const parameters = lazy(() => parametersOf(listing));
  return {
    kind: "read",
    get contract() {
      return {
        id,
        summary,
        query: parameters(),
        answers: { 200: pageSchema(plural, view.schema) },
      };
    },
    async run(call): Promise<Outcome> {
      const query = readQuery(call, parameters());
      const given: Readonly<Record<string, unknown>> = query;
      const { page, size } = pageOf(query);
      const conditions = await conditionsOf(filters, given, call);
      const request = { view, conditions, search: given.search, sort, order, size, from: page };
      return answerPage(plural, query, await readPage(call, request));
    },
  };
}

function parametersOf({ filters = {}, search }: Listing) {
  return listParameters().extend({
    ...filterParameters(filters),
    ...(search ? { search: searchText().optional() } : {}),
  });
}
