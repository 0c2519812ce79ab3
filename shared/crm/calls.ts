import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { resource, type WritableResource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

/** How calls stand. */
export const CALL_STATUSES = [
  "queued",
  "ringing",
  "in_progress",
  "completed",
  "busy",
  "no_answer",
  "failed",
  "canceled",
] as const;

const time = column.readOnly(answer.timestamp.nullable());
const seconds = z.int().min(0).nullable();

/** Calls by telephone. */
export const calls: WritableResource = resource({
  record: "call",
  name: "calls",
  table: "crm.calls",
  columns: {
    id: column.id,
    user_id: column.readOnly(answer.link),
    lead_id: column.readOnly(answer.link),
    contact_id: column.readOnly(answer.link),
    company_id: column.readOnly(answer.link),
    direction: column.readOnly(z.enum(["inbound", "outbound"])),
    from_number: column.readOnly(z.string()),
    to_number: column.readOnly(z.string()),
    status: column.readOnly(z.enum(CALL_STATUSES)),
    sid: column.readOnly(answer.text),
    started_at: time,
    answered_at: time,
    ended_at: time,
    duration_sec: column.readOnly(seconds),
    price: column.readOnly(answer.amount.nullable()),
    currency: column.readOnly(z.string()),
    recording_sid: column.readOnly(answer.text),
    recording_sec: column.readOnly(seconds),
    created_at: column.time,
    updated_at: column.time,
  },
  counted: ["status"],
  sorts: {
    number: { column: "number", type: "bigint", unique: true },
    created_at: {
      column: "created_at",
      type: "timestamptz",
      within: ["status", "lead_id", "contact_id", "company_id"],
    },
  },
});

/** How an AI agent is to talk, and with whom: by the number of a lead or a contact. */
export interface AgentCall {
  lead_id?: number | undefined;
  contact_id?: number | undefined;
  system_prompt: string;
  first_message?: string | null | undefined;
  voice_id?: string | null | undefined;
  language?: string | null | undefined;
}

/** The query that makes a call of the acting user's (SQL: app.begin_agent_call), and answers its `id`. */
export function callBeginning(given: AgentCall): Sql {
  return sql`select app.begin_agent_call(${JSON.stringify(given)}::jsonb) as id`;
}

/** The query that ends a call which was never placed. */
export function callAbandoning(id: string): Sql {
  return sql`select app.abandon_call(${id}::uuid)`;
}

/** The query that logs a call that comes in at a phone number, and answers its `id`; null for no such number. */
export function inboundCall(
  numberId: string,
  told: { sid: string; from: string; to: string },
): Sql {
  return sql`select app.log_inbound_call(${numberId}::uuid, ${JSON.stringify(told)}::jsonb) as id`;
}

/** What the telephone service tells of a call. */
export interface CallNews {
  sid: string;
  status: typeof CALL_STATUSES[number];
  /** ISO 8601; now where it is not told. */
  at?: string | null | undefined;
  duration?: number | null | undefined;
  recording_sid?: string | null | undefined;
  recording_sec?: number | null | undefined;
}

/** The query that notes it (SQL: app.note_call); `is_known` tells whether there is such a call. */
export function callNoting(id: string, news: CallNews): Sql {
  return sql`select app.note_call(${id}::uuid, ${JSON.stringify(news)}::jsonb) as is_known`;
}

/** The query that charges a call, once; the price is decimal text. */
export function callCharging(id: string, price: string, currency: string): Sql {
  return sql`select app.charge_call(${id}::uuid, ${price}::numeric, ${currency})`;
}

/** A call as whoever asks the telephone service for it needs to know it. */
export interface StoredCall {
  sid: string | null;
  status: typeof CALL_STATUSES[number];
  from_number: string;
  to_number: string;
  /** Unix milliseconds. */
  created_at: number;
  has_price: boolean;
  /** Whether others between the same numbers are not placed either. */
  is_alone: boolean;
}

/** The query of it: a row, unless there is none. */
export function storedCall(id: string): Sql {
  return sql`select sid, status, from_number, to_number, price is not null as has_price,
      extract(epoch from created_at)::float8 * 1000 as created_at, not exists (
        select from crm.calls other where other.id <> its.id and other.sid is null
          and other.status = 'queued' and other.to_number = its.to_number
          and other.from_number = its.from_number) as is_alone
    from crm.calls its where its.id = ${id}::uuid`;
}

/** The query of those of some `sid`s that are of calls known here. */
export function knownSids(sids: readonly string[]): Sql {
  return sql`select sid from crm.calls where sid = any(${sids}::text[])`;
}
