import { ACCOUNT_SAMPLES } from "./account-samples.ts";
import { AUTOMATION_SAMPLES } from "./automation-samples.ts";
import { CAPTURE_SAMPLES } from "./capture-samples.ts";
import { CRM_SAMPLES } from "./crm-samples.ts";
import { FILE_SAMPLES } from "./file-samples.ts";
import { LEDGER_SAMPLES } from "./ledger-samples.ts";
import { MEETING_SAMPLES } from "./meeting-samples.ts";
import type { Sample } from "./sample.ts";
import { SERVICE_SAMPLES } from "./service-samples.ts";

/** Whoever runs the job of a filled workspace holds this. */
export const SAMPLE_LEASE = "00000000-0000-4000-8000-000000000001";

/** Not old enough to be removed. */
const LONG_KEPT = "2999-01-01T00:00:00Z";

/** A row of every table that the API's role is granted and fills by itself, in the order of their links. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.requests": (workspaceId) => ({
    id: workspaceId,
    at: LONG_KEPT,
    api: "lumenbase",
    method: "GET",
    path: "/v1-public-users",
    status: 200,
    ms: 1.5,
    actor_kind: "key",
    actor_id: workspaceId,
    request_id: "request-1",
  }),
  "crm.request_hours": () => ({ at: LONG_KEPT, requests: 1, errors: 0 }),
  "crm.companies": () => ({ name: "Acme", domain: "acme.com" }),
  "crm.contacts": (_, own) => ({ email: "jane@acme.com", company_id: own["crm.companies"] }),
  "crm.lookups": () => ({ module_name: "lead", type: "colour", name: "Red", value: "red" }),
  "crm.roles": () => ({ name: "Partner", base: "rep" }),
  "crm.users": () => ({ name: "Jane", email: "jane@acme.com" }),
  "crm.pipelines": () => ({ name: "Renewals" }),
  "crm.stages": (_, own) => ({ pipeline_id: own["crm.pipelines"], name: "Due", position: 1 }),
  "crm.deals": (_, own) => ({
    title: "Licence",
    pipeline_id: own["crm.pipelines"],
    stage_id: own["crm.stages"],
    company_id: own["crm.companies"],
    contact_id: own["crm.contacts"],
    assigned_to: own["crm.users"],
  }),
  "crm.tasks": (_, own) => ({
    title: "Call",
    assigned_to: own["crm.users"],
    contact_id: own["crm.contacts"],
    company_id: own["crm.companies"],
    deal_id: own["crm.deals"],
  }),
  "crm.invoices": (_, own) => ({
    invoice_number: "INV-1",
    company_id: own["crm.companies"],
    contact_id: own["crm.contacts"],
    deal_id: own["crm.deals"],
  }),
  "crm.activities": (_, own) => ({
    type: "note",
    title: "Hello",
    company_id: own["crm.companies"],
    contact_id: own["crm.contacts"],
    deal_id: own["crm.deals"],
  }),
  "crm.leads": (_, own) => ({
    first_name: "Jane",
    pipeline_id: own["crm.pipelines"],
    stage_id: own["crm.stages"],
    company_id: own["crm.companies"],
    contact_id: own["crm.contacts"],
    assigned_to: own["crm.users"],
  }),
  "crm.tags": () => ({ name: "VIP" }),
  "crm.lead_tags": (_, own) => ({ lead_id: own["crm.leads"], tag_id: own["crm.tags"] }),
  "crm.contact_tags": (_, own) => ({
    contact_id: own["crm.contacts"],
    tag_id: own["crm.tags"],
  }),
  "crm.forms": (_, own) => ({
    name: "Contact us",
    fields: [],
    pipeline_id: own["crm.pipelines"],
    stage_id: own["crm.stages"],
    assigned_to: own["crm.users"],
  }),
  "crm.form_tokens": (workspaceId, own) => ({
    form_id: own["crm.forms"],
    public_id: workspaceId,
    token_hash: `\\x${"00".repeat(32)}`,
    sealed: "sealed",
  }),
  "crm.form_submissions": (_, own) => ({
    form_id: own["crm.forms"],
    lead_id: own["crm.leads"],
    values: {},
  }),
  "crm.connectors": () => ({
    slug: "form",
    name: "Form",
    target: "contact",
    field_map: { email: "email" },
    matching: {},
    defaults: {},
    verification: { type: "none" },
    secrets_set: [],
    requests_per_minute: 60,
  }),
  "crm.connector_tokens": (workspaceId, own) => ({
    connector_id: own["crm.connectors"],
    public_id: `token-of-${workspaceId}`,
    token_hash: `\\x${"00".repeat(32)}`,
  }),
  "crm.connector_deliveries": (_, own) => ({
    connector_id: own["crm.connectors"],
    event_id: "event-1",
    status: "accepted",
    attempts: 1,
    content_type: "application/json",
    body: "\\x7b7d",
    part: false,
    contact_id: own["crm.contacts"],
    activity_id: own["crm.activities"],
  }),
  "crm.integrations": (_, own) => ({
    type: "webhook",
    name: "Shop",
    is_active: true,
    settings: { url: "https://shop.example.com/hook", secret: null, events: [] },
    connector_id: own["crm.connectors"],
  }),
  "crm.webhook_deliveries": (_, own) => ({
    integration_id: own["crm.integrations"],
    webhook_id: "msg_1",
    cause: "1 lead.created",
    event_type: "lead.created",
    body: "{}",
    status: "succeeded",
    attempts: [],
    tries: 1,
    since: "2026-03-28T09:15:00Z",
  }),
  "crm.messages": (workspaceId, own) => ({
    integration_id: own["crm.integrations"],
    channel: "smtp",
    lead_id: own["crm.leads"],
    contact_id: own["crm.contacts"],
    deal_id: own["crm.deals"],
    to_emails: "{jane@acme.com}",
    cc_emails: "{}",
    bcc_emails: "{}",
    subject: "Hello",
    text_body: "Hello Jane",
    message_id: `<${workspaceId}@acme.com>`,
    state: "sent",
    attempts: 1,
    in_doubt: false,
    refused: [],
    activity_id: own["crm.activities"],
  }),
  "crm.mail_usage": (_, own) => ({
    integration_id: own["crm.integrations"],
    day: "2026-03-28",
    messages: 1,
  }),
  "crm.jobs": () => ({
    kind: "webhooks.deliver",
    payload: {},
    status: "running",
    attempts: 1,
    lease: SAMPLE_LEASE,
    lease_until: "2999-01-01T00:00:00Z",
  }),
  ...AUTOMATION_SAMPLES,
  "crm.saved_views": (_, own) => ({
    module_name: "lead",
    view_name: "Mine",
    visibility: "private",
    user_id: own["crm.users"],
  }),
  ...CRM_SAMPLES,
  ...ACCOUNT_SAMPLES,
  ...CAPTURE_SAMPLES,
  ...LEDGER_SAMPLES,
  ...MEETING_SAMPLES,
  ...FILE_SAMPLES,
  ...SERVICE_SAMPLES,
  "crm.idempotency_keys": () => ({ key: "key-1", request_hash: "\\x00" }),
};
