import { LINKED } from "../../../crm/contact-merges.ts";
import type { Contract } from "../contract.ts";
import { BODY_EXAMPLES, type Example, EXAMPLE_IDS } from "./examples.ts";

const TIME = "2026-01-15T10:30:00.000000Z";

/** An example of the answer that is a record; of other answers there is none. */
export function exampleAnswer(contract: Contract, id: string): { example?: Example } {
  const { action, resource } = contract;
  if (action !== "list" && action !== "delete") return {};
  const data = action === "delete"
    ? { deleted: true, id: EXAMPLE_IDS[resource.record] }
    : exampleRecord(contract);
  const meta = {
    request_id: `example-${id}`,
    api_version: "1",
    timestamp: "2026-01-15T10:30:00.000Z",
  };
  return { example: { success: true, data, meta } };
}

const KNOWN: Example = {
  status: "open",
  currency: "USD",
  priority: "medium",
  signal_strength: 75,
  line_items: [],
  data: {},
  is_default: true,
  stages: [],
  totals: [],
  name: "Sales",
  email: "jane.roe@example.com",
};

const OF_RESOURCES: Record<string, Example> = {
  connectors: {
    slug: "contact-form",
    name: "Contact form",
    preset: null,
    matching: {
      contact: ["email"],
      company: ["domain", "name"],
      deal: ["id", "title"],
      create_missing: true,
    },
    verification: {
      type: "signature",
      header: "X-Signature",
      algorithm: "sha256",
      encoding: "hex",
      prefix: "",
      signed: "{body}",
      timestamp: null,
    },
    secrets_set: ["secret"],
    requests_per_minute: 60,
  },
  api_keys: {
    name: "Web forms",
    api: "lumenbase",
    prefix: "lb_live_4fT9xKq2LmZa",
    scopes: ["contacts:read", "contacts:write"],
    allowed_ips: ["203.0.113.7/32", "198.51.100.0/24"],
    state: "active",
    expires_at: null,
  },
  connected_accounts: {
    provider: "slack",
    settings: { channel: "#sales" },
    is_default: false,
    is_active: true,
    status: "connected",
  },
  roles: {
    number: 101,
    name: "Partner desk",
    description: "Looks after what partners bring in.",
    base: "rep",
    is_active: true,
    is_system: false,
    user_count: 2,
  },
  contact_merges: {
    keep_id: EXAMPLE_IDS.contact,
    merged_id: EXAMPLE_IDS["other contact"],
    moved: Object.fromEntries(LINKED.map((name) => [name, name === "deals" ? 2 : 0])),
    actor: { kind: "key", id: "01890a5d-ac96-774b-bcce-b302099a8061" },
    undo_until: "2026-02-14T10:30:00.000000Z",
    undone_at: null,
  },
  connector_deliveries: {
    connector_id: EXAMPLE_IDS.connector,
    event_id: "submission-42",
    status: "accepted",
    attempts: 1,
    content_type: "application/json",
    mapped: { email: "jane.roe@example.com", last_name: "Roe" },
    warnings: [],
    outcome: "created",
    contact_id: EXAMPLE_IDS.contact,
    body: '{"submission":{"id":"submission-42"},"email":"jane.roe@example.com","name":"Roe"}',
    body_encoding: "utf-8",
  },
};

function exampleRecord({ resource, answer }: Contract): Example {
  const creation = ["create", "ingest"].map((action) =>
    `${action}${resource.record.charAt(0).toUpperCase()}${resource.record.slice(1)}`
  ).find((id) => id in BODY_EXAMPLES);
  const own = OF_RESOURCES[resource.name] ?? {};
  const given = creation ? Object.values(BODY_EXAMPLES[creation] ?? {})[0]?.value ?? {} : {};
  return Object.fromEntries(
    Object.entries((answer ?? resource.schema).shape).map(([field, schema]) => {
      if (field === "id") return [field, EXAMPLE_IDS[resource.record]];
      if (field in own) return [field, own[field]];
      if (/_at$|^timestamp$/.test(field)) return [field, TIME];
      if (field in given) return [field, given[field]];
      return [field, schema.safeParse(null).success ? null : KNOWN[field]];
    }),
  );
}
