const one = (message: string, data: object) => ({ success: true, message, data });

/** What AI made, and credits, as they are answered, by the name of their schema. */
export const AI_ANSWERS: Readonly<Record<string, unknown>> = {
  EnhancedNoteAnswer: one("Note enhanced", {
    text: "Jane would like 40 seats from May on, and asks for an offer by Friday.",
    credits_used: 1,
    credits_balance: 99,
  }),
  GeneratedEmailAnswer: one("Email generated", {
    subject: "Your offer for 40 seats",
    body: "Dear Jane,\n\nthank you for the talk. Here is the offer.\n\nRita",
    credits_used: 2,
    credits_balance: 97,
  }),
  GeneratedDashboardAnswer: one("Dashboard generated", {
    name: "Leads",
    definition: {
      version: 1,
      widgets: [{
        id: "status",
        type: "pie",
        title: "Leads by status",
        query: { query_id: "leads_by_status" },
      }],
    },
    credits_used: 10,
    credits_balance: 87,
  }),
  MeetingSummaryAnswer: one("Summary generated", {
    meeting_id: 21,
    detail: "brief",
    summary: "Jane liked the demo and wants an offer for 40 seats.",
    action_items: ["Rita sends the offer by Friday."],
    credits_used: 5,
    credits_balance: 82,
  }),
  CreditsAnswer: one("Credits fetched", {
    balance: 82,
    used_this_month: 18,
    transactions: [{
      id: 12,
      amount: -5,
      feature: "meeting_summary",
      balance_after: 82,
      created_at: "2026-06-15T09:14:32.000Z",
    }],
  }),
  CreditFeaturePage: {
    success: true,
    message: "Features fetched",
    data: [{ feature: "magicpen", name: "Magic pen", credits: 1, configured: true }],
    total: 6,
    page: 1,
    limit: 1,
  },
};

/** Bodies of what AI is to make, by the name of their schema less `Body`. */
export const AI_BODIES: Readonly<Record<string, unknown>> = {
  EnhanceNote: {
    noteText: "jane wants 40 seats may, offer fri",
    leadContext: { name: "Jane Roe", company: "Acme Corp" },
  },
  GenerateEmail: {
    prompt: "Thank Jane for the talk and send her the offer for 40 seats.",
    emailSubject: "Your offer",
    leadContext: "Jane Roe of Acme Corp",
  },
  GenerateDashboard: { prompt: "How many leads have each status?" },
  GenerateMeetingSummary: { detail: "brief" },
};
