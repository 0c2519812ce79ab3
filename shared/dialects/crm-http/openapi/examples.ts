const TIME = "2026-03-28T09:15:00.123456Z";

const COMPANY_ID = "8bb73d03-06b4-47c7-80c7-59301f770eda";
const LEAD_ID = "3c6e2b8e-0e8f-48db-8791-27271df10113";

const CONTACT = {
  id: "3c6e2b8e-0e8f-48db-8791-27271df10113",
  firstName: "Ada",
  lastName: "Byron",
  fullName: "Ada Byron",
  email: "ada@example.com",
  phone: null,
  title: "CTO",
  source: null,
  companyId: COMPANY_ID,
  unsubscribed: false,
  createdAt: TIME,
  updatedAt: TIME,
};

const MEMBERSHIP = {
  id: "497f6eca-6276-4993-bfeb-53cbbbba6f08",
  contactId: CONTACT.id,
  companyId: COMPANY_ID,
  companyName: "Acme Inc",
  role: "CTO",
  isPrimary: true,
  startedAt: TIME,
  endedAt: null,
  createdAt: TIME,
  updatedAt: TIME,
};

const STAGE = {
  id: "497f6eca-6276-4993-bfeb-53cbbbba6f08",
  name: "Lead",
  kind: "open",
  sortOrder: 0,
  defaultProbabilityPct: 10,
  colorKey: null,
  systemKey: "lead",
  leadCount: 0,
};

const ACTIVITY = {
  id: "497f6eca-6276-4993-bfeb-53cbbbba6f08",
  type: "call",
  subject: "Intro call",
  body: null,
  occurredAt: TIME,
  leadId: LEAD_ID,
  companyId: null,
  contactId: null,
  createdAt: TIME,
};

/** Records as they are answered, by the name of their schema. */
export const ANSWER_EXAMPLES: Readonly<Record<string, unknown>> = {
  Company: {
    id: "8bb73d03-06b4-47c7-80c7-59301f770eda",
    name: "Acme Inc",
    relationship: "prospect",
    lifecycle: "active",
    ownerId: null,
    domain: "acme.com",
    industry: null,
    size: null,
    website: null,
    phone: null,
    city: null,
    state: null,
    country: "US",
    createdAt: TIME,
    updatedAt: TIME,
  },
  Contact: CONTACT,
  Membership: MEMBERSHIP,
  CompanyContact: { ...CONTACT, membership: MEMBERSHIP },
  Stage: STAGE,
  Lead: {
    id: LEAD_ID,
    title: "Licence",
    pipelineId: "01890a5d-ac96-774b-bcce-b302099a8057",
    stageId: STAGE.id,
    stage: "Lead",
    stageKind: "open",
    status: "open",
    value: 1234.56,
    currency: "USD",
    probabilityPct: 10,
    expectedCloseDate: null,
    companyId: null,
    contactId: null,
    ownerId: null,
    closedAt: null,
    createdAt: TIME,
    updatedAt: TIME,
  },
  Activity: ACTIVITY,
  Task: {
    id: "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    title: "Send proposal",
    description: null,
    status: "open",
    priority: "medium",
    dueDate: "2026-04-01",
    overdue: false,
    ownerId: null,
    leadId: null,
    companyId: null,
    contactId: null,
    createdAt: TIME,
    updatedAt: TIME,
  },
};

/** Bodies that work in any workspace, by the name of their schema less `Body`. */
export const BODY_EXAMPLES: Readonly<Record<string, unknown>> = {
  CreateCompany: {
    name: "Acme Inc",
    relationship: "customer",
    domain: "acme.com",
    country: "US",
  },
  UpdateCompany: { lifecycle: "inactive", industry: "Tools" },
  CreateContact: { firstName: "Ada", lastName: "Byron", email: "ada@example.com", title: "CTO" },
  UpdateContact: { title: "CEO", unsubscribed: true },
  CreateCompanyMembership: {
    companyId: COMPANY_ID,
    role: "Engineer",
    startedAt: "2020-01-15",
    endedAt: "2022-03-31",
  },
  UpdateCompanyMembership: { role: "CEO" },
  CreatePipelineStage: { name: "Contract sent", kind: "open", defaultProbabilityPct: 80 },
  UpdatePipelineStage: { defaultProbabilityPct: 85, colorKey: "green" },
  DeletePipelineStage: {},
  DeleteContact: {},
  DeleteLead: {},
  DeleteCompanyMembership: {},
  ReorderPipelineStages: {
    stageIds: ["ef8acdf2-9c60-4264-8296-0d97712d5691", "497f6eca-6276-4993-bfeb-53cbbbba6f08"],
  },
  AddToMarketingList: {
    listId: "9fc6ad7d-902a-4834-b161-a4911b883d44",
    filter: { relationship: "customer" },
  },
  CreateLead: { title: "Licence", stage: "qualified", value: 1234.56, currency: "USD" },
  UpdateLead: { value: 2000, expectedCloseDate: "2026-04-15" },
  ChangeLeadStage: { stage: "proposal" },
  LogActivity: { type: "call", subject: "Intro call" },
  LogLeadActivity: { type: "call", subject: "Intro call", body: "They want 40 seats." },
};
