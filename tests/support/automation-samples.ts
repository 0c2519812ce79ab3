import type { Sample } from "./sample.ts";

/** Rows of automations and what they did, in the order of their links. */
export const AUTOMATION_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.automations": () => ({
    name: "Welcome",
    is_active: true,
    trigger: { type: "lead.created" },
    actions: [{ type: "add_tag", tag: "new" }],
  }),
  "crm.automation_turns": (_, own) => ({ automation_id: own["crm.automations"], place: 0 }),
  "crm.automation_runs": (_, own) => ({
    automation_id: own["crm.automations"],
    lead_id: own["crm.leads"],
    lead_number: 1,
    event_type: "lead.created",
    chain: [own["crm.automations"]],
    status: "failed",
    steps: [{ action: { type: "add_tag", tag: "new" }, status: "failed", attempts: 1 }],
    place: 0,
  }),
  "crm.forgotten_runs": (_, own) => ({
    automation_id: own["crm.automations"],
    runs: 3,
    last_run_at: "2026-01-01T00:00:00Z",
  }),
  "crm.inactivity_scans": (_, own) => ({
    automation_id: own["crm.automations"],
    days: 30,
    lead_at: "-infinity",
    lead_id: own["crm.leads"],
    activity_at: "2026-01-01T00:00:00Z",
    activity_id: own["crm.activities"],
    next_at: "2999-01-01T00:00:00Z",
  }),
};
