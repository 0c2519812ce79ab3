import * as z from "zod";
import { dealsAtRisk, riskFactsOf, type RiskyDeal } from "../../crm/deal-forecasts.ts";
import { riskLevel, riskReasons, riskScore } from "../../crm/forecast/risk.ts";
import { calendarDate } from "../../crm/values/fields.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { lazy } from "../../memory/lazy.ts";
import { stringify } from "lossless-json";
import { userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { exact, riskReason } from "./forecast-deal.ts";
import { pipelineId } from "./forecast-pipeline.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { readQuery } from "./reading.ts";

const LEVELS = ["watch", "at_risk", "critical"] as const;
const STATUSES = [...LEVELS, "all"] as const;
const OWNERS = ["me", "all"] as const;

const parameters = lazy(() =>
  pagingParameters().extend({
    status: z.enum(STATUSES, `Must be one of ${STATUSES.join(", ")}`).default("all")
      .meta({ default: "all" }),
    owner: z.enum(OWNERS, "Must be me or all").default("all").meta({ default: "all" }),
    pipeline_id: pipelineId(),
  })
);

const days = () => z.int().min(0);
const dealAtRisk = lazy(() =>
  z.object({
    deal_id: z.int(),
    title: z.string(),
    lead_id: z.int().nullable(),
    pipeline_id: z.int().nullable(),
    stage_id: z.int().nullable(),
    stage_name: z.string().nullable(),
    assigned_to: z.int().nullable(),
    value: z.number().nullable(),
    probability: z.number().min(0).max(1),
    weighted_value: z.number(),
    expected_close_date: calendarDate().nullable(),
    days_overdue: days(),
    days_in_stage: days(),
    risk_score: z.int().min(1).max(100),
    risk_level: z.enum(LEVELS),
    reasons: z.array(riskReason()),
  }).meta({ id: "DealAtRisk" })
);

/** A deal at risk as the query answers it. */
interface Row extends RiskyDeal {
  lead_id: number | null;
  pipeline_id: number | null;
  stage_id: number | null;
  assigned_to: number | null;
  chance: string;
  weighted: string;
}

/** GET: open deals at risk, the greatest risk first (decisions: 14). */
export const listDealsAtRisk: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listDealsAtRisk",
      summary: "List deals at risk",
      query: parameters(),
      answers: { 200: pageSchema(dealAtRisk()) },
    };
  },
  async run(call) {
    const { status, owner, pipeline_id: pipeline, page, limit } = readQuery(call, parameters());
    const [rows] = await call.workspace.read([
      statement(dealsAtRisk({
        level: status === "all" ? undefined : status,
        owner: owner === "me" ? userOf(call.caller).userId : undefined,
        pipeline,
        limit,
        skipped: (page - 1) * limit,
      })),
    ]);
    const { total, deals } = rowOf<{ total: number; deals: string }>(rows);
    const items = (JSON.parse(deals) as Row[]).map((row) => stringify(told(row)) ?? "");
    return answerPage("Deals at risk fetched", { page, limit }, { items, total });
  },
};

function told(row: Row) {
  const reasons = riskReasons(riskFactsOf(row));
  return {
    deal_id: row.number,
    title: row.title,
    lead_id: row.lead_id,
    pipeline_id: row.pipeline_id,
    stage_id: row.stage_id,
    stage_name: row.stage,
    assigned_to: row.assigned_to,
    value: row.value === null ? null : exact(row.value),
    probability: exact(row.chance),
    weighted_value: exact(row.weighted),
    expected_close_date: row.expected_close_date,
    days_overdue: Math.max(0, row.days_overdue ?? 0),
    days_in_stage: row.days_in_stage,
    risk_score: riskScore(reasons),
    risk_level: riskLevel(riskScore(reasons)),
    reasons,
  };
}
