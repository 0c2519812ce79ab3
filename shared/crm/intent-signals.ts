import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { type Resource, resource } from "./resource.ts";
import { HALF_LIFE_MS, MOST_INTENT } from "./score.ts";
import {
  ALERTING_POINTS,
  SIGNAL_PHRASES,
  SIGNAL_TYPES,
  signalPoints,
  type SignalType,
} from "./signal-types.ts";
import { text } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";

const detail = z.record(z.string(), z.unknown()).nullable();

/** What tells of a lead's interest. */
export const intentSignals: Resource = resource({
  record: "signal",
  name: "intent_signals",
  table: "crm.intent_signals",
  columns: {
    id: column.id,
    lead_id: column.readOnly(answer.id),
    signal_type: column.readOnly(z.enum(SIGNAL_TYPES)),
    signal_detail: column.readOnly(detail),
    source: column.of(answer.text, () => text(100)),
    points: column.readOnly(answer.amount),
    occurred_at: column.time,
    created_at: column.time,
  },
  sorts: { number: { column: "number", type: "bigint", unique: true } },
});

/** What the stronger signals raise, until somebody acknowledges it. */
export const intentAlerts: Resource = resource({
  record: "alert",
  name: "intent_alerts",
  table: "crm.intent_alerts_with_leads",
  columns: {
    id: column.id,
    lead_id: column.readOnly(answer.id),
    lead_name: column.readOnly(z.string()),
    signal_id: column.readOnly(answer.id),
    signal_type: column.readOnly(z.enum(SIGNAL_TYPES)),
    signal_detail: column.readOnly(detail),
    message: column.readOnly(z.string()),
    assigned_to: column.readOnly(answer.link),
    acknowledged_by: column.readOnly(answer.link),
    acknowledged_at: column.readOnly(answer.timestamp.nullable()),
    occurred_at: column.time,
    created_at: column.time,
  },
  sorts: {
    number: { column: "number", type: "bigint", unique: true },
    occurred_at: { column: "occurred_at", type: "timestamptz" },
  },
});

/** A signal as it is logged. */
export interface LoggedSignal {
  type: SignalType;
  detail?: unknown;
  source?: string | null;
  /** Now unless given. */
  occurredAt?: string | undefined;
}

/**
 * The query that logs a signal of the lead whose id `lead` is SQL of, with the alert that it is worth, and
 * answers its `id`; nothing when there is no such lead.
 */
export function signalLogging(lead: Sql, signal: LoggedSignal): Sql {
  const { type, detail: given = null, source = null, occurredAt = null } = signal;
  const points = signalPoints(type, given);
  const alert = points >= ALERTING_POINTS ? SIGNAL_PHRASES[type] : null;
  return sql`select id from app.log_signal(${lead}, ${type}, ${points}::numeric, ${alert},
    ${given === null ? null : stringify(given)}::jsonb, ${source},
    coalesce(${occurredAt}::timestamptz, now()))`;
}

/** The query that acknowledges the alert with a number, unless somebody has, and answers its `id`. */
export function alertAcknowledging(number: number): Sql {
  return sql`update crm.intent_alerts set acknowledged_at = coalesce(acknowledged_at, now()),
      acknowledged_by = case when acknowledged_at is null then app.acting_user() else acknowledged_by end
    where number = ${number} returning id`;
}

/** From so much intent on a lead is hot. */
const HOT = 25;
/** Older signals have faded to nothing. */
const WORTHLESS = "1 year";

/** Which hot leads are asked for. */
export interface HotLeads {
  limit: number;
  /** The number of their owner. */
  assignedTo?: number | undefined;
  /** A type of which they have a signal within 30 days. */
  signalType?: SignalType | undefined;
}

/** SQL of the leads that have signals, with what those are worth now: `lead_id`, `signal_count`, `intent`. */
const INTENTS: Sql = sql`
  select s.lead_id, count(*) as signal_count, least(${MOST_INTENT}::float8, sum(s.points::float8
      * 0.5 ^ (greatest(0, extract(epoch from now() - s.occurred_at))::float8 * 1000 / ${HALF_LIFE_MS}::float8)))
      as intent
  from crm.intent_signals s where s.occurred_at > now() - ${WORTHLESS}::interval
  group by s.lead_id`;

/** SQL of how many leads are hot now, of those that the actor sees. */
export const HOT_LEADS: Sql = sql`(
  select count(*)::int from (${INTENTS}) hot join crm.leads l on l.id = hot.lead_id
  where hot.intent >= ${HOT}::float8)`;

/** The query of the hottest leads at the time it is run: `leads`, as a JSON array, and `total`. */
export function hotLeads({ limit, assignedTo, signalType }: HotLeads): Sql {
  return sql`
    with hot as (${INTENTS}), chosen as (
      select l.*, hot.intent, hot.signal_count from hot join crm.leads l on l.id = hot.lead_id
      where hot.intent >= ${HOT}::float8
        and (${assignedTo ?? null}::bigint is null or l.assigned_to = (
          select u.id from crm.users u where u.number = ${assignedTo ?? null}::bigint))
        and (${signalType ?? null}::text is null or exists (
          select from crm.intent_signals s where s.lead_id = l.id and s.signal_type = ${
    signalType ?? null
  }
            and s.occurred_at > now() - interval '30 days'))
    )
    select (select count(*) from chosen) as total, coalesce(json_agg(shown)::text, '[]') as leads from (
      select c.number as lead_id, app.name_of_lead(l) as name,
        (select company.name from crm.companies company where company.id = c.company_id) as company,
        c.fit_intent_score as score, round(c.intent::numeric, 1) as intent_score, c.signal_count,
        last.signal_type as last_signal_type,
        to_char(last.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_signal_at,
        (select u.number from crm.users u where u.id = c.assigned_to) as assigned_to
      from chosen c join crm.leads l on l.id = c.id, lateral (
        select s.signal_type, s.occurred_at from crm.intent_signals s where s.lead_id = c.id
        order by s.occurred_at desc, s.id desc limit 1) last
      order by c.intent desc, c.number desc limit ${limit}) shown`;
}
