import { noOwner, type Parent } from "../../operations/parent.ts";
import * as z from "zod";
import type { Condition } from "../../crm/lists/conditions.ts";
import { List } from "../../crm/lists/list.ts";
import { type Owner, selectPresence } from "../../crm/views/statements.ts";
import type { View } from "../../crm/views/view.ts";
import type { Outcome } from "../../http/call.ts";
import { parseQuery } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { notOneOf } from "../../refusals/validation.ts";
import type { LeadHubOperation } from "./contract.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { ownerOf } from "./parent.ts";

/** A filter of a list: the check of its parameter, and what records have that it finds. */
export interface Filter<T = unknown> {
  check: () => z.ZodType<T, string | undefined>;
  condition(value: T): Condition | null;
}

/** How the records of a view are listed. */
export interface Listing {
  id: string;
  summary: string;
  filters?: Readonly<Record<string, Filter>>;
  /** Whether there is a parameter `search`. */
  search?: true;
  /** The fields it may be sorted by, the default first; or the one whose order it always has. */
  sorts: readonly [string, ...string[]] | string;
  /** Which way the one order goes that a list always has; ascending unless given. */
  direction?: "asc" | "desc";
  /** What all of the records belong to, in the path. */
  parent?: Parent;
}

/** Declares a filter; what its check gives is what its condition takes. */
export function filter<T>(
  check: () => z.ZodType<T, string | undefined>,
  condition: (value: T) => Condition | null,
): Filter {
  return { check, condition: (value) => condition(value as T) };
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
      const found = Object.entries(filters).flatMap(([name, { condition }]) =>
        given[name] === undefined ? [] : condition(given[name]) ?? []
      );
      const page = new List(call.caller.workspaceId, {
        view,
        conditions: [...owner ? [belongsTo(owner)] : [], ...found],
        search: typeof given.search === "string" ? given.search : "",
        ...(typeof sorts === "string"
          ? { sort: sorts, order: direction }
          : { sort: String(given.sort), order: given.direction === "asc" ? "asc" : "desc" }),
        size: query.per_page,
        from: query.page,
      });
      const presence = owner ? [selectPresence(owner.resource, owner.key)] : [];
      const [rows = [], owners] = await call.workspace.read([page.statement(), ...presence]);
      if (owner && owners?.length === 0) throw noOwner(owner);
      return answerPage(call, query, page.page(rows));
    },
  };
}

function parametersOf({ filters = {}, search, sorts }: Listing) {
  return pagingParameters().extend({
    ...Object.fromEntries(
      Object.entries(filters).map(([name, { check }]) => [name, check().optional()]),
    ),
    ...(search
      ? { search: z.string().max(200, "Must have at most 200 characters").optional() }
      : {}),
    ...(typeof sorts === "string" ? {} : {
      sort: z.enum(sorts, { error: ({ input }) => notOneOf(input, sorts) }).default(sorts[0]),
      direction: z.enum(["asc", "desc"], "Must be asc or desc").default("desc"),
    }),
  });
}

function belongsTo({ column, resource: { name }, key }: Owner<number>): Condition {
  return { is: "numbered", column, table: `crm.${name}`, value: key };
}
