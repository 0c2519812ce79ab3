export type Example = Record<string, unknown>;

/** The ids of the examples; where these records exist, the examples work as they are. */
export const EXAMPLE_IDS: Readonly<Record<string, string>> = {
  contact: "01890a5d-ac96-774b-bcce-b302099a8057",
  company: "01890a5d-ac96-774b-bcce-b302099a8058",
  deal: "01890a5d-ac96-774b-bcce-b302099a8059",
  task: "01890a5d-ac96-774b-bcce-b302099a805a",
  invoice: "01890a5d-ac96-774b-bcce-b302099a805b",
  activity: "01890a5d-ac96-774b-bcce-b302099a805c",
  user: "01890a5d-ac96-774b-bcce-b302099a805d",
  pipeline: "01890a5d-ac96-774b-bcce-b302099a805e",
  connector: "01890a5d-ac96-774b-bcce-b302099a805f",
  delivery: "01890a5d-ac96-774b-bcce-b302099a8060",
  key: "01890a5d-ac96-774b-bcce-b302099a8062",
  job: "01890a5d-ac96-774b-bcce-b302099a8063",
  merge: "01890a5d-ac96-774b-bcce-b302099a8064",
  connected_account: "01890a5d-ac96-774b-bcce-b302099a8066",
  role: "01890a5d-ac96-774b-bcce-b302099a8067",
  "other contact": "01890a5d-ac96-774b-bcce-b302099a8065",
};

/** A cursor of the feed, as an example; no workspace has it. */
export const EXAMPLE_CURSOR = "MTIzNDUuNjc4OTAuQUJDREVGR0hJSktM";

/** The slugs of the connectors of the examples, by what they make. */
export const EXAMPLE_CONNECTORS = { contacts: "contact-form", activities: "demo-form" };

/** Parameters of the examples that are required, by name. */
export const EXAMPLE_PARAMETERS: Readonly<Record<string, string>> = {
  "hub.mode": "subscribe",
  "hub.verify_token": "what-meta-was-told",
  "hub.challenge": "1158201444",
};

const links = (...records: string[]) =>
  Object.fromEntries(records.map((record) => [`${record}_id`, EXAMPLE_IDS[record]]));
const one = (value: Example) => ({ example: { value } });

