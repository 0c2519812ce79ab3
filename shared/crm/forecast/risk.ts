import { daysOver, USUAL_DAYS } from "./age.ts";

/** What a deal's risk is told by, as it is at one moment. */
export interface RiskFacts {
  /** Days since its expected close date, negative before that; null without one. */
  daysOverdue: number | null;
  daysInStage: number;
  maxDaysInStage: number | null;
  /** Whole days since something last happened to the deal or its lead. */
  daysQuiet: number;
  /** How often its close date was moved to a later one. */
  postponements: number;
  /** Whether it is worth at most 80 % of the most it ever was. */
  isDevalued: boolean;
}

/** Something that puts a deal at risk. */
export interface RiskReason {
  code: RiskCode;
  points: number;
  message: string;
}

/** How much risk there is. */
export type RiskLevel = "none" | "watch" | "at_risk" | "critical";

/** What each reason adds to the score (decisions: 14, Risk). */
export const RISK_POINTS = {
  overdue: 40,
  stuck: 30,
  no_activity: 20,
  slipping: 20,
  value_dropped: 15,
} as const;

export type RiskCode = keyof typeof RISK_POINTS;

/** The most that reasons add up to. */
export const MOST_RISK = 100;
/** From how many points on a deal is at each level. */
export const RISK_LEVELS = { critical: 60, at_risk: 30, watch: 1 } as const;
/** After so many days without anything a deal is quiet. */
export const QUIET_DAYS = 14;
/** From so many on postponements tell of a deal that slips. */
export const SLIPPING = 2;

/**
 * "`overdue` 40 (expected close date past), `stuck` 30 (days in stage above its maximum, null: 30),
 * `no_activity` 20 (nothing on the deal or its lead for 14 days), `slipping` 20 (moved to a later date twice or
 * more), `value_dropped` 15 (≤ 80 % of its greatest value)" (decisions: 14, Risk); of open deals alone.
 */
export function riskReasons(deal: RiskFacts): RiskReason[] {
  const { daysOverdue, daysInStage, maxDaysInStage, daysQuiet, postponements, isDevalued } = deal;
  const isOverdue = daysOverdue !== null && daysOverdue > 0;
  const isStuck = daysOver(daysInStage, maxDaysInStage) > 0;
  const most = maxDaysInStage ?? USUAL_DAYS;
  return [
    ...isOverdue ? [reason("overdue", `${days(daysOverdue)} past its close date`)] : [],
    ...isStuck ? [reason("stuck", `${days(daysInStage)} in its stage, of ${most}`)] : [],
    ...daysQuiet >= QUIET_DAYS
      ? [reason("no_activity", `Nothing happened for ${days(daysQuiet)}`)]
      : [],
    ...postponements >= SLIPPING
      ? [reason("slipping", `Its close date was put off ${postponements} times`)]
      : [],
    ...isDevalued
      ? [reason("value_dropped", "It is worth at most 80 % of the most it ever was")]
      : [],
  ];
}

/** "sum ≤ 100" (decisions: 14, Risk). */
export function riskScore(reasons: readonly RiskReason[]): number {
  return Math.min(MOST_RISK, reasons.reduce((sum, { points }) => sum + points, 0));
}

/** "`critical` ≥ 60, `at_risk` ≥ 30, `watch` ≥ 1, else `none`" (decisions: 14, Risk). */
export function riskLevel(score: number): RiskLevel {
  if (score >= RISK_LEVELS.critical) return "critical";
  if (score >= RISK_LEVELS.at_risk) return "at_risk";
  return score >= RISK_LEVELS.watch ? "watch" : "none";
}

function reason(code: RiskCode, message: string): RiskReason {
  return { code, points: RISK_POINTS[code], message };
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}
