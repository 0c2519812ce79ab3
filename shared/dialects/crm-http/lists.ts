import * as z from "zod";
import type { Condition } from "../../crm/lists/conditions.ts";
import { List } from "../../crm/lists/list.ts";
import { filterText, uuid } from "../../crm/values/fields.ts";
import type { View } from "../../crm/views/view.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { lazy } from "../../memory/lazy.ts";
import type { CrmCaller } from "./caller.ts";
import type { CrmOperation } from "./contract.ts";
import { answerPage, listParameters, pageOf, pageSchema } from "./page.ts";
import { readQuery } from "./parameters.ts";

/** A filter of a list: the check of its parameter, and what records have that it finds. */
export interface Filter<T = unknown> {
  check: () => z.ZodType<T, string | undefined>;
  condition(
    value: T,
    asked: Asked,
  ): Condition | readonly Condition[] | null | Promise<Condition>;
}

type Asked = Pick<Call<CrmCaller>, "caller" | "workspace">;

/** How the records of a view are listed. */
export interface Listing {
  id: string;
  summary: string;
  /** The name of the array in the answer. */
  plural: string;
  filters?: Readonly<Record<string, Filter>>;
  search?: true;
  /** The field it is sorted by; records with the same value are in the order of their ids. */
  sort: string;
  order: "asc" | "desc";
}

/** Declares a filter; what its check gives is what its condition takes. */
export function filter<T>(
  check: () => z.ZodType<T, string | undefined>,
  condition: Filter<T>["condition"],
): Filter {
  return { check, condition: (value, asked) => condition(value as T, asked) };
}

/** Records that have this text in a column. */
export function equal(column: string, check: () => z.ZodType<string, string> = filterText): Filter {
  return filter(check, (value) => ({ is: "equal", column, value }));
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
      const conditions = await Promise.all(
        Object.entries(filters).filter(([name]) => given[name] !== undefined)
          .map(([name, { condition }]) => condition(given[name], call)),
      );
      const found = new List(call.caller.workspaceId, {
        view,
        conditions: conditions.flatMap((one) => one ?? []),
        search: typeof given.search === "string" ? given.search : "",
        sort,
        order,
        size,
        from: page,
      });
      const [rows = []] = await call.workspace.read([found.statement()]);
      return answerPage(plural, query, found.page(rows));
    },
  };
}

function parametersOf({ filters = {}, search }: Listing) {
  return listParameters().extend({
    ...Object.fromEntries(
      Object.entries(filters).map(([name, { check }]) => [name, check().optional()]),
    ),
    ...(search
      ? { search: z.string().max(200, "Must have at most 200 characters").optional() }
      : {}),
  });
}
