const TIME = "2026-03-28T09:15:00.123456Z";

/** Automations and their runs as they are answered, by the name of their schema. */
export const AUTOMATION_ANSWERS: Readonly<Record<string, unknown>> = {
  Automation: {
    id: 7,
    name: "Welcome",
    is_active: true,
    trigger: { type: "lead.tag_added", tag: "vip" },
    conditions: {
      match: "all",
      rules: [{ field: "source", operator: "equals", value: "website" }],
    },
    actions: [
      { type: "change_status", status: "qualified" },
      { type: "wait", duration: "PT1H" },
      { type: "send_webhook", integration_id: 4 },
    ],
    runs_count: 0,
    last_run_at: null,
    created_at: TIME,
    updated_at: TIME,
  },
  Run: {
    id: 61,
    automation_id: 7,
    lead_id: 1842,
    event_type: "lead.tag_added",
    status: "waiting",
    reason: null,
    steps: [
      { type: "change_status", status: "succeeded", error: null, attempts: 1, finished_at: TIME },
      { type: "wait", status: "pending", error: null, attempts: 0, finished_at: null },
      { type: "send_webhook", status: "pending", error: null, attempts: 0, finished_at: null },
    ],
    started_at: TIME,
    finished_at: null,
  },
};

/** Bodies of automations that work in any workspace. */
export const AUTOMATION_BODIES: Readonly<Record<string, unknown>> = {
  CreateAutomation: {
    name: "Welcome",
    trigger: { type: "lead.tag_added", tag: "vip" },
    conditions: {
      match: "all",
      rules: [{ field: "source", operator: "equals", value: "website" }],
    },
    actions: [
      { type: "change_status", status: "qualified" },
      { type: "wait", duration: "PT1H" },
      { type: "create_task", title: "Call {{lead.first_name}}", due_in_days: 1 },
    ],
  },
  UpdateAutomation: { is_active: false, conditions: null },
};
