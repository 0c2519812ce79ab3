import { lio, type LioPage, type Query } from "../../api.ts";

/** A pipeline, as LIO calls it. */
export interface LioPipeline {
  id: number;
  name: string;
}

interface Sums {
  deal_count: number;
  total_value: number;
  weighted_value: number;
}

interface AllSums extends Sums {
  best_case: number;
  commit: number;
  won_value: number;
  overdue_value: number;
}

/** A month or a quarter of a forecast. */
export interface Period extends AllSums {
  period: string;
  start_date: string;
  end_date: string;
}

/** What is to be expected. */
export interface Forecast {
  currency: string;
  periods: readonly Period[];
  totals: AllSums;
  beyond: Sums;
  other_currencies: readonly (Sums & { currency: string })[];
}

/** A deal that a month's forecast is made of. */
export interface Contributor {
  deal_id: number;
  title: string;
  stage_name: string | null;
  value: number | null;
  probability: number;
  weighted_value: number;
  share: number;
  expected_close_date: string;
}

/** A deal at risk, and why. */
export interface DealAtRisk {
  deal_id: number;
  title: string;
  stage_name: string | null;
  value: number | null;
  weighted_value: number;
  expected_close_date: string | null;
  days_overdue: number;
  days_in_stage: number;
  risk_score: number;
  risk_level: "watch" | "at_risk" | "critical";
  reasons: readonly { code: string; message: string }[];
}

interface Figures {
  deals: number;
  won: number;
  lost: number;
  predicted: number;
  actual: number;
  error: number;
  accuracy: number | null;
}

/** How right forecasts were, by the month in which deals were closed. */
export interface Accuracy {
  months: readonly (Figures & { month: string })[];
  overall: Figures & { brier: number | null };
}

/** What each level of risk is called, and how bad it looks. */
export const RISKS = {
  critical: ["Critical", "bad"],
  at_risk: ["At risk", "warn"],
  watch: ["To watch", "plain"],
  none: ["None", "good"],
} as const;

const MOST = 100;

/** The pipelines that a forecast can be of. */
export async function lioPipelines(signal: AbortSignal): Promise<readonly LioPipeline[]> {
  const query = { limit: MOST, order_by: "name", order_in: "ASC" };
  return (await lio.get<LioPage<LioPipeline>>("pipelines/list", query, signal)).data;
}

/** What is to be expected of a pipeline, or of all. */
export async function forecastOf(query: Query, signal: AbortSignal): Promise<Forecast> {
  return (await lio.get<{ data: Forecast }>("forecast/pipeline", query, signal)).data;
}

/** The deals that a month's forecast of a pipeline is made of. */
export function contributorsOf(
  query: Query,
  signal: AbortSignal,
): Promise<LioPage<Contributor>> {
  return lio.get("forecast/pipeline/contributors", query, signal);
}

/** Open deals at risk, the greatest risk first. */
export function dealsAtRisk(query: Query, signal: AbortSignal): Promise<LioPage<DealAtRisk>> {
  return lio.get("forecast/at-risk", query, signal);
}

/** How right forecasts were. */
export async function accuracyOf(query: Query, signal: AbortSignal): Promise<Accuracy> {
  return (await lio.get<{ data: Accuracy }>("forecast/accuracy", query, signal)).data;
}
