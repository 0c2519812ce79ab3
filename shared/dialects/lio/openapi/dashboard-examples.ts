const QUERY = {
  query_id: "leads_by_status",
  name: "Leads by status",
  description: "How many leads have each status.",
  source: "leads",
  parameters: [
    { name: "start_date", type: "date", required: false, default: null, options: null },
    { name: "end_date", type: "date", required: false, default: null, options: null },
  ],
  widget_types: ["bar", "line", "pie", "table", "funnel"],
};

const DEFINITION = {
  version: 1,
  widgets: [
    {
      id: "status",
      type: "pie",
      title: "Leads by status",
      query: { query_id: "leads_by_status", parameters: { start_date: "2026-01-01" } },
      layout: { x: 0, y: 0, w: 6, h: 4 },
    },
    {
      id: "value",
      type: "number",
      title: "Value of large open deals",
      query: {
        source: "deals",
        measure: { fn: "sum", field: "value" },
        filters: [
          { field: "status", op: "eq", value: "open" },
          { field: "value", op: "gte", value: 10000 },
        ],
      },
    },
  ],
};

const DASHBOARD = {
  id: 9,
  dashboard_id: "sales",
  name: "Sales",
  scope: "team",
  definition: DEFINITION,
  revision: 3,
  owner_id: 142,
  is_owner: true,
  created_at: "2026-06-15T09:14:32.000Z",
  updated_at: "2026-06-15T09:14:32.000Z",
};

const PERIOD = { start_date: "2026-05-17", end_date: "2026-06-15" };

const OVERVIEW = {
  period: PERIOD,
  leads: {
    total: 120,
    new: 14,
    by_status: [
      { status: 1, status_text: "New", count: 80 },
      { status: 3, status_text: "Qualified", count: 40 },
    ],
    by_source: [
      { lead_source: 1, lead_source_text: "Website", count: 100 },
      { lead_source: null, lead_source_text: null, count: 20 },
    ],
  },
  deals: {
    open_count: 12,
    open_value: 48_000.5,
    weighted_value: 17_250.13,
    won_count: 3,
    won_value: 9_000,
    lost_count: 1,
    win_rate: 0.75,
  },
  contacts: { total: 240, new: 9 },
  companies: { total: 61, new: 2 },
  meetings: { scheduled: 4, held: 7 },
  follow_ups: { due_today: 2, overdue: 1 },
  hot_leads: 5,
};

const STATS = {
  period: PERIOD,
  conversion_rate: 0.2143,
  average_deal_value: 3_000,
  average_sales_cycle_days: 41.5,
  win_rate: 0.75,
  leads_per_day: [{ date: "2026-05-17", count: 1 }, { date: "2026-05-18", count: 0 }],
  by_owner: [{ user_id: 142, name: "Rita Rep", leads: 6, open_value: 20_000, won_value: 9_000 }],
  previous: { leads: 11, won_value: 4_500 },
};

const AGING = {
  buckets: [
    { bucket: "0-7", from_days: 0, to_days: 7, count: 14, estimated_value: 12_000 },
    { bucket: "90+", from_days: 91, to_days: null, count: 3, estimated_value: 0 },
  ],
  total: 17,
  stale: 2,
};

const ACCOUNT = {
  company_id: 17,
  company_name: "Globex",
  open_value: 20_000,
  won_value: 9_000,
  deal_count: 4,
  lead_count: 2,
};

const one = (message: string, data: object) => ({ success: true, message, data });

/** Dashboards and queries as they are answered, by the name of their schema. */
export const DASHBOARD_ANSWERS: Readonly<Record<string, unknown>> = {
  OverviewAnswer: one("Overview fetched", OVERVIEW),
  SalesStatsAnswer: one("Statistics fetched", STATS),
  LeadAgingAnswer: one("Lead aging fetched", AGING),
  TopAccountPage: {
    success: true,
    message: "Top accounts fetched",
    data: [ACCOUNT],
    total: 1,
    page: 1,
    limit: 10,
  },
  DashboardPage: {
    success: true,
    message: "Dashboards fetched",
    data: [DASHBOARD],
    total: 1,
    page: 1,
    limit: 10,
  },
  BuiltInQueryPage: {
    success: true,
    message: "Queries fetched",
    data: [QUERY],
    total: 9,
    page: 1,
    limit: 1,
  },
  QueryResultAnswer: {
    success: true,
    message: "Query executed",
    data: {
      query_id: "leads_by_status",
      widget_type: "bar",
      columns: [{ name: "dimension", type: "text" }, { name: "value", type: "number" }],
      rows: [{ dimension: "New", value: 5 }],
      row_count: 1,
    },
  },
};

/** Bodies about dashboards and queries, by the name of their schema less `Body`. */
export const DASHBOARD_BODIES: Readonly<Record<string, unknown>> = {
  CreateDashboard: {
    dashboard_id: "sales",
    name: "Sales",
    scope: "team",
    definition: DEFINITION,
  },
  UpdateDashboard: { name: "Sales in Berlin", scope: "personal" },
  ExecuteQuery: {
    parameters: { start_date: "2026-01-01", end_date: "2026-12-31" },
    widgetType: "bar",
  },
};
