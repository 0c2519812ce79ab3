/** Where the trigger of an automation, a rule or an action keeps what it is made of. */
export interface Part {
  type: string;
  readonly [name: string]: unknown;
}

/** A rule of conditions. */
export interface Rule {
  field: string;
  operator: string;
  value?: unknown;
}

/** An automation, as LeadHub answers it. */
export interface Automation {
  id: number;
  name: string;
  is_active: boolean;
  trigger: Part;
  conditions: { match: "all" | "any"; rules: readonly Rule[] } | null;
  actions: readonly Part[];
  runs_count: number;
  last_run_at: string | null;
  created_at: string;
  updated_at: string;
}

/** What one action did in a run. */
export interface Step {
  type: string;
  status: "pending" | "succeeded" | "failed";
  error: string | null;
  attempts: number;
  finished_at: string | null;
}

/** What an automation did because of one event. */
export interface Run {
  id: number;
  lead_id: number | null;
  event_type: string;
  status: "queued" | "running" | "waiting" | "succeeded" | "failed" | "skipped";
  reason: string | null;
  steps: readonly Step[];
  started_at: string | null;
  finished_at: string | null;
}

/** A page of a list of LeadHub's. */
export interface ListPage<T> {
  data: readonly T[];
  meta: { current_page: number; last_page: number; total: number };
}
