import type { Sample } from "./sample.ts";

/** Rows of the tables that came with the CRM HTTP API and the feed, in the order of their links. */
export const CRM_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.company_memberships": (_, own) => ({
    contact_id: own["crm.contacts"],
    company_id: own["crm.companies"],
    role: "CTO",
    started_at: "2020-01-01T00:00:00Z",
    ended_at: "2021-01-01T00:00:00Z",
  }),
  "crm.stage_changes": (_, own) => ({
    deal_id: own["crm.deals"],
    from_stage_id: own["crm.stages"],
    to_stage_id: own["crm.stages"],
    user_id: own["crm.users"],
  }),
  "crm.marketing_lists": () => ({ name: "Spring" }),
  "crm.marketing_list_members": (_, own) => ({
    list_id: own["crm.marketing_lists"],
    contact_id: own["crm.contacts"],
  }),
  "crm.contact_addresses": (_, own) => ({
    contact_id: own["crm.contacts"],
    email: "old@acme.com",
  }),
  "crm.contact_merges": (_, own) => ({
    keep_id: own["crm.contacts"],
    merged_id: own["crm.leads"],
    moved: {},
    undo_until: "2999-01-01T00:00:00Z",
  }),
  "crm.event_horizons": () => ({ xid: "3", sequence: 1 }),
  "crm.deal_totals": (_, own) => ({
    outcome: "lost",
    stage: own["crm.stages"],
    closed_on: "2026-01-01",
    currency: "EUR",
    slot: 0,
    deals: 1,
    valued: 1,
    value: 1,
    weighted: 1,
    unweighted: 0,
  }),
  "crm.dashboards": (_, own) => ({
    dashboard_id: "sales",
    name: "Sales",
    user_id: own["crm.users"],
  }),
  "crm.stage_outcomes": (_, own) => ({
    pipeline_id: own["crm.pipelines"],
    stage: own["crm.stages"],
    closed_on: "2026-01-01",
    outcome: "lost",
    slot: 0,
    deals: 1,
  }),
  "crm.open_forecasts": () => ({
    changes: 1,
    sums: [],
    computed_at: "2026-01-01T00:00:00Z",
    until: "2026-01-02T00:00:00Z",
  }),
  "crm.deal_snapshots": (_, own) => ({
    deal_id: own["crm.deals"],
    reason: "daily",
    stage: own["crm.stages"],
    stage_name: "Lead",
    probability: 0.1,
    value: 10,
    weighted_value: 1,
  }),
};
