import type { FunctionCall } from "./connector-calls.ts";

const ACCOUNT = "($1::jsonb ->> 'account')::uuid";
const given: FunctionCall["given"] = (ids) => ({ account: ids["crm.connected_accounts"] });

/** The functions of accounts of other services, each with what would reach a neighbour. */
export const SERVICE_CALLS: Record<string, FunctionCall> = {
  connect_account: {
    text: "select app.connect_account($1)",
    given: (ids) => ({
      provider: "google",
      user_id: ids["crm.users"],
      secrets: "sealed",
    }),
    answer: "23503",
  },
  begin_renewal: {
    text: `select app.begin_renewal(${ACCOUNT}, 1, 40) as begun`,
    given,
    answer: [{ begun: "done" }],
  },
  end_renewal: {
    text: `select app.end_renewal(${ACCOUNT}, 1, 'others', null) as done`,
    given,
    answer: [{ done: false }],
  },
  hold_idempotency_key: {
    text: "select app.hold_idempotency_key('key-1', '\\x01', 1) as reference",
    answer: [{ reference: null }],
  },
};
