import type { DealFacts } from "../../shared/crm/forecast/probability.ts";
import { seeded } from "./contract-values.ts";

/** A deal that has just come into a stage of 50 %, but for what is given. */
export function dealFacts(facts: Partial<DealFacts> = {}): DealFacts {
  return {
    outcome: "open",
    own: null,
    stage: 50,
    closed: { won: 0, lost: 0 },
    daysInStage: 0,
    maxDaysInStage: null,
    daysOverdue: null,
    ...facts,
  };
}

/** Deals of all kinds, the same in every run. */
export function someDeals(count: number, name = "deals"): DealFacts[] {
  const random = seeded(name);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const sometimes = <T>(value: T) => random() < 0.3 ? null : value;
  return Array.from({ length: count }, () => ({
    outcome: random() < 0.1 ? "won" as const : random() < 0.1 ? "lost" as const : "open" as const,
    own: random() < 0.2 ? upTo(10_000) / 100 : null,
    stage: sometimes(upTo(10_000) / 100),
    closed: { won: upTo(40), lost: upTo(60) },
    daysInStage: upTo(90),
    maxDaysInStage: sometimes(1 + upTo(60)),
    daysOverdue: sometimes(upTo(160) - 80),
  }));
}
