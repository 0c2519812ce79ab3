import { type Sql, sql } from "../../db/sql.ts";
import { CURRENCY } from "../deal-forecasts.ts";
import { forecastDeals } from "../forecast-deals.ts";
import { date, linked, listed, number, numbered, type QueryField, text, time } from "./field.ts";

/** What is measured of a record: SQL of a number, and what `its` is read from where that is more. */
interface Measured {
  value: Sql;
  from?: Sql;
}

/** Records that queries are made of. */
export interface Source {
  /** What its records, `its`, are read from. */
  from: Sql;
  measured: Readonly<Record<string, Measured>>;
  /** What they are filtered and grouped by. */
  fields: Readonly<Record<string, QueryField>>;
}

const MEETING_STATUSES = ["Scheduled", "Rescheduled", "Held", "Cancelled", "No Show"];

// Amounts of different currencies do not add up.
const own = (column: string) =>
  sql`case when its.currency = ${sql.literal(CURRENCY)} then its.${sql.ref(column)} end`;

/** Every source by its name (decisions: 16). No other names get into the SQL of a query. */
export const SOURCES = {
  leads: {
    from: sql`crm.leads its`,
    measured: {
      score: { value: sql`its.fit_intent_score` },
      estimated_value: { value: sql`its.estimated_value` },
    },
    fields: {
      status: listed("status", "status"),
      lead_source: listed("source", "source"),
      priority: listed("priority", "priority", "number"),
      assigned_to: linked("assigned_to", "users"),
      company: linked("company_id", "companies"),
      city: text("city"),
      country: text("country"),
      created_at: time("created_at"),
      score: number("fit_intent_score"),
      estimated_value: number("estimated_value"),
    },
  },
  deals: {
    from: sql`crm.deals its`,
    measured: {
      value: { value: own("value") },
      weighted_value: {
        value: own("weighted"),
        from: sql`(${forecastDeals(sql`true`)}) its`,
      },
    },
    fields: {
      // Also a text that is no stage of a pipeline; stages of one name are one.
      stage: { ...linked("stage_id", "stages"), ownName: sql`its.stage` },
      pipeline_id: linked("pipeline_id", "pipelines"),
      status: text("outcome"),
      assigned_to: linked("assigned_to", "users"),
      created_at: time("created_at"),
      closed_at: time("closed_at"),
      expected_close_date: date("expected_close_date"),
      value: number("value"),
    },
  },
  contacts: {
    from: sql`crm.contacts its`,
    measured: {},
    fields: { company: linked("company_id", "companies"), created_at: time("created_at") },
  },
  companies: {
    from: sql`crm.companies its`,
    measured: { rating: { value: sql`its.rating` } },
    fields: {
      industry_type: text("industry"),
      country: text("country"),
      employee_size: text("size"),
      created_at: time("created_at"),
    },
  },
  meetings: {
    from: sql`crm.meetings its`,
    measured: {},
    fields: {
      status: numbered("status", MEETING_STATUSES),
      user_id: linked("user_id", "users"),
      start_time: time("start_time"),
    },
  },
  signals: {
    from: sql`crm.intent_signals its`,
    measured: { points: { value: sql`its.points` } },
    fields: { signal_type: text("signal_type"), occurred_at: time("occurred_at") },
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceName = keyof typeof SOURCES;

/** The names of all sources. */
export const SOURCE_NAMES = Object.keys(SOURCES) as [SourceName, ...SourceName[]];

/** A source by its checked name. */
export function sourceOf(name: SourceName): Source {
  return SOURCES[name];
}

/** A field of a source by its checked name. Throws Error for another. */
export function fieldOf(source: SourceName, name: string): QueryField {
  const { fields } = sourceOf(source);
  const found = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (found === undefined) throw new Error(`${source} has no field ${name}`);
  return found;
}

/** What is measured by its checked name. Throws Error for another. */
export function measuredOf(source: SourceName, name: string): Measured {
  const { measured } = sourceOf(source);
  const found = Object.hasOwn(measured, name) ? measured[name] : undefined;
  if (found === undefined) throw new Error(`${source} has no measure ${name}`);
  return found;
}
