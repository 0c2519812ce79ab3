const TIME = "2026-06-15T09:14:32.000Z";

const LEAD = {
  id: 80231,
  first_name: "Jane",
  last_name: "Roe",
  name: "Jane Roe",
  email: "jane@acme.com",
  phone_number: null,
  company: "Acme Corp",
  company_id: 17,
  job_title: null,
  industry: null,
  website: null,
  address: null,
  city: null,
  state: null,
  country: null,
  pin_code: null,
  status: 1,
  status_text: "New",
  priority: 2,
  priority_text: "Medium",
  lead_source: 1,
  lead_source_text: "Website",
  score: 0,
  estimated_value: null,
  assigned_to: null,
  assigned_to_name: null,
  linkedin_url: null,
  tags: [{ id: 9, name: "vip", color_code: null }],
  custom_fields: {},
  notes: null,
  profile_image: null,
  ai_information: {},
  last_activity_at: null,
  created_at: TIME,
  updated_at: TIME,
};

const DOCUMENT = {
  id: 12,
  lead_id: 80231,
  file_name: "Offer.pdf",
  mime_type: "application/pdf",
  size: 48_211,
  document_type: "offer",
  description: "For 40 seats",
  url: "https://api.example.com/functions/v1/lio/files/1781514872.0189.5dac.q7Xk2mPzR4tVw9Yb",
  created_by: 142,
  created_at: TIME,
};

const ATTACHED_FILE = {
  id: 14,
  provider: "google_drive",
  subject_type: "lead",
  subject_id: 80231,
  category: "pdf",
  file: {
    id: "1AbC9xYz",
    name: "Offer.pdf",
    mime_type: "application/pdf",
    web_url: "https://drive.google.com/file/d/1AbC9xYz/view",
  },
  created_by: 142,
  created_at: TIME,
};

const LOOKUP = {
  id: 9,
  module_name: "lead",
  type: "tags",
  name: "vip",
  value: "vip",
  color_code: null,
  parent_id: null,
  is_active: true,
  is_system: false,
  created_at: TIME,
  updated_at: TIME,
};

const FOLLOW_UP = {
  id: 7,
  lead_id: 80231,
  follow_up_date: TIME,
  notes: "Ask for the budget",
  status: 1,
  status_text: "Scheduled",
  assigned_to: 142,
  created_by: 142,
  created_at: TIME,
};

const page = (message: string, record: object) => ({
  success: true,
  message,
  data: [record],
  total: 1,
  page: 1,
  limit: 10,
});

/** Leads and what is of them as they are answered, by the name of their schema. */
export const LEAD_ANSWERS: Readonly<Record<string, unknown>> = {
  LeadPage: page("Leads fetched", LEAD),
  LookupPage: page("Lookups fetched", LOOKUP),
  DocumentPage: page("Documents fetched", DOCUMENT),
  AttachedFilePage: page("Files fetched", ATTACHED_FILE),
  FollowUpPage: page("Follow-ups fetched", FOLLOW_UP),
};

const some = { ids: [80231] };

/** Bodies about leads, by the name of their schema less `Body`. */
export const LEAD_BODIES: Readonly<Record<string, unknown>> = {
  CreateLead: {
    first_name: "Jane",
    last_name: "Roe",
    email: "jane@acme.com",
    company: "Acme Corp",
    lead_source: 1,
    tags: ["vip"],
  },
  UpdateLead: { status: 3, priority: 4, custom_fields: { seats: 40 } },
  DeleteLeads: some,
  ChangeLeadStatus: { ...some, status: 2 },
  AssignLeads: { ...some, assigned_to: 142 },
  AssignLeadTags: { ...some, tags: ["vip"] },
  SetLeadTags: { ...some, tags: ["vip", "berlin"] },
  DefineCustomField: { lead_id: 80231, field_name: "budget", field_value: "10000" },
  UpdateCustomFields: { lead_id: 80231, custom_fields: { budget: "12000" } },
  CreateNote: { lead_id: 80231, title: "Called", note: "Wants a quote for 40 seats." },
  CreateFollowUp: {
    lead_id: 80231,
    follow_up_date: "2030-06-15T09:00:00Z",
    notes: "Ask for the budget",
  },
  CreateDocument: {
    lead_id: 80231,
    file: "Offer for 40 seats",
    document_type: "offer",
    description: "For 40 seats",
  },
  CreateStoredFile: { file: "Offer for 40 seats" },
  UploadProfileImage: { image: "GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;" },
  AttachFile: {
    provider: "google_drive",
    subject_type: "lead",
    subject_id: 80231,
    file: {
      id: "1AbC9xYz",
      name: "Offer.pdf",
      mime_type: "application/pdf",
      web_url: "https://drive.google.com/file/d/1AbC9xYz/view",
    },
  },
  CreateLookup: { module_name: "lead", type: "source", name: "Trade fair", color_code: "#FF8800" },
  UpdateLookup: { color_code: "#64748B", is_active: true },
  CreateView: {
    module_name: "lead",
    visibility: "private",
    view_name: "Hot leads",
    filters: { score_min: 50 },
    columns: ["name", "company", "score"],
    sorting: { order_by: "score", order_in: "DESC" },
  },
  UpdateView: { view_name: "Hot leads in Berlin", filters: { city: "Berlin" } },
};
