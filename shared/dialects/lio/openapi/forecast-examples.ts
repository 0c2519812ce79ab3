const TIME = "2026-06-15T09:14:32.000Z";

const one = (message: string, data: object) => ({ success: true, message, data });
const page = (message: string, record: object, limit = 10) => ({
  success: true,
  message,
  data: [record],
  total: 1,
  page: 1,
  limit,
});

const SUMS = {
  deal_count: 3,
  total_value: 350.3,
  weighted_value: 191.44,
  best_case: 350.3,
  commit: 200.2,
  won_value: 0,
  overdue_value: 50,
};

const DEAL = {
  deal_id: 88,
  title: "Licence",
  value: 500,
  probability: 0.2,
  weighted_value: 100,
  expected_close_date: "2026-05-26",
};

const RISK = {
  risk_score: 40,
  risk_level: "at_risk",
  reasons: [{ code: "overdue", points: 40, message: "20 days past its close date" }],
};

const FIGURES = {
  deals: 2,
  won: 1,
  lost: 1,
  predicted: 350.03,
  actual: 1000.1,
  error: -650.07,
  accuracy: 0.35,
};

/** Forecasts as they are answered, by the name of their schema. */
export const FORECAST_ANSWERS: Readonly<Record<string, unknown>> = {
  DealForecastAnswer: one("Forecast fetched", {
    ...DEAL,
    factors: [
      { factor: "base", value: 0.25, detail: "Stage Proposal" },
      { factor: "history", value: 1, detail: "No closed deals yet" },
      { factor: "age", value: 1, detail: "3 of 30 days" },
      { factor: "overdue", value: 0.8, detail: "20 days" },
    ],
    ...RISK,
    trend: { direction: "down", change: -0.05, since: "2026-06-01T00:00:00.000Z" },
    computed_at: TIME,
  }),
  ForecastPage: page("Forecasts fetched", {
    id: 512,
    deal_id: 88,
    reason: "value_changed",
    stage_id: 11,
    stage_name: "Proposal",
    probability: 0.25,
    value: 1000.1,
    weighted_value: 250.03,
    expected_close_date: "2026-07-01",
    computed_at: TIME,
  }, 30),
  PipelineForecastAnswer: one("Forecast fetched", {
    period: "monthly",
    pipeline_id: 2,
    currency: "USD",
    periods: [{
      period: "2026-06",
      start_date: "2026-06-01",
      end_date: "2026-06-30",
      ...SUMS,
    }],
    totals: SUMS,
    beyond: { deal_count: 0, total_value: 0, weighted_value: 0 },
    other_currencies: [],
  }),
  ContributorPage: {
    ...page("Contributors fetched", {
      deal_id: 88,
      title: "Licence",
      lead_id: 80231,
      assigned_to: 142,
      stage_id: 11,
      stage_name: "Proposal",
      value: 500,
      probability: 0.2,
      weighted_value: 100,
      share: 1,
      expected_close_date: "2026-05-26",
    }),
    summary: { total_value: 500, weighted_value: 100 },
  },
  DealAtRiskPage: page("Deals at risk fetched", {
    deal_id: 88,
    title: "Licence",
    lead_id: 80231,
    pipeline_id: 2,
    stage_id: 11,
    stage_name: "Proposal",
    assigned_to: 142,
    value: 500,
    probability: 0.2,
    weighted_value: 100,
    expected_close_date: "2026-05-26",
    days_overdue: 20,
    days_in_stage: 3,
    ...RISK,
  }),
  ForecastAccuracyAnswer: one("Accuracy fetched", {
    months: [{ month: "2026-06", ...FIGURES }],
    overall: { ...FIGURES, brier: 0.3125 },
  }),
};
