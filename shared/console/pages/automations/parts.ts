/** How a value of a part is given. */
export type Kind =
  | "text"
  | "lines"
  | "number"
  | "duration"
  | "priority"
  | "fields"
  | "tag"
  | "status"
  | "pipeline"
  | "stage"
  | "user"
  | "users"
  | "form"
  | "webhook"
  | "mail";

/** A value that a trigger or an action is made of. */
export interface Parameter {
  name: string;
  label: string;
  kind: Kind;
  /** What it is called when nothing is chosen, of one that may be left out. */
  none?: string;
  hint?: string;
}

/** A trigger or an action that can be chosen. */
export interface Choice {
  label: string;
  parameters: readonly Parameter[];
}

const FILLED = "{{lead.first_name}} and the like are filled in.";
const INTEGRATION = "integration_id";

/** What can start an automation. */
export const TRIGGERS: Readonly<Record<string, Choice>> = {
  "lead.created": { label: "A lead is created", parameters: [] },
  "lead.updated": {
    label: "A lead changes",
    parameters: [{ name: "fields", label: "In one of these fields", kind: "fields", none: "any" }],
  },
  "lead.stage_changed": {
    label: "A lead moves to another stage",
    parameters: [
      { name: "pipeline_id", label: "In pipeline", kind: "pipeline", none: "Any pipeline" },
      { name: "from_stage_id", label: "From stage", kind: "stage", none: "Any stage" },
      { name: "to_stage_id", label: "To stage", kind: "stage", none: "Any stage" },
    ],
  },
  "lead.tag_added": {
    label: "A lead gets a tag",
    parameters: [{ name: "tag", label: "Tag", kind: "tag", none: "any", hint: "Any when empty." }],
  },
  "lead.tag_removed": {
    label: "A lead loses a tag",
    parameters: [{ name: "tag", label: "Tag", kind: "tag", none: "any", hint: "Any when empty." }],
  },
  "form.submitted": {
    label: "A form is submitted",
    parameters: [{ name: "form_id", label: "Form", kind: "form", none: "Any form" }],
  },
  "lead.inactive": {
    label: "Nothing happens with a lead",
    parameters: [{ name: "days", label: "For so many days", kind: "number" }],
  },
};

/** What an automation can do. */
export const ACTIONS: Readonly<Record<string, Choice>> = {
  add_tag: { label: "Add a tag", parameters: [{ name: "tag", label: "Tag", kind: "tag" }] },
  remove_tag: { label: "Remove a tag", parameters: [{ name: "tag", label: "Tag", kind: "tag" }] },
  assign_user: {
    label: "Assign to a user",
    parameters: [{ name: "user_id", label: "User", kind: "user" }],
  },
  assign_round_robin: {
    label: "Assign to users in turn",
    parameters: [{ name: "user_ids", label: "Users, in turn", kind: "users" }],
  },
  change_stage: {
    label: "Move to a stage",
    parameters: [{ name: "stage_id", label: "Stage", kind: "stage" }],
  },
  change_status: {
    label: "Set the status",
    parameters: [{ name: "status", label: "Status", kind: "status" }],
  },
  create_task: {
    label: "Create a task",
    parameters: [
      { name: "title", label: "Title", kind: "text", hint: FILLED },
      { name: "description", label: "Description", kind: "lines", none: "none" },
      { name: "priority", label: "Priority", kind: "priority", none: "Medium, the usual" },
      { name: "due_in_days", label: "Due in days", kind: "number", none: "never" },
      { name: "assigned_user_id", label: "Assigned to", kind: "user", none: "Nobody" },
    ],
  },
  send_webhook: {
    label: "Tell a webhook",
    parameters: [{ name: INTEGRATION, label: "Webhook", kind: "webhook" }],
  },
  send_email: {
    label: "Send an email",
    parameters: [
      { name: INTEGRATION, label: "Sent through", kind: "mail" },
      { name: "subject", label: "Subject", kind: "text", hint: FILLED },
      { name: "text_body", label: "Plain text", kind: "lines", none: "none", hint: FILLED },
      { name: "html_body", label: "HTML", kind: "lines", none: "none" },
      { name: "to", label: "To", kind: "text", none: "lead", hint: "The lead when empty." },
    ],
  },
  wait: { label: "Wait", parameters: [{ name: "duration", label: "For", kind: "duration" }] },
};

/** What a lead's fields are called, by their names. */
export const FIELDS: Readonly<Record<string, string>> = {
  first_name: "First name",
  last_name: "Last name",
  email: "Email",
  phone: "Phone",
  company: "Company",
  source: "Source",
  status: "Status",
  pipeline_id: "Pipeline (number)",
  pipeline_stage_id: "Stage (number)",
  assigned_user_id: "Assigned user (number)",
  notes: "Notes",
  tags: "Tags",
  starred: "Starred",
  lead_score: "Score",
};

/** What operators of rules are called. */
export const OPERATORS: Readonly<Record<string, string>> = {
  equals: "is",
  not_equals: "is not",
  in: "is one of",
  contains: "contains",
  not_contains: "does not contain",
  starts_with: "starts with",
  greater_than: "is more than",
  less_than: "is less than",
  is_empty: "is empty",
  is_not_empty: "is not empty",
};

/** The names of the values of a trigger or an action that is not known here: none. */
export function parametersOf(
  choices: Readonly<Record<string, Choice>>,
  type: string,
): readonly Parameter[] {
  return choices[type]?.parameters ?? [];
}
