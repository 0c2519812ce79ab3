import { LosslessNumber } from "lossless-json";
import * as z from "zod";
import { factsOf, type ForecastDeal, forecastDeal } from "../../crm/deal-forecasts.ts";
import { type Decimal, decimal } from "../../crm/forecast/decimals.ts";
import { daysOver, USUAL_DAYS } from "../../crm/forecast/age.ts";
import { factors, probability } from "../../crm/forecast/probability.ts";
import { RISK_POINTS, riskLevel, riskReasons, riskScore } from "../../crm/forecast/risk.ts";
import { trend } from "../../crm/forecast/trend.ts";
import { weightedValue } from "../../crm/forecast/weighted-value.ts";
import { leadDeals } from "../../crm/lead-deals.ts";
import { calendarDate } from "../../crm/values/fields.ts";
import { statement } from "../../db/sql.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const CODES = Object.keys(RISK_POINTS);
const time = () => z.iso.datetime({ precision: 3 });

/** Why a deal is at risk. */
export const riskReason = lazy(() =>
  z.object({ code: z.enum(CODES), points: z.int().min(1), message: z.string() })
);

const forecast = lazy(() =>
  z.object({
    deal_id: z.int(),
    title: z.string(),
    value: z.number().nullable(),
    probability: z.number().min(0).max(1),
    weighted_value: z.number(),
    expected_close_date: calendarDate().nullable(),
    factors: z.array(z.object({
      factor: z.enum(["base", "history", "age", "overdue"]),
      value: z.number().min(0),
      detail: z.string(),
    })),
    risk_score: z.int().min(0).max(100),
    risk_level: z.enum(["none", "watch", "at_risk", "critical"]),
    reasons: z.array(riskReason()),
    trend: z.object({
      direction: z.enum(["up", "down", "flat"]),
      change: z.number(),
      since: time(),
    }),
    computed_at: time(),
  }).meta({ id: "DealForecast" })
);

const forecastAnswer = lazy(() => oneRecord(forecast()).meta({ id: "DealForecastAnswer" }));

/** A number with all its digits, as JSON has it. */
export function exact(value: Decimal): LosslessNumber {
  return new LosslessNumber(decimal(value).toFixed());
}

/** GET: what a deal is forecast to come to, and why (decisions: 14). */
export const getDealForecast: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getDealForecast",
      summary: "Get the forecast of a deal",
      answers: { 200: forecastAnswer() },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "id");
    readQuery(call, noParameters());
    const [rows] = await call.workspace.read([statement(forecastDeal(number))]);
    if (rows?.[0] === undefined) throw new RecordNotFound(leadDeals.record, String(number));
    const deal: ForecastDeal = JSON.parse(String(rows[0].deal));
    return answer(200, told(deal, call.caller.userRole !== "rep"), "Forecast fetched");
  },
};

function told(deal: ForecastDeal, seesAll: boolean) {
  const facts = factsOf(deal);
  const chance = probability(facts);
  const reasons = deal.outcome === "open" ? riskReasons(facts) : [];
  const { direction, change } = trend(chance, deal.earlier ?? chance);
  const details = detailsOf(deal, seesAll);
  return {
    deal_id: Number(deal.number),
    title: deal.title,
    value: deal.value === null ? null : exact(deal.value),
    probability: exact(chance),
    weighted_value: exact(weightedValue(deal.value, chance)),
    expected_close_date: deal.expected_close_date,
    factors: Object.entries(factors(facts)).map(([factor, value]) => ({
      factor,
      value: exact(value),
      detail: details[factor],
    })),
    risk_score: riskScore(reasons),
    risk_level: riskLevel(riskScore(reasons)),
    reasons,
    trend: { direction, change: exact(change), since: deal.since ?? deal.now },
    computed_at: deal.now,
  };
}

/** Why the factors are as they are. How many deals were closed is told to who sees them all. */
function detailsOf(deal: ForecastDeal, seesAll: boolean): Readonly<Record<string, string>> {
  const { outcome, own, stage, won, lost, days_in_stage, max_days, days_overdue } = deal;
  if (outcome !== "open") {
    const decided = `The deal is ${outcome}`;
    return { base: decided, history: decided, age: decided, overdue: decided };
  }
  return {
    base: own === null
      ? (stage === null ? "No stage" : `Stage ${stage}`)
      : "The deal's own probability",
    history: own !== null
      ? "The deal has a probability of its own"
      : won + lost === 0
      ? "No closed deals yet"
      : `${
        seesAll ? `${won} won, ${lost} lost` : "Won and lost ones"
      } of those that were at the stage, within 365 days`,
    age: `${days_in_stage} of ${max_days ?? USUAL_DAYS} days${
      daysOver(days_in_stage, max_days) > 0 ? ", too long" : ""
    }`,
    overdue: days_overdue === null
      ? "No close date"
      : days_overdue > 0
      ? `${days_overdue} days`
      : "Not overdue",
  };
}
