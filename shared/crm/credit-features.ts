/** What costs credits, and how many each time (decisions of LIO: 19). */
export const CREDIT_FEATURES = {
  magicpen: { name: "Magic pen", credits: 1 },
  email_generator: { name: "Email generator", credits: 2 },
  ai_email: { name: "AI email drafts", credits: 2 },
  ai_dashboard: { name: "AI dashboards", credits: 10 },
  meeting_summary: { name: "Meeting summaries", credits: 5 },
  enrichment: { name: "Enrichment", credits: 1 },
} as const;

export type CreditFeature = keyof typeof CREDIT_FEATURES;

/** The names of all of them. */
export const CREDIT_FEATURE_NAMES = Object.keys(CREDIT_FEATURES) as [
  CreditFeature,
  ...CreditFeature[],
];
