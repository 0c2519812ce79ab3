/** A scope of a key of the CRM HTTP API (spec: API keys). Neither covers the other. */
export type Scope = "read:crm" | "write:crm";

/** Every scope a key can be given. */
export const SCOPES: readonly Scope[] = ["read:crm", "write:crm"];
