// @ts-types="@types/big.js"
import { Big } from "big.js";

/** A number with all its digits: as text, unless it is small. */
export type Decimal = Big | string | number;

/** A number as {@link Big}. */
export function decimal(value: Decimal): Big {
  return new Big(value);
}

/** Money: "`round2` is half up on the exact decimal" (decisions: 14). */
export function round2(value: Big): Big {
  return value.round(2, Big.roundHalfUp);
}

/** "probabilities have four decimals" (decisions: 14). */
export function round4(value: Big): Big {
  return value.round(4, Big.roundHalfUp);
}

/** The exact sum. */
export function sum(values: readonly Big[]): Big {
  return values.reduce((total, value) => total.plus(value), new Big(0));
}
