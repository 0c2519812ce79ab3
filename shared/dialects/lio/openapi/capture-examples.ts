const TIME = "2026-06-15T09:14:32.000Z";

const PAGE = { total: 1, page: 1, limit: 10 };

/** Answers of what is captured, scored and told, by the name of their schema. */
export const CAPTURE_ANSWERS: Readonly<Record<string, unknown>> = {
  AlertPage: {
    success: true,
    message: "Alerts fetched",
    data: [{
      id: 5,
      lead_id: 80231,
      lead_name: "Jane Roe",
      signal_id: 12,
      signal_type: "demo_requested",
      signal_detail: null,
      message: "Jane Roe asked for a demo",
      assigned_to: 142,
      is_acknowledged: false,
      acknowledged_by: null,
      acknowledged_at: null,
      occurred_at: TIME,
      created_at: TIME,
    }],
    ...PAGE,
  },
  HotLeadPage: {
    success: true,
    message: "Hot leads fetched",
    data: [{
      lead_id: 80231,
      name: "Jane Roe",
      company: "Acme Corp",
      score: 60,
      intent_score: 30,
      signal_count: 1,
      last_signal_type: "demo_requested",
      last_signal_at: TIME,
      assigned_to: 142,
    }],
    ...PAGE,
  },
  NotificationPage: {
    success: true,
    message: "Notifications fetched",
    data: [{
      id: 9,
      type_id: 2,
      type: "hot_lead",
      title: "Jane Roe asked for a demo",
      body: null,
      is_read: false,
      read_at: null,
      subject_type: "lead",
      subject_id: 80231,
      created_at: TIME,
    }],
    ...PAGE,
    unread: 1,
  },
  FeedItemPage: {
    success: true,
    message: "Feed fetched",
    data: [{
      id: 3,
      model_type: "lead",
      model_id: 80231,
      event: "status_changed",
      title: "Status: New → Qualified",
      changes: { status: { from: 1, to: 3 } },
      user_id: 142,
      user_name: "Rita Rep",
      created_at: TIME,
    }],
    ...PAGE,
  },
};

/** Bodies that work in any workspace that has what they name, by the name of their schema less `Body`. */
export const CAPTURE_BODIES: Readonly<Record<string, unknown>> = {
  LogIntentSignal: { lead_id: 80231, signal_type: "demo_requested", source: "website" },
  LogSignalOfLead: {
    lead_id: 80231,
    signal_type: "manual",
    signal_detail: { points: 20, note: "Met at the fair." },
  },
  ReadNotifications: { ids: [9] },
  CaptureLead: {
    email: "jane@acme.com",
    first_name: "Jane",
    company: "Acme Corp",
    lead_source: 1,
    merge: 1,
  },
  SubmitWebForm: { email: "jane@acme.com", first_name: "Jane" },
};
