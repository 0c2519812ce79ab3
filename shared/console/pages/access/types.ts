/** An API key as the native API answers it. */
export interface Key {
  id: string;
  name: string;
  api: string;
  prefix: string;
  scopes: string[];
  allowed_ips: string[] | null;
  allowed_domains: string[] | null;
  rate_limit: number | null;
  state: "active" | "rotating" | "expired" | "revoked";
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
}

/** A request of the log. */
export interface LoggedRequest {
  id: string;
  at: string;
  api: string;
  method: string;
  path: string;
  status: number;
  ms: number;
  actor_kind: string;
  actor_id: string;
  request_id: string;
  error_code: string | null;
}

/** A limit with what is used of it. */
export interface Limit {
  kind: "workspace" | "connector" | "key";
  id: string;
  name: string;
  api: string | null;
  limit: number;
  used: number | null;
  seconds: number;
  resets_at: string | null;
}

/** The requests of an hour. */
export interface Hour {
  at: string;
  requests: number;
  errors: number;
}

/** A user as LIO answers one. */
export interface User {
  id: number;
  name: string;
  first_name: string | null;
  last_name: string | null;
  email: string;
  phone_no: string | null;
  role_id: number;
  role_name: string;
  state_id: 0 | 1;
  last_login_at: string | null;
}

/** A role as the native API answers one. */
export interface Role {
  id: string;
  /** By which LIO knows it. */
  number: number;
  name: string;
  description: string | null;
  /** The role of every workspace whose rights it has. */
  base: "admin" | "member" | "rep" | "viewer";
  is_system: boolean;
  is_active: boolean;
  user_count: number;
}
