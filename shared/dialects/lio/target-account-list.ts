import * as z from "zod";
import type { Condition } from "../../crm/lists/conditions.ts";
import { ACCOUNT_ORDERS, accountsPage, HEALTHS } from "../../crm/target-accounts.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { lazy } from "../../memory/lazy.ts";
import { equal, filter, linkTo, oneOf } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { containingWords } from "./filters.ts";
import { choosing, conditionsIn, type Listing } from "./lists.ts";
import {
  answerPage,
  type Order,
  orderParameters,
  pageSchema,
  type Paging,
  pagingParameters,
} from "./page.ts";
import { readQuery } from "./reading.ts";
import { targetAccount } from "./target-account-view.ts";

const MOST_ENGAGED: Order = { by: "engagement_score", way: "desc" };
const SORTS = ["engagement_score", "company_name", "tier", "icp_fit_score", "created_at"];
const SORT = `Must be one of ${SORTS.join(", ")}, with - before it for descending`;

const tier = lazy(() =>
  z.enum(["1", "2", "3"], "Must be 1, 2 or 3").meta({ type: "integer", enum: [1, 2, 3] })
);

const listing: Listing = {
  id: "listTargetAccounts",
  summary: "List target accounts",
  plural: "Target accounts",
  filters: {
    health: equal("health", oneOf(HEALTHS)),
    tier: filter(tier, (value) => ({ is: "equal", column: "tier", value })),
    owner_id: linkTo("users", "owner_id"),
    search: containingWords("company_name"),
    search_value: containingWords("company_name"),
  },
  sorts: ACCOUNT_ORDERS,
};

const parameters = lazy(() =>
  pagingParameters().extend({
    ...choosing(listing),
    sort: z.enum(SORTS.flatMap((name) => [name, `-${name}`]), SORT).optional().meta({
      description: "What the list is sorted by, with - before it from the greatest on; counts " +
        "before order_by and order_in.",
    }),
    ...orderParameters(listing.sorts, MOST_ENGAGED),
  })
);

/** GET: target accounts, the most engaged first unless asked otherwise (decisions: 15). */
export const listTargetAccounts: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: listing.id,
      summary: listing.summary,
      query: parameters(),
      answers: { 200: pageSchema(targetAccount.schema) },
    };
  },
  async run(call) {
    const query = readQuery(call, parameters());
    const order: Order = query.sort === undefined
      ? { by: query.order_by, way: query.order_in }
      : { by: query.sort.replace("-", ""), way: query.sort.startsWith("-") ? "desc" : "asc" };
    const conditions = await conditionsIn(listing, query, call);
    return await pageOf(call, listing.plural, { conditions, order, paging: query });
  },
};

/** GET: the accounts that are engaged at all, the most engaged first (decisions: 15). */
export const listTopEngaged: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listTopEngagedAccounts",
      summary: "List the most engaged target accounts",
      query: pagingParameters(),
      answers: { 200: pageSchema(targetAccount.schema) },
    };
  },
  async run(call) {
    const paging = readQuery(call, pagingParameters());
    const conditions = [{ is: "after" as const, column: "engagement_score", value: "0" }];
    return await pageOf(call, "Top engaged accounts", { conditions, order: MOST_ENGAGED, paging });
  },
};

interface Asked {
  conditions: readonly Condition[];
  order: Order;
  paging: Paging;
}

async function pageOf(
  call: Call<LioCaller>,
  plural: string,
  { conditions, order, paging }: Asked,
): Promise<Outcome> {
  const { page, limit } = paging;
  const asked = { conditions, ...order, limit, skipped: (page - 1) * limit };
  const [rows] = await call.workspace.read([statement(accountsPage(targetAccount, asked))]);
  const { total, accounts } = rowOf<{ total: number; accounts: string }>(rows);
  const items = accounts === "[]" ? [] : [accounts.slice(1, -1)];
  return answerPage(`${plural} fetched`, paging, { items, total });
}
