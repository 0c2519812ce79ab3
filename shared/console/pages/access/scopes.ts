/** An API that keys are made for. */
export interface KeyApi {
  id: string;
  name: string;
  /** What keys may do: the narrowest first. */
  scopes: readonly (readonly [scope: string, label: string])[];
  /** The window of the limit that each key has; none where the workspace's requests are counted. */
  window?: "hour" | "minute";
  /** Whether a key can be bound to the hosts whose pages use it. */
  hasDomains?: true;
}

const reads = (what: string, scope: string) => [scope, `Read ${what}`] as const;
const writes = (what: string, scope: string) => [scope, `Write ${what}`] as const;
const deletes = (what: string, scope: string) => [scope, `Delete ${what}`] as const;
const native = ["contacts", "companies", "deals", "tasks", "invoices", "activities"];
const leadhub = ["leads", "pipelines", "tags", "users", "forms", "automations", "integrations"];
const deletable = ["leads", "users", "forms", "automations"];

/** The APIs with the scopes of their keys, but for scopes that only go by an earlier name. */
export const KEY_APIS: readonly KeyApi[] = [
  {
    id: "lumenbase",
    name: "Lumenbase",
    scopes: [
      ...native.flatMap((of) => [reads(of, `${of}:read`), writes(of, `${of}:write`)]),
      ["events:read", "Read what changed in any record"],
      ["read", "Read every kind of record"],
      ["admin", "Everything, keys and sources included"],
    ],
  },
  {
    id: "leadhub",
    name: "LeadHub",
    window: "hour",
    scopes: [
      ...leadhub.flatMap((of) => [reads(of, `read:${of}`), writes(of, `write:${of}`)]),
      ...deletable.map((of) => deletes(of, `delete:${of}`)),
    ],
  },
  {
    id: "crm",
    name: "CRM HTTP API",
    window: "minute",
    scopes: [reads("the CRM", "read:crm"), writes("the CRM", "write:crm")],
  },
  {
    id: "lio",
    name: "LIO",
    window: "minute",
    hasDomains: true,
    scopes: [
      ["web_forms", "Show and submit web forms"],
      reads("leads", "leads:read"),
      writes("leads", "leads:write"),
    ],
  },
];

/** What an API is called. */
export function apiName(id: string): string {
  if (id === "mcp") return "MCP";
  return KEY_APIS.find((api) => api.id === id)?.name ?? id;
}
