const TIME = "2026-06-15T09:14:32.000Z";

const page = (message: string, data: object[]) => ({
  success: true,
  message,
  data,
  total: data.length,
  page: 1,
  limit: 10,
});

const property = (name: string, label: string) => ({
  name,
  label,
  type: "string",
  field_type: "text",
  read_only: false,
});

/** Answers about other services, by the name of their schema. */
export const APP_ANSWERS: Readonly<Record<string, unknown>> = {
  ConnectedAppPage: {
    ...page("Connected apps fetched", [{
      provider: "hubspot",
      name: "HubSpot",
      status: "connected",
      scope: "organization",
      connected_at: TIME,
      last_error: null,
    }]),
    total: 5,
  },
  HubspotProperties: {
    success: true,
    message: "HubSpot properties fetched",
    data: { contacts: [property("email", "Email")], companies: [property("name", "Company name")] },
  },
  HubspotImportAnswer: {
    success: true,
    message: "HubSpot import fetched",
    data: {
      id: 7,
      status: "completed",
      total: 230,
      processed: 230,
      created: 212,
      updated: 5,
      skipped: 12,
      failed: 1,
      errors: [{ hubspot_id: "51", message: "email: Must be an email address." }],
      created_at: TIME,
      finished_at: "2026-06-15T09:14:41.000Z",
    },
  },
  SlackChannelPage: page("Slack channels fetched", [{
    id: "C012AB3CD",
    name: "general",
    is_private: false,
    is_member: true,
    num_members: 4,
  }]),
  TestNotificationAnswer: {
    success: true,
    message: "Test notification sent",
    data: { channel: "C012AB3CD", ts: "1503435956.000247", event_type: "hot_lead" },
  },
};

/** Bodies for other services, by the name of their schema less `Body`. */
export const APP_BODIES: Readonly<Record<string, unknown>> = {
  ImportFromHubspot: {
    mapping: {
      lead: { email: "email", firstname: "first_name", plan: "custom_fields.plan" },
      company: { name: "company_name", domain: "domain" },
    },
    from: "2026-06-01",
    limit: 10_000,
  },
  SendTestNotification: { channel: "C012AB3CD", event_type: "hot_lead" },
};
