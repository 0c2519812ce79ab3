import * as z from "zod";
import { AGES, LEAD_AGING } from "../../crm/lead-aging.ts";
import { topAccounts } from "../../crm/top-accounts.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { JsonText } from "../../formats/json-text.ts";
import { scope } from "../../http/operation.ts";
import { wholeNumber } from "../../http/paging.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { getOverview, getStats } from "./dashboard-overview.ts";
import { answer } from "./envelope.ts";
import { answerPage, pageSchema } from "./page.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const MOST = 100;

const aging = lazy(() => {
  const count = () => z.int().min(0);
  const schema = z.object({
    buckets: z.array(z.object({
      bucket: z.enum(AGES.map(({ bucket }) => bucket)),
      from_days: count(),
      to_days: count().nullable(),
      count: count(),
      estimated_value: z.number(),
    })),
    total: count(),
    stale: count(),
  }).meta({ id: "LeadAging" });
  return oneRecord(schema).meta({ id: "LeadAgingAnswer" });
});

/** GET: how old leads are that are still worked (decisions: 16). */
const getLeadAging: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getLeadAging",
      summary: "Get the ages of leads",
      answers: { 200: aging() },
    };
  },
  async run(call) {
    readQuery(call, noParameters());
    const [rows] = await call.workspace.read([statement(LEAD_AGING)]);
    const { aging: text } = rowOf<{ aging: string }>(rows);
    return answer(200, new JsonText(text), "Lead aging fetched");
  },
};

const limited = lazy(() =>
  z.strictObject({ limit: wholeNumber(MOST).default(10).meta({ default: 10 }) })
);

const account = lazy(() =>
  z.object({
    company_id: z.int(),
    company_name: z.string(),
    open_value: z.number(),
    won_value: z.number(),
    deal_count: z.int().min(1),
    lead_count: z.int().min(0),
  }).meta({ id: "TopAccount" })
);

/** GET: the companies whose deals are worth most (decisions: 16). */
const listTopAccounts: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listTopAccounts",
      summary: "List top accounts",
      query: limited(),
      answers: { 200: pageSchema(account()) },
    };
  },
  async run(call) {
    const { limit } = readQuery(call, limited());
    const [rows] = await call.workspace.read([statement(topAccounts(limit))]);
    const { total, accounts } = rowOf<{ total: number; accounts: string }>(rows);
    const items = accounts === "[]" ? [] : [accounts.slice(1, -1)];
    return answerPage("Top accounts fetched", { page: 1, limit }, { items, total });
  },
};

const read = scope("read");

/** Figures of the whole workspace (spec: Dashboards and analytics). */
export default router<LioCaller>("/api/dashboard")
  .get("/overview", read, getOverview)
  .get("/stats", read, getStats)
  .get("/lead-aging", read, getLeadAging)
  .get("/top-accounts", read, listTopAccounts);
