// @ts-types="@types/big.js"
import type { Big } from "big.js";
import { type Decimal, decimal, round4 } from "./decimals.ts";

/** How a deal's probability has changed. */
export interface Trend {
  direction: "up" | "down" | "flat";
  change: Big;
}

const NOTICEABLE = "0.005";

/** "up, down from 0.005 on" (decisions: 14, `GET forecast/deal/:id`). */
export function trend(now: Decimal, before: Decimal): Trend {
  const change = round4(decimal(now).minus(decimal(before)));
  if (change.abs().lt(NOTICEABLE)) return { direction: "flat", change };
  return { direction: change.gt(0) ? "up" : "down", change };
}
