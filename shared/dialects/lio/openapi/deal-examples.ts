const TIME = "2026-06-15T09:14:32.000Z";

const STAGE = {
  id: 11,
  pipeline_id: 2,
  name: "Proposal",
  color: "#64748B",
  position: 3,
  is_won: false,
  is_lost: false,
  probability: 0.5,
  max_days_in_stage: 30,
  is_protected: false,
};

const PIPELINE = {
  id: 2,
  name: "Sales",
  description: null,
  max_deal_limit: null,
  region: "EMEA",
  state_id: 1,
  is_default: false,
  stages: [STAGE],
  deal_count: 1,
  total_value: 1000.1,
  created_at: TIME,
  updated_at: TIME,
};

const DEAL = {
  id: 88,
  lead_id: 80231,
  pipeline_id: 2,
  pipeline_name: "Sales",
  stage_id: 11,
  stage_name: "Proposal",
  title: "Licence",
  value: 1000.1,
  currency: "USD",
  status: "open",
  probability: 0.25,
  weighted_value: 250.03,
  expected_close_date: "2026-07-01",
  priority: 2,
  description: null,
  assigned_to: 142,
  company_id: 17,
  contact_id: null,
  stage_changed_at: TIME,
  closed_at: null,
  created_at: TIME,
  updated_at: TIME,
};

const page = (message: string, record: object, limit = 10) => ({
  success: true,
  message,
  data: [record],
  total: 1,
  page: 1,
  limit,
});

/** Pipelines and deals as they are answered, by the name of their schema. */
export const DEAL_ANSWERS: Readonly<Record<string, unknown>> = {
  PipelinePage: page("Pipelines fetched", PIPELINE),
  StagePage: page("Stages fetched", STAGE, 1),
  DealPage: page("Deals fetched", DEAL),
};

/** Bodies about pipelines and deals, by the name of their schema less `Body`. */
export const DEAL_BODIES: Readonly<Record<string, unknown>> = {
  CreatePipeline: {
    name: "Partners",
    region: "EMEA",
    stages: [
      { name: "Talks", probability: 0.2, max_days_in_stage: 14 },
      { name: "Contract", probability: 0.6 },
      { name: "Signed", is_won: true, color: "#16A34A" },
      { name: "Lost", is_lost: true, color: "#DC2626" },
    ],
  },
  UpdatePipeline: { description: "Deals of our partners", max_deal_limit: 250000 },
  DeletePipelines: { ids: [3] },
  CreateDeal: {
    lead_id: 80231,
    pipeline_id: 2,
    stage_id: 11,
    title: "Licence",
    value: 1000.1,
    expected_close_date: "2030-07-01",
  },
  UpdateDeal: { value: 1200, priority: 3 },
  DeleteDeals: { ids: [88] },
};
