// @ts-types="@types/big.js"
import type { Big } from "big.js";
import { type Decimal, decimal, round4 } from "./decimals.ts";

/** What a deal's base is made of; probabilities in percent, as the core keeps them. */
export interface BaseFacts {
  /** The deal's own, when another API set it. */
  own: Decimal | null;
  /** That of its stage; null when there is none, or when it has none. */
  stage: Decimal | null;
}

/** "the deal's own `probability` / 100 when another API set it, else the stage's" (decisions: 14, base). */
export function base({ own, stage }: BaseFacts): Big {
  return decimal(own ?? stage ?? 0).div(100);
}

/** "the k-th of n open stages k/(n+1)" (decisions: 13, `probability` absent), in percent. */
export function defaultProbability(place: number, openStages: number): Big {
  return round4(decimal(place).div(openStages + 1)).times(100);
}
