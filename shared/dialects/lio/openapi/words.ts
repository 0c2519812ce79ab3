import * as z from "zod";
import type { Words } from "../../../openapi/records/words.ts";
import type { Schema } from "../../../openapi/schemas.ts";
import { SCOPES } from "../access.ts";
import { errorResponses } from "./errors.ts";
import { ANSWER_EXAMPLES, BODY_EXAMPLES } from "./examples.ts";
import { HEADERS } from "./headers.ts";

const KEY_SCOPES = new Set<string>(SCOPES);

/** What the contract of this API says. */
export const WORDS: Words = {
  headers: HEADERS,
  errors: errorResponses,
  security: (scope) =>
    KEY_SCOPES.has(scope) ? [{ apiKey: [scope] }, { token: [] }] : [{ token: [scope] }],
  parameters: {
    page: "The page of the list, from 1.",
    limit: "Records on a page.",
    order_by: "The field that the list is sorted by.",
    order_in: "Which way it is sorted, in any case of letters.",
    search_value: "Words that must all occur in the text that is searched.",
    start_date: "Only records from this date or time on.",
    end_date: "Only records until this date, which is included, or time.",
  },
  pathParameter,
  answerExample(schema) {
    const name = z.globalRegistry.get(schema)?.id;
    return name === undefined ? undefined : ANSWER_EXAMPLES[name];
  },
  bodyExamples: BODY_EXAMPLES,
  group: 3,
  groups: {
    Auth: "Logging in and out.",
    User: "The users of the organisation.",
    Role: "What users may do.",
    "Intent alert": "What the stronger signals of leads raise, and the leads that are hot now.",
    Notification: "What users are told of.",
    Feed: "What happened to records.",
    "Mail configurations": "Users' own mail accounts.",
    Inbox: "Mail of users' accounts.",
    Exports: "Records as files.",
    "Import job": "What is imported, or made, by jobs.",
    V1: "Leads that other systems hand in, forms' pages, booking, signals, and links in mail.",
    "Ai tools": "Texts that AI writes, for credits.",
    "Ai dashboards": "Dashboards that AI makes of a wish, for credits.",
    Credits: "What AI and enrichment are paid with.",
    Calendar:
      "When users can be met, and what they have in their calendars, here or in other services.",
    "Lead enrichment": "What is found of leads beyond what they tell, and leads of LinkedIn.",
    Lead: "Leads, their notes, follow-ups, deals, documents and custom fields.",
    "Storage file": "Files that users store.",
    File: "Files, stored here or in another service, that are attached to records.",
    CustomLookups: "The values that fields can have, in lists.",
    CustomView: "Views that users save of lists.",
    Pipelines: "The pipelines of deals, with their stages.",
    Dashboard: "What there is, and how sales go.",
    Dashboards: "What users show of queries, for themselves, their team or everybody.",
    Queries: "What records are counted and summed up by.",
    Forecast: "What deals are expected to come to, and how right that was.",
    "Target accounts": "Companies that are to be won, who matters at each, and what is planned.",
    Reports: "How far target accounts got.",
    "Ai email": "Emails to leads that AI drafts, and people approve and send.",
    Meeting: "Meetings of users, to which those who attend are invited by mail.",
    "Connected apps": "Other services that are connected, and what comes from HubSpot.",
    Slack: "The organisation's Slack.",
    Voice: "Phone numbers, and the wallet that they and calls are paid from.",
    Call: "Calls by telephone, also those that an AI agent makes.",
    Contact: "People, with their company and what they have to say in it.",
    Company: "Companies, with how many leads, contacts and deals they have.",
  },
};

/** What things are named by where that is no id, by the name of their parameter or by what they are. */
const NAMED: Readonly<Record<string, { description: string; example: string; enum?: string[] }>> = {
  form_link: {
    description: "The end of the address of the form's page.",
    example: "q7Xk2mPzR4tVw9YbN1cD5f",
  },
  messageId: { description: "The id of the message, as its provider has it.", example: "18c1f2" },
  token: {
    description: "The end of the address of a link in a message.",
    example: "AQGJCl2sl3dLvM6zAgmagFcBiQpdrJd3S7zOswIJmoBXAAC2n9kAHtJqkVhcdIcSfBiU",
  },
  slug: { description: "The slug of the user's booking profile.", example: "rita-rep" },
  queryId: { description: "The query_id of the query.", example: "leads_by_status" },
  dashboards: { description: "The id or the dashboard_id of the dashboard.", example: "sales" },
  provider: {
    description: "The calendar here, or that of a service which has to be connected.",
    example: "internal",
    enum: ["internal", "google", "microsoft", "outlook"],
  },
};

// Records are named by their ids, but for some.
function pathParameter(name: string, of: string): Schema {
  const { description, example, ...named } = NAMED[name] ?? NAMED[of] ??
    { description: "The id of the record.", example: 42 };
  return {
    name,
    in: "path",
    required: true,
    description,
    schema: pathSchema(example, named),
    example,
  };
}

function pathSchema(example: string | number, { enum: values }: { enum?: string[] }): Schema {
  if (values !== undefined) return { type: "string", enum: values };
  return typeof example === "number"
    ? { type: "integer", minimum: 1 }
    : { type: "string", minLength: 1 };
}
