const ACCOUNT = {
  id: 9,
  mailer: "gmail",
  from_address: "rita@example.com",
  from_name: "Rita Rep",
  is_default: true,
  state_id: 1,
  last_error: null,
  user_id: 142,
  created_at: "2026-06-15T09:14:32.000Z",
};

/** Mail accounts and sent messages as they are answered, by the name of their schema. */
export const MAIL_ANSWERS: Readonly<Record<string, unknown>> = {
  MailAccountPage: {
    success: true,
    message: "Mail accounts fetched",
    data: [ACCOUNT],
    total: 1,
    page: 1,
    limit: 10,
  },
  SentMessageAnswer: {
    success: true,
    message: "Message sent",
    data: {
      id: 12,
      message_id: "<01890a5d-ac96-774b-bcce-b302099a8057@example.com>",
      thread_id: "18c1f0",
      status: "sent",
      tracked: true,
      lead_id: 80231,
    },
  },
};

/** Bodies about mail, by the name of their schema less `Body`. */
export const MAIL_BODIES: Readonly<Record<string, unknown>> = {
  CreateMailConfiguration: {
    mailer: "gmail",
    from_address: "sales@example.com",
    from_name: "Rita Rep",
    password: "gmail-access-token",
  },
  SendMessage: {
    config_id: 9,
    to: "jane@example.com",
    subject: "Hello",
    body: '<p>About <a href="https://example.com/offer">the offer</a></p>',
  },
  ReplyToMessage: { config_id: 9, body: "<p>Thank you</p>" },
};
