import { AI_ANSWERS, AI_BODIES } from "./ai-examples.ts";
import { BOOKING_ANSWERS, BOOKING_BODIES } from "./booking-examples.ts";
import { APP_ANSWERS, APP_BODIES } from "./app-examples.ts";
import { ACCOUNT_ANSWERS, ACCOUNT_BODIES } from "./account-examples.ts";
import { BULK_ANSWERS, BULK_BODIES } from "./bulk-examples.ts";
import { CAPTURE_ANSWERS, CAPTURE_BODIES } from "./capture-examples.ts";
import { DASHBOARD_ANSWERS, DASHBOARD_BODIES } from "./dashboard-examples.ts";
import { DEAL_ANSWERS, DEAL_BODIES } from "./deal-examples.ts";
import { DRAFT_ANSWERS, DRAFT_BODIES } from "./draft-examples.ts";
import { ENRICHMENT_ANSWERS, ENRICHMENT_BODIES } from "./enrichment-examples.ts";
import { FORECAST_ANSWERS } from "./forecast-examples.ts";
import { INBOX_ANSWERS } from "./inbox-examples.ts";
import { LEAD_ANSWERS, LEAD_BODIES } from "./lead-examples.ts";
import { MAIL_ANSWERS, MAIL_BODIES } from "./mail-examples.ts";
import { MEETING_ANSWERS, MEETING_BODIES } from "./meeting-examples.ts";
import { COMPANY, CONTACT, PEOPLE_BODIES } from "./people-examples.ts";
import { VOICE_ANSWERS, VOICE_BODIES } from "./voice-examples.ts";

const TIME = "2026-06-15T09:14:32.000Z";

const USER = {
  id: 142,
  first_name: "Rita",
  last_name: "Rep",
  name: "Rita Rep",
  email: "rita@example.com",
  phone_no: "+15551230001",
  role_id: 3,
  role_name: "Rep",
  language: "en",
  timezone: "Europe/Berlin",
  state_id: 1,
  organization_id: "org_01890a5dac96774bbcceb302099a8057",
  last_login_at: null,
  created_at: TIME,
  updated_at: TIME,
};

const page = (data: object, message: string) => ({
  success: true,
  message,
  data: [data],
  total: 1,
  page: 1,
  limit: 10,
});

/** Records as they are answered, by the name of their schema. */
export const ANSWER_EXAMPLES: Readonly<Record<string, unknown>> = {
  ...AI_ANSWERS,
  ...BOOKING_ANSWERS,
  ...ACCOUNT_ANSWERS,
  ...APP_ANSWERS,
  ...BULK_ANSWERS,
  ...CAPTURE_ANSWERS,
  ...DASHBOARD_ANSWERS,
  ...DEAL_ANSWERS,
  ...DRAFT_ANSWERS,
  ...ENRICHMENT_ANSWERS,
  ...FORECAST_ANSWERS,
  ...INBOX_ANSWERS,
  ...MAIL_ANSWERS,
  ...LEAD_ANSWERS,
  ...MEETING_ANSWERS,
  ...VOICE_ANSWERS,
  UserPage: {
    success: true,
    message: "Users fetched",
    data: [USER],
    total: 1,
    page: 1,
    limit: 10,
  },
  RolePage: {
    success: true,
    message: "Roles fetched",
    data: [{
      id: 101,
      name: "Partner",
      description: "Works the leads of partners.",
      base_role_id: 3,
      is_system: false,
      user_count: 2,
      state_id: 1,
      created_at: TIME,
    }],
    total: 5,
    page: 1,
    limit: 10,
  },
  ContactPage: page(CONTACT, "Contacts fetched"),
  CompanyPage: page(COMPANY, "Companies fetched"),
  SimilarCompanyPage: {
    ...page(
      { ...COMPANY, similarity: 60, reasons: ["industry_type", "country"] },
      "Similar companies fetched",
    ),
    limit: 5,
  },
  SearchResult: {
    success: true,
    message: "Search done",
    data: {
      leads: [{ id: 80231, title: "Jane Roe", subtitle: "jane@example.com" }],
      contacts: [{ id: 31, title: "Jane Roe", subtitle: "jane@example.com" }],
      companies: [],
      deals: [],
    },
    total: 2,
  },
};

/** Bodies that work in any workspace, by the name of their schema less `Body`. */
export const BODY_EXAMPLES: Readonly<Record<string, unknown>> = {
  ...AI_BODIES,
  ...BOOKING_BODIES,
  ...ACCOUNT_BODIES,
  ...APP_BODIES,
  ...BULK_BODIES,
  ...CAPTURE_BODIES,
  ...DASHBOARD_BODIES,
  ...DEAL_BODIES,
  ...DRAFT_BODIES,
  ...ENRICHMENT_BODIES,
  ...LEAD_BODIES,
  ...MAIL_BODIES,
  ...MEETING_BODIES,
  ...VOICE_BODIES,
  Login: { email: "rita@example.com", password: "correct horse battery" },
  CreateUser: {
    first_name: "Rita",
    last_name: "Rep",
    email: "rita@example.com",
    phone_no: "+15551230001",
    password: "correct horse battery",
  },
  UpdateUser: { language: "de", timezone: "Europe/Berlin" },
  ChangePassword: {
    current_password: "correct horse battery",
    new_password: "correct horse battery",
    confirm_password: "correct horse battery",
  },
  DeleteUser: { user_id: 142 },
  ...PEOPLE_BODIES,
  CreateRole: { name: "Partner", description: "Works the leads of partners." },
};
