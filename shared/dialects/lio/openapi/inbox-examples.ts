const MESSAGE = {
  id: "18c1f2",
  thread_id: "18c1f0",
  from: { name: "Jane Roe", email: "jane@acme.com" },
  to: [{ name: null, email: "rita@acme.com" }],
  subject: "Hello",
  snippet: "About …",
  date: "2026-06-15T09:14:32.000Z",
  is_read: false,
  has_attachments: true,
  folder: "inbox",
  lead_id: 80231,
};

/** Messages of mailboxes as they are answered, by the name of their schema. */
export const INBOX_ANSWERS: Readonly<Record<string, unknown>> = {
  InboxMessagePage: {
    success: true,
    message: "Messages fetched",
    data: [MESSAGE],
    total: 1,
    page: 1,
    limit: 10,
  },
};
