import * as z from "zod";
import { type Dashboard, dashboardOf, selectDashboard, type Worth } from "../../crm/dashboard.ts";
import { List } from "../../crm/lists/list.ts";
import { OUTCOMES } from "../../crm/opportunities.ts";
import { calendarDate } from "../../crm/values/fields.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { activity } from "./activity-view.ts";
import type { CrmCaller } from "./caller.ts";
import type { CrmOperation } from "./contract.ts";
import { readQuery } from "./parameters.ts";

const NEWEST = 10;

const parameters = lazy(() =>
  z.strictObject({
    from: calendarDate().optional()
      .meta({ description: "The first day, in UTC; else the first of this month." }),
    to: calendarDate().optional()
      .meta({ description: "The last day, in UTC; else the last of this month." }),
  })
);

const answer = lazy(() => {
  const worth = z.object({ currency: z.string(), value: z.number() });
  const count = z.int().min(0);
  const tally = z.object({ count, values: z.array(worth) });
  return z.object({
    period: z.object({ from: z.iso.date(), to: z.iso.date() }),
    open: z.object({ count, values: z.array(worth.extend({ weightedValue: z.number() })) }),
    won: tally,
    lost: tally,
    funnel: z.array(z.object({
      stageId: z.guid(),
      name: z.string(),
      kind: z.enum(OUTCOMES),
      sortOrder: z.int().min(0),
      count,
      values: z.array(worth),
      reached: count,
      conversionPct: z.number().nullable(),
    })),
    tasks: z.object({ open: count, overdue: count }),
    recentActivities: z.array(activity.schema),
  }).meta({ id: "Dashboard" });
});

/** GET: what the deals of a period come to (decisions C10). */
const dashboard: CrmOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getDashboard",
      summary: "Get the dashboard",
      query: parameters(),
      answers: { 200: answer() },
    };
  },
  async run(call) {
    const period = periodOf(readQuery(call, parameters()));
    const newest = new List(call.caller.workspaceId, {
      view: activity,
      conditions: [],
      search: "",
      sort: "occurredAt",
      order: "desc",
      size: NEWEST,
      from: 1,
      isPartial: !call.workspace.seesAll,
    });
    const [listed = [], ...rows] = await call.workspace.read([
      newest.statement(),
      ...selectDashboard(period, call.workspace.seesAll),
    ]);
    const { items } = newest.page(listed);
    return { status: 200, body: textOf(period, dashboardOf(rows), items) };
  },
};

function periodOf({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  const now = new Date();
  const day = (date: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), date)).toISOString().slice(0, 10);
  const lastDay = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate();
  const period = { from: from ?? day(1), to: to ?? day(lastDay) };
  if (period.from <= period.to) return period;
  throw new InvalidInput([{ field: "to", message: `Must not be before ${period.from}.` }]);
}

// Amounts keep all their digits.
function textOf(
  period: { from: string; to: string },
  { open, won, lost, funnel, stageValues, tasks }: Dashboard,
  items: readonly string[],
): string {
  const worth = ({ currency, value }: Worth) =>
    `{"currency":${JSON.stringify(currency)},"value":${value}}`;
  const tally = ({ count, values }: { count: number; values: readonly Worth[] }) =>
    `{"count":${count},"values":[${values.map(worth).join()}]}`;
  const weighted = open.values.map((one) =>
    `${worth(one).slice(0, -1)},"weightedValue":${one.weightedValue}}`
  );
  const stages = funnel.map(({ id, name, kind, position, count, reached, conversionPct }) => {
    const values = stageValues.filter(({ stage }) => stage === id).map(worth);
    return `{"stageId":"${id}","name":${JSON.stringify(name)},"kind":"${kind}",` +
      `"sortOrder":${position - 1},"count":${count},"values":[${values.join()}],` +
      `"reached":${reached},"conversionPct":${conversionPct}}`;
  });
  return `{"period":${JSON.stringify(period)},` +
    `"open":{"count":${open.count},"values":[${weighted.join()}]},` +
    `"won":${tally(won)},"lost":${tally(lost)},"funnel":[${stages.join()}],` +
    `"tasks":${JSON.stringify(tasks)},"recentActivities":[${items.join()}]}`;
}

export default router<CrmCaller>("/api/crm/dashboard").get("/", scope("read:crm"), dashboard);
