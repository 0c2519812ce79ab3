import type { Deal, Stage, StageTotal } from "./deals.ts";

/** The totals after a deal was moved from one stage to another. */
export function moved(
  totals: readonly StageTotal[],
  deal: Pick<Deal, "currency" | "value">,
  from: Stage | undefined,
  to: Stage,
): readonly StageTotal[] {
  const left = from === undefined ? totals : added(totals, deal, from, -1);
  return added(left, deal, to, 1);
}

function added(
  totals: readonly StageTotal[],
  { currency, value }: Pick<Deal, "currency" | "value">,
  { id }: Stage,
  sign: 1 | -1,
): readonly StageTotal[] {
  const is = (one: StageTotal) => one.stage_id === id && one.currency === currency;
  const before = totals.find(is) ?? { stage_id: id, currency, deals: 0, value: 0 };
  const after = {
    ...before,
    deals: before.deals + sign,
    value: before.value + sign * (value ?? 0),
  };
  return [...totals.filter((one) => !is(one)), ...(after.deals > 0 ? [after] : [])];
}
