import * as z from "zod";
import { CURRENCY } from "../../crm/deal-forecasts.ts";
import { PERIOD_LENGTHS, periodsFrom } from "../../crm/forecast/periods.ts";
import { askOpenForecast } from "../../crm/open-forecast.ts";
import { contributors, pipelineForecast, TODAY } from "../../crm/pipeline-forecast.ts";
import { calendarDate } from "../../crm/values/fields.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { JsonText } from "../../formats/json-text.ts";
import type { Call } from "../../http/call.ts";
import { wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { oneNumber } from "./filters.ts";
import { pageSchema, pagingParameters } from "./page.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const MOST_MONTHS = 24;

/** How many months a forecast or a report is of. */
export const months = lazy(() => wholeNumber(MOST_MONTHS).default(6).meta({ default: 6 }));
/** The pipeline that it is of, else all. */
export const pipelineId = lazy(() => oneNumber().transform(Number).optional());

const parameters = lazy(() =>
  z.strictObject({
    period: z.enum(PERIOD_LENGTHS, `Must be one of ${PERIOD_LENGTHS.join(", ")}`)
      .default("monthly").meta({ default: "monthly" }),
    months: months(),
    pipeline_id: pipelineId(),
  })
);

const sums = () => ({
  deal_count: z.int().min(0),
  total_value: z.number(),
  weighted_value: z.number(),
});
const allSums = () => ({
  ...sums(),
  best_case: z.number(),
  commit: z.number(),
  won_value: z.number(),
  overdue_value: z.number(),
});
const forecast = lazy(() =>
  z.object({
    period: z.enum(PERIOD_LENGTHS),
    pipeline_id: z.int().nullable(),
    currency: z.string(),
    periods: z.array(z.object({
      period: z.string().regex(/^\d{4}-(\d\d|Q[1-4])$/),
      start_date: calendarDate(),
      end_date: calendarDate(),
      ...allSums(),
    })),
    totals: z.object(allSums()),
    beyond: z.object(sums()),
    other_currencies: z.array(z.object({ currency: z.string(), ...sums() })),
  }).meta({ id: "PipelineForecast" })
);

const forecastAnswer = lazy(() => oneRecord(forecast()).meta({ id: "PipelineForecastAnswer" }));

/** GET: what is to be expected, by month or quarter (decisions: 14). */
export const getPipelineForecast: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getPipelineForecast",
      summary: "Get the forecast of a pipeline",
      query: parameters(),
      answers: { 200: forecastAnswer() },
    };
  },
  async run(call) {
    const { period, months: count, pipeline_id } = readQuery(call, parameters());
    const periods = periodsFrom(await today(call), period, count);
    const rows = await askOpenForecast(
      call.workspace,
      (open) => pipelineForecast(periods, pipeline_id, open),
    );
    const { forecast: text } = rowOf<{ forecast: string }>(rows);
    const about = { period, pipeline_id: pipeline_id ?? null, currency: CURRENCY };
    const all = new JsonText(`${JSON.stringify(about).slice(0, -1)},${text.trimStart().slice(1)}`);
    return answer(200, all, "Forecast fetched");
  },
};

const ofMonth = lazy(() =>
  pagingParameters().extend({
    pipeline_id: oneNumber().meta({ examples: [2] }).transform(Number),
    period_month: z.string().regex(
      /^(?!0000)\d{4}-(0[1-9]|1[0-2])$/,
      "Must be a month, such as 2026-11",
    )
      .meta({ examples: ["2026-11"] }),
  })
);

const contributor = lazy(() =>
  z.object({
    deal_id: z.int(),
    title: z.string(),
    lead_id: z.int().nullable(),
    assigned_to: z.int().nullable(),
    stage_id: z.int().nullable(),
    stage_name: z.string().nullable(),
    value: z.number().nullable(),
    probability: z.number().min(0).max(1),
    weighted_value: z.number(),
    share: z.number(),
    expected_close_date: calendarDate(),
  }).meta({ id: "Contributor" })
);

const contributorPage = lazy(() =>
  pageSchema(contributor()).extend({
    summary: z.object({ total_value: z.number(), weighted_value: z.number() }),
  }).meta({ id: "ContributorPage" })
);

/** GET: the deals that a month's forecast is made of (decisions: 14). */
export const listContributors: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listContributors",
      summary: "List the deals of a forecast",
      query: ofMonth(),
      answers: { 200: contributorPage() },
    };
  },
  async run(call) {
    const { pipeline_id: pipeline, period_month, page, limit } = readQuery(call, ofMonth());
    const [current, month] = [
      await today(call),
      ...periodsFrom(`${period_month}-01`, "monthly", 1),
    ];
    if (month === undefined) throw new Error("a month is a period");
    const isCurrent = current.startsWith(period_month);
    const [rows] = await call.workspace.read([
      statement(contributors({ pipeline, month, isCurrent, limit, skipped: (page - 1) * limit })),
    ]);
    const { total, summary, deals } = rowOf<{ total: number; summary: string; deals: string }>(
      rows,
    );
    const body = `{"success":true,"message":"Contributors fetched","data":${deals},` +
      `"total":${total},"page":${page},"limit":${limit},"summary":${summary}}`;
    return { status: 200, body };
  },
};

/** The day of UTC that the database has. */
export async function today(call: Pick<Call, "workspace">): Promise<string> {
  const [rows] = await call.workspace.read([statement(TODAY)]);
  return rowOf<{ today: string }>(rows).today;
}
