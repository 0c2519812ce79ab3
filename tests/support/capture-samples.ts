import { ENRICHMENT_SAMPLES } from "./enrichment-samples.ts";
import type { Sample } from "./sample.ts";

/** Rows of what is told of leads' interest, and to whom, and of exports, in the order of their links. */
export const CAPTURE_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.intent_signals": (_, own) => ({
    lead_id: own["crm.leads"],
    signal_type: "demo_requested",
    points: 30,
    occurred_at: "2026-03-28T09:15:00Z",
  }),
  "crm.intent_alerts": (_, own) => ({
    lead_id: own["crm.leads"],
    signal_id: own["crm.intent_signals"],
    message: "Jane asked for a demo",
    occurred_at: "2026-03-28T09:15:00Z",
    acknowledged_by: own["crm.users"],
  }),
  "crm.notifications": (_, own) => ({
    user_id: own["crm.users"],
    type: "hot_lead",
    title: "Jane asked for a demo",
  }),
  "crm.import_jobs": (_, own) => ({
    type: "hubspot_import",
    created_by: own["crm.users"],
    file_name: "leads.csv",
    options: {},
    status: "completed",
    total_rows: 1,
    processed_rows: 1,
    created_rows: 1,
    updated_rows: 0,
    skipped_rows: 0,
    failed_rows: 0,
    errors: [],
  }),
  ...ENRICHMENT_SAMPLES,
  "crm.exports": (_, own) => ({
    created_by: own["crm.users"],
    export_type: "leads",
    filters: {},
    status: "completed",
    custom_keys: [],
    written: 0,
    row_count: 0,
  }),
};
