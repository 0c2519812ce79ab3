import { type Sql, sql, statement } from "../db/sql.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import type { Status } from "./deliveries.ts";

/** The most deliveries that are looked through for a text. */
const MOST_LOOKED_AT = 1_000;

/** Which deliveries are looked for. */
export interface Traced {
  /** What one must hold, in its body or in what it was mapped to, whatever the case; any unless given. */
  text?: string | undefined;
  status?: Status | undefined;
  /** The time, RFC 3339, from which on they came, and before which; null is any. */
  since: string;
  until: string | null;
  /** The delivery before which they came. */
  before?: { at: string; id: string } | undefined;
  size: number;
}

/** The newest deliveries that were found, as JSON, of those that were looked at. */
export interface Trace {
  items: string[];
  total: number;
  looked_at: number;
  /** Set when there were more, older ones than are looked at. */
  is_partial: boolean;
  /** The last one that was looked at. */
  last: { at: string; id: string } | null;
}

/** Selects what is found among the newest 1,000 deliveries of a time, with the name of each connector. */
export function selectTrace({ text, status, since, until, before, size }: Traced): Statement {
  const holds = text === undefined ? sql`true` : holding(text);
  const stands = status === undefined ? sql`true` : sql`status = ${status}`;
  const follows = before === undefined
    ? sql`true`
    : sql`(created_at, id) < (${before.at}::timestamptz, ${before.id}::uuid)`;
  return statement(sql`
    with recent as materialized (
      select * from crm.connector_deliveries
      where created_at >= ${since}::timestamptz and created_at < coalesce(${until}::timestamptz, 'infinity')
        and ${follows}
      order by created_at desc, id desc limit ${MOST_LOOKED_AT + 1}),
    looked_at as (
      select * from recent order by created_at desc, id desc limit ${MOST_LOOKED_AT}),
    found as (select * from looked_at where ${stands} and ${holds})
    select (select count(*)::integer from recent) as seen,
      (select row_to_json(last)::text from (
        select created_at as at, id from looked_at order by created_at, id limit 1) last) as last,
      (select count(*)::integer from found) as total,
      array(
        select row_to_json(told)::text from (
          select page.id, page.status, page.attempts, page.created_at as received_at, page.event_id,
            (select row_to_json(its) from (select c.id, c.name, c.preset, c.target
              from crm.connectors c where c.id = page.connector_id) its) as connector,
            page.mapped, page.error, page.warnings, page.outcome, page.contact_id, page.activity_id
          from (select * from found order by created_at desc, id desc limit ${size}) page
        ) told) as items`);
}

/** What {@link selectTrace} found. */
export function traceOf([row]: Rows): Trace {
  const { seen, total, items, last } = row as {
    seen: number;
    total: number;
    items: string[];
    last: string | null;
  };
  return {
    last: last === null ? null : JSON.parse(last) as Trace["last"],
    items,
    total,
    looked_at: Math.min(seen, MOST_LOOKED_AT),
    is_partial: seen > MOST_LOOKED_AT,
  };
}

// Bytes are compared as PostgreSQL escapes them, as a body may be of any encoding: beyond ASCII they know no
// case, so that it is looked for in upper case too. In a form, an @ is %40.
function holding(text: string): Sql {
  const lower = text.toLowerCase();
  const spelled = [text, lower, text.toUpperCase()];
  const sent = [...new Set([...spelled, ...spelled.map(encodeURIComponent)])];
  return sql`(strpos(lower(mapped::text), ${lower}) > 0 or exists (
    select from (select lower(encode(body, 'escape')) as bytes offset 0) held, unnest(${sent}::text[]) one
    where strpos(held.bytes, lower(encode(convert_to(one, 'UTF8'), 'escape'))) > 0))`;
}
