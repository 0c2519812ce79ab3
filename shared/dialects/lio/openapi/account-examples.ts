const TIME = "2026-06-15T09:14:32.000Z";

const ACCOUNT = {
  id: 7,
  company_id: 17,
  company_name: "Globex",
  owner_id: 142,
  owner_name: "Rita Rep",
  tier: 1,
  status: "active",
  icp_fit_score: 85,
  estimated_decision_makers: 4,
  engagement_score: 62,
  health: "hot",
  contact_count: 2,
  decision_maker_count: 1,
  coverage: 0.25,
  open_deal_value: 1000.1,
  last_engaged_at: TIME,
  created_at: TIME,
  updated_at: TIME,
};

const STEP = {
  id: 12,
  target_account_id: 7,
  step: 1,
  contact_id: 31,
  channel: "call",
  scheduled_at: "2030-07-01T09:00:00.000Z",
  assigned_to: 142,
  notes: "Ask for the budget of next year.",
  status: "planned",
  created_at: TIME,
};

const page = (message: string, record: object) => ({
  success: true,
  message,
  data: [record],
  total: 1,
  page: 1,
  limit: 10,
});

/** Target accounts as they are answered, by the name of their schema. */
export const ACCOUNT_ANSWERS: Readonly<Record<string, unknown>> = {
  AccountPage: page("Target accounts fetched", ACCOUNT),
  OutreachStepPage: page("Outreach steps fetched", STEP),
};

/** Bodies about target accounts, by the name of their schema less `Body`. */
export const ACCOUNT_BODIES: Readonly<Record<string, unknown>> = {
  CreateTargetAccount: {
    company_id: 17,
    tier: 1,
    estimated_decision_makers: 4,
    icp_fit_score: 85,
  },
  UpdateTargetAccount: { tier: 2, status: "paused" },
  CreateAccountContact: { contact_id: 32, stakeholder_role: "champion" },
  CreateOutreachStep: {
    contact_id: 31,
    channel: "call",
    scheduled_at: "2030-07-01T09:00:00Z",
    notes: "Ask for the budget of next year.",
  },
};
