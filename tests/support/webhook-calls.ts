import type { FunctionCall } from "./connector-calls.ts";

type Ids = Record<string, string>;

const DELIVERY = "($1::jsonb ->> 'delivery')::uuid";
const INTEGRATION = "($1::jsonb ->> 'integration')::uuid";
const ids = (own: Ids) => ({
  delivery: own["crm.webhook_deliveries"],
  integration: own["crm.integrations"],
});

/** The functions of webhooks, each with what would reach a neighbour's. */
export const WEBHOOK_CALLS: Record<string, FunctionCall> = {
  store_webhook_delivery: {
    text: `select app.store_webhook_delivery(${INTEGRATION}, 'x', 'lead.created', '{}') as id`,
    given: ids,
    answer: [{ id: null }],
  },
  note_webhook_attempt: {
    text: `select app.note_webhook_attempt(${DELIVERY}, null, '{"error": "no"}', false, true, null)
      as done`,
    given: ids,
    answer: [{ done: "" }],
  },
  hold_webhook_delivery: {
    text: `select app.hold_webhook_delivery(${DELIVERY}, null) as done`,
    given: ids,
    answer: [{ done: "" }],
  },
  replay_webhook_deliveries: {
    text:
      `select app.replay_webhook_deliveries(${INTEGRATION}, '2000-01-01', '2999-01-01')::int as n`,
    given: ids,
    answer: [{ n: 0 }],
  },
  resume_webhook_deliveries: {
    text: `select app.resume_webhook_deliveries(${INTEGRATION}) as done`,
    given: ids,
    answer: [{ done: "" }],
  },
};
