import { expect } from "vitest";
import type { FunctionCall } from "./connector-calls.ts";

const ofHold = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({
  text: text.replaceAll("{id}", "($1::jsonb ->> 'id')::uuid"),
  given: (ids) => ({ id: ids["crm.ledger_holds"] }),
  answer,
});

/** The functions of ledgers, each with what would reach a neighbour. */
export const LEDGER_CALLS: Record<string, FunctionCall> = {
  hold_funds: {
    text: "select app.hold_funds('credits', 100, 'magicpen', 60) as id",
    answer: [{ id: expect.any(String) }],
  },
  charge_hold: ofHold("select app.charge_hold({id}, 1, 'magicpen', null)", "LB094"),
  release_hold: ofHold("select app.release_hold({id}) as done", [{ done: "" }]),
  enter_funds: {
    text: "select app.enter_funds('wallet', 5, 'topup', null, null)::int as balance",
    answer: [{ balance: 5 }],
  },
};
