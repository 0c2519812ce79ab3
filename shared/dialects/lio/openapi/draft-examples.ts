const TIME = "2026-06-15T09:14:32.000Z";

const DRAFT = {
  id: 4,
  lead_id: 80231,
  subject: "For you",
  body: "<p>Dear Jane</p>",
  persona: "professional",
  status: "draft",
  created_by: 142,
  approved_by: null,
  approved_at: null,
  sent_at: null,
  message_id: null,
  created_at: TIME,
};

/** Drafts of emails as they are answered, by the name of their schema. */
export const DRAFT_ANSWERS: Readonly<Record<string, unknown>> = {
  AccountMailingAnswer: {
    success: true,
    message: "Emails sent",
    data: {
      sent: 1,
      failed: 0,
      skipped: 1,
      results: [
        {
          contact_id: 31,
          email: "hank@globex.com",
          status: "sent",
          message_id: "<01890a5d-ac96-774b-bcce-b302099a8057@example.com>",
          reason: null,
        },
        { contact_id: 32, email: null, status: "skipped", message_id: null, reason: "no_email" },
      ],
    },
  },
  DraftsBegunAnswer: {
    success: true,
    message: "Drafting started",
    data: { job_id: 7, total: 2, queued: 1, skipped: [{ lead_id: 999, reason: "not_found" }] },
  },
  DraftPage: {
    success: true,
    message: "Drafts fetched",
    data: [DRAFT],
    total: 1,
    page: 1,
    limit: 10,
  },
};

/** Bodies about drafts of emails, by the name of their schema less `Body`. */
export const DRAFT_BODIES: Readonly<Record<string, unknown>> = {
  GenerateDraft: { persona: "friendly" },
  GenerateDrafts: { lead_ids: [80231], persona: "friendly" },
  SendDraft: { config_id: 9 },
  MailTargetAccount: {
    subject: "For {{first_name}}",
    body: "<p>Dear {{name}},</p><p>shall we talk about {{company}}?</p>",
    contact_ids: [31],
    config_id: 9,
  },
  ApproveDraft: { subject: "For you, Jane", body: "<p>Dear Jane,</p><p>shall we talk?</p>" },
};
