import * as z from "zod";
import { askOpenForecast } from "../../crm/open-forecast.ts";
import { overview } from "../../crm/overview.ts";
import { salesStats } from "../../crm/sales-stats.ts";
import type { Period } from "../../crm/dashboard.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { JsonText } from "../../formats/json-text.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LioOperation } from "./contract.ts";
import { periodOf, periodParameters, periodSchema, shownPeriod } from "./dashboard-period.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

/** The most days of which each is told by itself. */
const MOST_DAYS = 3_660;

const count = () => z.int().min(0);
const share = () => z.number().min(0).max(1).nullable();
const total = () => z.object({ total: count(), new: count() });

const overviewAnswer = lazy(() => {
  const schema = z.object({
    period: periodSchema(),
    leads: z.object({
      total: count(),
      new: count(),
      by_status: z.array(z.object({
        status: z.int().nullable(),
        status_text: z.string().nullable(),
        count: count(),
      })),
      by_source: z.array(z.object({
        lead_source: z.int().nullable(),
        lead_source_text: z.string().nullable(),
        count: count(),
      })),
    }),
    deals: z.object({
      open_count: count(),
      open_value: z.number(),
      weighted_value: z.number(),
      won_count: count(),
      won_value: z.number(),
      lost_count: count(),
      win_rate: share(),
    }),
    contacts: total(),
    companies: total(),
    meetings: z.object({ scheduled: count(), held: count() }),
    follow_ups: z.object({ due_today: count(), overdue: count() }),
    hot_leads: count(),
  }).meta({ id: "Overview" });
  return oneRecord(schema).meta({ id: "OverviewAnswer" });
});

/** GET: what there is now, and what happened in a period (decisions: 16). */
export const getOverview: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getOverview",
      summary: "Get overview statistics",
      query: periodParameters(),
      answers: { 200: overviewAnswer() },
    };
  },
  async run(call) {
    const period = periodOf(readQuery(call, periodParameters()));
    const rows = await askOpenForecast(
      call.workspace,
      (open) => overview(period, call.workspace.seesAll, open),
    );
    const { overview: text } = rowOf<{ overview: string }>(rows);
    return answer(200, inPeriod(period, text), "Overview fetched");
  },
};

const statsAnswer = lazy(() => {
  const schema = z.object({
    period: periodSchema(),
    conversion_rate: share(),
    average_deal_value: z.number().nullable(),
    average_sales_cycle_days: z.number().min(0).nullable(),
    win_rate: share(),
    leads_per_day: z.array(z.object({ date: z.iso.date(), count: count() })),
    by_owner: z.array(z.object({
      user_id: z.int().nullable(),
      name: z.string().nullable(),
      leads: count(),
      open_value: z.number(),
      won_value: z.number(),
    })),
    previous: z.object({ leads: count(), won_value: z.number() }),
  }).meta({ id: "SalesStats" });
  return oneRecord(schema).meta({ id: "SalesStatsAnswer" });
});

/** GET: how sales went in a period (decisions: 16). */
export const getStats: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getStats",
      summary: "Get CRM statistics",
      query: periodParameters(),
      answers: { 200: statsAnswer() },
    };
  },
  async run(call) {
    const period = periodOf(readQuery(call, periodParameters()), MOST_DAYS);
    const [rows] = await call.workspace.read([statement(salesStats(period))]);
    const { stats } = rowOf<{ stats: string }>(rows);
    return answer(200, inPeriod(period, stats), "Statistics fetched");
  },
};

function inPeriod(period: Period, text: string): JsonText {
  return new JsonText(
    `{"period":${JSON.stringify(shownPeriod(period))},${text.trimStart().slice(1)}`,
  );
}
