import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";

/** A time of which the deliveries are to be sent again, both ends included. */
export interface ReplayedTime {
  from: string;
  to: string;
  /** Only those with this status. */
  status?: string | null | undefined;
}

/** Has a delivery of an integration tried again from the start, both by their numbers; after new ones. */
export function replayOne(integration: number, delivery: number): Statement {
  return statement(sql`update crm.webhook_deliveries d
    set status = 'pending', tries = 0, since = now(), next_attempt_at = now(),
      job_id = app.enqueue_job('webhooks.deliver', jsonb_build_object('delivery_id', d.id), now(), -1)
    where d.number = ${delivery}
      and d.integration_id = (select id from crm.integrations where number = ${integration})`);
}

/** Has the deliveries of a time tried again; one row, if there is the integration, with `replayed`. */
export function replayRange(integration: number, { from, to, status }: ReplayedTime): Statement {
  return statement(
    sql`select app.replay_webhook_deliveries(i.id, ${from}, ${to}, ${
      status ?? null
    }) as replayed from crm.integrations i where i.number = ${integration}`,
  );
}
