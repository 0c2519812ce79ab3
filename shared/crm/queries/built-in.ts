import type { ParameterName, QueryParameters } from "./parameter-facts.ts";
import { MOST_ROWS, type Query, type QueryFilter } from "./query.ts";
import type { SourceName } from "./sources.ts";

/** How the result of a query is shown. */
export const WIDGET_TYPES = ["number", "bar", "line", "pie", "table", "funnel"] as const;
export type WidgetType = (typeof WIDGET_TYPES)[number];

/** A query that everybody has. */
export interface BuiltInQuery {
  name: string;
  description: string;
  /** What it is made of; null: as the query says that it is given. */
  source: SourceName | null;
  parameters: readonly ParameterName[];
  /** Those that have to be given. */
  required: readonly ParameterName[];
  widgets: readonly WidgetType[];
  query(given: QueryParameters): Query;
}

const DATES = ["start_date", "end_date"] as const;
const GROUPED = WIDGET_TYPES.filter((type) => type !== "number");

/** A built-in query on records that have a time between the dates that it is given. */
function dated(
  time: string,
  { more = [], ...facts }:
    & Pick<BuiltInQuery, "name" | "description">
    & { source: SourceName; more?: readonly ParameterName[]; widgets?: readonly WidgetType[] },
  rest: (given: QueryParameters) => Pick<Query, "measure" | "dimension" | "filters" | "order">,
): BuiltInQuery {
  return {
    widgets: GROUPED,
    ...facts,
    parameters: [...DATES, ...more],
    required: [],
    query: (given) => {
      const { filters = [], ...query } = rest(given);
      return {
        source: facts.source,
        ...query,
        filters: [...within(time, given), ...filters],
        limit: MOST_ROWS,
      };
    },
  };
}

function within(field: string, { start_date, end_date }: QueryParameters): QueryFilter[] {
  return [
    ...(start_date === undefined ? [] : [{ field, op: "gte" as const, value: start_date }]),
    ...(end_date === undefined ? [] : [{ field, op: "lte" as const, value: end_date }]),
  ];
}

const COUNT = { fn: "count" } as const;
const VALUE = { fn: "sum", field: "value" } as const;
const WON: QueryFilter = { field: "status", op: "eq", value: "won" };

/** The built-in queries by their ids (decisions: 16). */
export const BUILT_IN = {
  leads_by_status: dated("created_at", {
    name: "Leads by status",
    description: "How many leads have each status.",
    source: "leads",
  }, () => ({ measure: COUNT, dimension: { field: "status" } })),
  leads_by_source: dated("created_at", {
    name: "Leads by source",
    description: "How many leads came from each source.",
    source: "leads",
  }, () => ({ measure: COUNT, dimension: { field: "lead_source" } })),
  leads_over_time: dated("created_at", {
    name: "Leads over time",
    description: "How many leads were made in each day, week or month.",
    source: "leads",
    more: ["interval"],
  }, ({ interval }) => ({ measure: COUNT, dimension: { field: "created_at", interval } })),
  deals_by_stage: dated("created_at", {
    name: "Deals by stage",
    description: "How many deals are at each stage, of a pipeline or of all.",
    source: "deals",
    more: ["pipeline_id"],
  }, ({ pipeline_id: value }) => ({
    measure: COUNT,
    dimension: { field: "stage" },
    filters: value === undefined ? [] : [{ field: "pipeline_id", op: "eq", value }],
  })),
  pipeline_value: dated("created_at", {
    name: "Pipeline value",
    description: "What the open deals are worth.",
    source: "deals",
    widgets: ["number", "table"],
  }, () => ({ measure: VALUE, filters: [{ field: "status", op: "eq", value: "open" }] })),
  won_over_time: dated("closed_at", {
    name: "Won over time",
    description: "What the deals are worth that were won in each day, week or month.",
    source: "deals",
    more: ["interval"],
  }, ({ interval }) => ({
    measure: VALUE,
    dimension: { field: "closed_at", interval },
    filters: [WON],
  })),
  top_owners: dated("closed_at", {
    name: "Top owners",
    description: "What the deals are worth that each user has won.",
    source: "deals",
  }, () => ({
    measure: VALUE,
    dimension: { field: "assigned_to" },
    filters: [WON, { field: "assigned_to", op: "is_null", value: false }],
  })),
  signals_by_type: dated("occurred_at", {
    name: "Signals by type",
    description: "How many signals of each type there are.",
    source: "signals",
  }, () => ({ measure: COUNT, dimension: { field: "signal_type" } })),
  custom: {
    name: "Custom query",
    description: "What a query counts that is given.",
    source: null,
    parameters: ["query"],
    required: ["query"],
    widgets: WIDGET_TYPES,
    query({ query }: QueryParameters): Query {
      if (query === undefined) throw new TypeError("no query is given");
      return query;
    },
  },
} as const satisfies Readonly<Record<string, BuiltInQuery>>;

export type QueryId = keyof typeof BUILT_IN;

/** The ids of all built-in queries. */
export const QUERY_IDS = Object.keys(BUILT_IN) as [QueryId, ...QueryId[]];

/** The built-in query with an id, if there is one. */
export function builtIn(id: string): BuiltInQuery | undefined {
  return QUERY_IDS.includes(id as QueryId) ? BUILT_IN[id as QueryId] : undefined;
}
