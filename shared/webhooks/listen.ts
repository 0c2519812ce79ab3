import { stringify } from "lossless-json";
import { type Sql, sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { LeadEvent } from "../events/lead-event.ts";

/**
 * What keeps a delivery of each event for each active webhook that asked for its type, and has it tried: to
 * be run in one transaction with whatever else follows from the events.
 */
export function webhookListener(events: readonly LeadEvent[]): Promise<Statement[]> {
  return Promise.resolve(events.map((event) =>
    statement(sql`select ${
      stored(
        sql`i.id`,
        causeOf(event),
        event,
      )
    } from crm.integrations i
    where i.type = 'webhook' and i.status = 'active' and i.settings -> 'events' ? ${event.type}`)
  ));
}

/** What a webhook is told; an automation also tells what is no event of the log. */
export interface ToldEvent extends Pick<LeadEvent, "at" | "data"> {
  type: string;
}

/** The automation that sends an event to a webhook. */
export interface SendingAutomation {
  id: number;
  name: string;
}

/**
 * What keeps a delivery of an event that an automation sends, and has it tried. `cause` names the run and its
 * step: the same is kept once. The row has its `id`, null when it is there or there is no such webhook.
 */
export function storeDelivery(
  integrationId: string,
  cause: string,
  event: ToldEvent,
  automation: SendingAutomation,
): Statement {
  const { id, name } = automation;
  const data = { ...event.data, automation: { id, name } };
  return statement(
    sql`select ${stored(sql`${integrationId}`, cause, { ...event, data })} as id`,
  );
}

function stored(integration: Sql, cause: string, event: ToldEvent): Sql {
  return sql`app.store_webhook_delivery(${integration}, ${cause}, ${event.type}, ${bodyOf(event)})`;
}

function causeOf({ sequence, type, data: { tag } }: LeadEvent): string {
  return [sequence, type, ...tag === undefined ? [] : [tag]].join(" ");
}

function bodyOf({ type, at, data }: ToldEvent): string {
  return stringify({ type, timestamp: at, data }) ?? "";
}
