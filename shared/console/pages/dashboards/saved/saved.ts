import { lio, type LioPage } from "../../../api.ts";
import { ApiError } from "../../../api-error.ts";
import { newKey } from "../../../once.ts";
import { isChangedSince } from "./changed.ts";

/** How a figure is shown. */
export type WidgetType = "number" | "bar" | "line" | "pie" | "table" | "funnel";

/** What a figure tells: a query that everybody has by its `query_id`, or one of the dashboard's own. */
export interface WidgetQuery {
  query_id?: string;
  parameters?: Readonly<Record<string, unknown>>;
  source?: string;
  measure?: { fn: string; field?: string };
  dimension?: { field: string; interval?: string };
  filters?: readonly { field: string; op: string; value?: unknown }[];
  /** Without it the greatest values come first, and days as they follow each other. */
  order?: unknown;
}

/** A figure of a dashboard. */
export interface Widget {
  id: string;
  type: WidgetType;
  title: string;
  query: WidgetQuery;
}

export type Scope = "personal" | "team" | "workspace";

/** A dashboard that somebody made. */
export interface Dashboard {
  id: number;
  dashboard_id: string;
  name: string;
  scope: Scope;
  definition: { widgets: readonly Widget[] };
  /** One more with each change. */
  revision: number;
  is_owner: boolean;
  updated_at: string;
}

/** A query that everybody has. */
export interface BuiltIn {
  query_id: string;
  name: string;
  description: string;
  parameters: readonly {
    name: string;
    type: "date" | "text" | "number" | "object";
    default: string | null;
    options: readonly string[] | null;
  }[];
  widget_types: readonly WidgetType[];
}

/** What a query found. */
export interface Result {
  columns: readonly { name: "dimension" | "value"; type: "text" | "number" | "date" }[];
  rows: readonly { dimension?: string | number | null; value: number | null }[];
  value?: number | null;
}

const MOST = 100;
const MOST_PAGES = 10;

/** A page of the dashboards that one sees, by their names. */
export function dashboardPage(
  page: number,
  limit: number,
  signal?: AbortSignal,
): Promise<LioPage<Dashboard>> {
  return lio.get("dashboards", { page, limit, order_by: "name", order_in: "ASC" }, signal);
}

/** The dashboard that is called so in addresses; undefined where one sees none. */
export async function dashboardNamed(
  name: string,
  signal?: AbortSignal,
): Promise<Dashboard | undefined> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data, total } = await dashboardPage(page, MOST, signal);
    const found = data.find(({ dashboard_id }) => dashboard_id === name);
    if (found !== undefined || page * MOST >= total) return found;
  }
  return undefined;
}

/** Makes a dashboard; with the same key once. */
export async function makeDashboard(given: object, idempotencyKey: string): Promise<Dashboard> {
  const { data } = await lio.post<{ data: Dashboard }>("dashboards", given, { idempotencyKey });
  return data;
}

const MOST_TRIES = 5;

/**
 * Changes a dashboard as it is now, which others may have changed since it was read: `change` tells what to set,
 * and throws `changedSince` where that would take back what they did. Tried again when somebody is faster.
 */
export async function changeDashboard(
  { dashboard_id }: Dashboard,
  change: (now: Dashboard) => object,
): Promise<void> {
  for (let left = MOST_TRIES; left > 0; left--) {
    const now = await dashboardNamed(dashboard_id);
    if (now === undefined) throw new ApiError(404, "not_found", "The dashboard is there no more.");
    const given = { ...change(now), if_revision: now.revision };
    try {
      await lio.put(`dashboards/${now.id}`, given, { idempotencyKey: newKey() });
      return;
    } catch (error) {
      if (left === 1 || !isChangedSince(error)) throw error;
    }
  }
}

/** Changes the figures of a dashboard, like {@link changeDashboard}. */
export async function changeWidgets(
  dashboard: Dashboard,
  change: (widgets: readonly Widget[]) => readonly Widget[],
): Promise<void> {
  await changeDashboard(dashboard, ({ definition }) => ({
    definition: { ...definition, widgets: change(definition.widgets) },
  }));
}

/** Deletes a dashboard. */
export async function deleteDashboard(id: number): Promise<void> {
  await lio.delete(`dashboards/${id}`);
}

/** The queries that everybody has. */
export async function builtIns(signal: AbortSignal): Promise<readonly BuiltIn[]> {
  const { data } = await lio.get<{ data: BuiltIn[] }>("queries", { limit: MOST }, signal);
  return data.filter(({ query_id }) => query_id !== "custom");
}

/** The only currency whose amounts figures add up. */
export const CURRENCY = "USD";
const OF_MONEY = new Set(["pipeline_value", "won_over_time", "top_owners"]);

/** The currency of what a query measures; null of what are no amounts of deals. */
export function currencyOf({ query_id, source, measure }: WidgetQuery): string | null {
  const isMoney = query_id === undefined
    ? source === "deals" && measure?.field !== undefined
    : OF_MONEY.has(query_id);
  return isMoney ? CURRENCY : null;
}

/** What a figure tells now. */
export async function resultOf({ type, query }: Widget, signal: AbortSignal): Promise<Result> {
  const { query_id: id = "custom" } = query;
  const parameters = query.query_id === undefined ? { query } : query.parameters ?? {};
  const widgetType = type === "number" ? type : "table";
  const { data } = await lio.post<{ data: Result }>(
    `queries/${encodeURIComponent(id)}/execute`,
    { parameters, widgetType },
    { signal },
  );
  return data;
}