/** The bodies of the reference, by operation. */
export const BODY_EXAMPLES: Readonly<Record<string, Record<string, { value: Example }>>> = {
  ingestContact: one({
    first_name: "John",
    last_name: "Doe",
    email: "john.doe@example.com",
    phone: "+1-555-123-4567",
    title: "Product Manager",
    company_name: "Acme Inc",
    company_domain: "acme.com",
    source: "website_form",
    signal_strength: 75,
    message: "Interested in your enterprise plan",
  }),
  ingestContacts: one({
    contacts: [
      { email: "a@example.com", first_name: "Alice" },
      { email: "b@example.com", first_name: "Bob" },
    ],
    options: { stop_on_error: false },
  }),
  updateContact: one({ title: "Senior Product Manager", phone: "+1-555-999-0000" }),
  mergeContacts: one({
    keep_id: EXAMPLE_IDS.contact,
    merge_id: EXAMPLE_IDS["other contact"],
    fields: { phone: "merge" },
  }),
  createCompany: one({
    name: "Acme Inc",
    domain: "acme.com",
    industry: "Technology",
    size: "51-200",
    website: "https://acme.com",
    city: "San Francisco",
    country: "US",
  }),
  updateCompany: one({ industry: "SaaS", size: "201-500" }),
  createDeal: one({
    title: "Enterprise License: Acme",
    value: 50000,
    currency: "USD",
    stage: "Proposal",
    expected_close_date: "2026-04-15",
    ...links("company", "contact"),
  }),
  updateDeal: one({ stage: "Negotiation", probability: 80 }),
  createTask: one({
    title: "Follow up with Acme",
    description: "Send proposal by Friday",
    priority: "high",
    due_date: "2026-03-01",
    assigned_to: EXAMPLE_IDS.user,
    ...links("contact", "deal"),
  }),
  updateTask: one({ status: "completed", description: "Proposal sent" }),
  createInvoice: one({
    invoice_number: "INV-2026-001",
    status: "draft",
    issue_date: "2026-02-19",
    due_date: "2026-03-19",
    subtotal: 5000,
    tax_amount: 500,
    total: 5500,
    currency: "USD",
    ...links("company", "contact"),
    notes: "Net 30",
  }),
  updateInvoice: one({ status: "sent", due_date: "2026-03-19" }),
  createActivity: one({
    type: "jira_issue_created",
    entity_email: "john.doe@example.com",
    entity_domain: "acme.com",
    title: "PROJ-123: New Feature Request",
    description: "Customer requested dashboard export",
    timestamp: "2026-01-15T10:30:00Z",
    data: { issue_key: "PROJ-123", priority: "high" },
  }),
  batchCompanies: one({
    items: [
      { data: { name: "Acme Inc", domain: "acme.com" }, client_ref: "acme" },
      { action: "update", id: EXAMPLE_IDS.company, data: { industry: "SaaS" } },
      { resource: "deals", data: { title: "Renewal", company_id: { ref: "acme" } } },
    ],
    options: { stop_on_error: false, atomic: true },
  }),
  batchDeals: one({
    items: [
      { data: { title: "Renewal", value: 1200.5 }, client_ref: "renewal" },
      { resource: "tasks", data: { title: "Call about it", deal_id: { ref: "renewal" } } },
    ],
  }),
  batchTasks: one({
    items: [
      { data: { title: "Send the proposal", priority: "urgent" } },
      { action: "update", id: EXAMPLE_IDS.task, data: { status: "completed" } },
    ],
    options: { stop_on_error: true },
  }),
  batchInvoices: one({
    items: [{
      data: {
        issue_date: "2026-02-19",
        line_items: [{ description: "Seats", quantity: 12, unit_price: 9.5, tax_rate: 20 }],
      },
    }, { action: "delete", id: EXAMPLE_IDS.invoice }],
  }),
  batchActivities: one({
    items: [
      { data: { type: "call", title: "First call", entity_domain: "acme.com" } },
      { data: { type: "page_view", data: { path: "/pricing" } } },
    ],
  }),
  createConnector: {
    own: {
      value: {
        name: "Contact form",
        target: "contact",
        field_map: {
          email: "user.profile.email",
          first_name: "$substringBefore(user.profile.name, ' ')",
          last_name: "$substringAfter(user.profile.name, ' ')",
          message: "answers[field.ref='message'].text",
        },
        defaults: { source: "contact_form" },
        event_id: "submission.id",
        verification: { type: "signature", header: "X-Signature", encoding: "hex" },
        secret: "what-the-form-signs-with",
      },
    },
    preset: {
      value: { preset: "typeform", name: "Typeform", secret: "what-typeform-signs-with" },
    },
  },
  updateConnector: one({
    field_map: { email: "contact.email", last_name: "contact.name" },
    matching: { contact: ["email", "phone"], create_missing: false },
    requests_per_minute: 120,
  }),
  rehearseConnectorDelivery: one({ field_map: { email: "email", first_name: "name" } }),
  rotateConnectorToken: one({ overlap_seconds: 3600 }),
  createKey: one({
    name: "Web forms",
    scopes: ["contacts:read", "contacts:write"],
    expires_at: "2999-01-01T00:00:00Z",
    allowed_ips: ["203.0.113.7", "198.51.100.0/24"],
  }),
  createConnectedAccount: one({ provider: "slack", access_token: "xoxb-token", channel: "#sales" }),
  rotateKey: one({ overlap_hours: 1 }),
  createRole: one({ name: "Event desk", description: "Enters leads at fairs.", base: "rep" }),
  updateRole: one({ description: "Looks after what partners bring in.", base: "rep" }),
};

/** Forms that a connector takes which maps their fields, by operation. */
export const FORM_EXAMPLES: typeof BODY_EXAMPLES = {
  ingestContact: one({ email: "jane.roe@example.com", name: "Jane Roe" }),
  createActivity: one({ email: "jane.roe@example.com", title: "Demo booked" }),
};
