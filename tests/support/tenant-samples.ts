/** Whoever runs the job of a filled workspace holds this. */
export const SAMPLE_LEASE = "00000000-0000-4000-8000-000000000001";

/** A row of a table, without its workspace; its links point to the workspace's own records, by table. */
type Sample = (workspaceId: string, own: Record<string, string>) => Record<string, unknown>;

/** A row of every table that the API's role is granted and fills by itself, in the order of their links. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.companies": () => ({ name: "Acme", domain: "acme.com" }),
  "crm.contacts": (_, own) => ({ email: "jane@acme.com", company_id: own["crm.companies"] }),
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
  "crm.jobs": () => ({
    kind: "webhooks.deliver",
    payload: {},
    status: "running",
    attempts: 1,
    lease: SAMPLE_LEASE,
    lease_until: "2999-01-01T00:00:00Z",
  }),
  "crm.idempotency_keys": () => ({ key: "key-1", request_hash: "\\x00" }),
};
