import type { HistoryModel } from "../../events/history.ts";

/** The columns that are told, by the names that this API gives them. */
export const FIELDS: Readonly<Record<HistoryModel, Readonly<Record<string, string>>>> = {
  lead: {
    ...same(
      "first_name last_name email notes custom_fields job_title industry website address city state",
    ),
    ...same("country pin_code linkedin_url estimated_value priority status assigned_to company_id"),
    phone: "phone_number",
    source: "lead_source",
  },
  contact: {
    ...same(
      "first_name last_name email company_id status tags linkedin_url seniority decision_maker owner_id",
    ),
    phone: "phone_number",
    title: "designation",
  },
  company: {
    ...same("domain website address city country rating contact_email summary owner_id"),
    name: "company_name",
    industry: "industry_type",
    phone: "phone_number",
    employee_count: "employee_size",
  },
  deal: same(
    "title value currency stage_id pipeline_id assigned_to company_id contact_id priority description",
  ),
  meeting: same(
    "title description location start_time end_time timezone attendees meeting_tool meeting_url status summary lead_id contact_id company_id",
  ),
};

/** Columns that are links. */
export const LINKS = new Set([
  "assigned_to",
  "owner_id",
  "lead_id",
  "company_id",
  "contact_id",
  "stage_id",
  "pipeline_id",
]);
/** Columns that are times. */
export const TIMES = new Set(["start_time", "end_time"]);
/** Columns of leads whose values are words of a list, and the list. */
export const WORDS: Readonly<Record<string, string>> = { status: "status", source: "source" };
/** The models as titles begin with them. */
export const CAPITAL: Readonly<Record<HistoryModel, string>> = {
  lead: "Lead",
  contact: "Contact",
  company: "Company",
  deal: "Deal",
  meeting: "Meeting",
};
/** What signals are told as that have an event of their own. */
export const OF_SIGNALS: Readonly<Record<string, string>> = {
  email_opened: "email_opened",
  link_clicked: "link_clicked",
};

function same(columns: string): Record<string, string> {
  return Object.fromEntries(columns.split(" ").map((column) => [column, column]));
}
