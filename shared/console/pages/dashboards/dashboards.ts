import { lio, type Query } from "../../api.ts";

/** What there is now, and what happened in a period. */
export interface Overview {
  period: { start_date: string; end_date: string };
  leads: {
    total: number;
    new: number;
    by_status: readonly { status_text: string | null; count: number }[];
    by_source: readonly { lead_source_text: string | null; count: number }[];
  };
  deals: {
    open_count: number;
    open_value: number;
    weighted_value: number;
    won_count: number;
    won_value: number;
    lost_count: number;
    win_rate: number | null;
  };
  contacts: { total: number; new: number };
  companies: { total: number; new: number };
  meetings: { scheduled: number; held: number };
  follow_ups: { due_today: number; overdue: number };
  hot_leads: number;
}

/** How sales went in a period. */
export interface Stats {
  conversion_rate: number | null;
  average_deal_value: number | null;
  average_sales_cycle_days: number | null;
  win_rate: number | null;
  leads_per_day: readonly { date: string; count: number }[];
  by_owner: readonly {
    user_id: number | null;
    name: string | null;
    leads: number;
    open_value: number;
    won_value: number;
  }[];
  previous: { leads: number; won_value: number };
}

/** How old leads are that are still worked. */
export interface Aging {
  buckets: readonly { bucket: string; count: number; estimated_value: number }[];
  total: number;
  stale: number;
}

/** A company with deals. */
export interface Account {
  company_id: number;
  company_name: string;
  open_value: number;
  won_value: number;
  deal_count: number;
  lead_count: number;
}

const read = async <T>(path: string, query: Query, signal: AbortSignal): Promise<T> =>
  (await lio.get<{ data: T }>(`dashboard/${path}`, query, signal)).data;

/** What there is now, and what happened in a period. */
export function overviewOf(period: Query, signal: AbortSignal): Promise<Overview> {
  return read("overview", period, signal);
}

/** How sales went in a period. */
export function statsOf(period: Query, signal: AbortSignal): Promise<Stats> {
  return read("stats", period, signal);
}

/** How old leads are that are still worked. */
export function agingOfLeads(signal: AbortSignal): Promise<Aging> {
  return read("lead-aging", {}, signal);
}

/** The companies whose deals are worth most. */
export function topAccounts(limit: number, signal: AbortSignal): Promise<readonly Account[]> {
  return read("top-accounts", { limit }, signal);
}
