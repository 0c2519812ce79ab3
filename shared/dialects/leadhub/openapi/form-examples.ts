const TIME = "2026-03-28T09:15:00.123456Z";

/** Forms and what was submitted by them, by the name of their schema. */
export const FORM_ANSWERS: Readonly<Record<string, unknown>> = {
  Form: {
    id: 3,
    name: "Contact us",
    is_active: true,
    fields: [{
      key: "email",
      label: "Email",
      type: "email",
      required: true,
      options: null,
      maps_to: "email",
    }],
    source: "form",
    tags: ["web"],
    pipeline_id: null,
    pipeline_stage_id: null,
    assigned_user_id: null,
    public: false,
    submit_url: null,
    page_url: "https://api.example.com/functions/v1/lio/api/v1/web-form/Zq3v8Lw0TnYbXk5sRf2HdA",
    honeypot_field: null,
    success_message: null,
    redirect_url: null,
    submissions_count: 0,
    created_at: TIME,
    updated_at: TIME,
  },
  FormSubmission: {
    id: 90,
    form_id: 3,
    lead_id: 1842,
    is_duplicate: false,
    spam: false,
    values: { email: "sarah@example.com" },
    warnings: {},
    message: null,
    redirect_url: null,
    created_at: TIME,
  },
};
