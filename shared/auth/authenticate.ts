import { type Api, presentedApiKey, sameHash } from "./api-key.ts";
import { addressAllowed } from "./client-address.ts";
import { type Expiring, type Find, RecentKeys } from "./recent-keys.ts";

/** A key as app.find_api_key answers it. */
export interface StoredKey extends Expiring {
  workspace_id: string;
  key_id: string;
  key_hash: Uint8Array;
  scopes: string[];
  allowed_ips: string[] | null;
  allowed_domains: string[] | null;
  revoked_at: string | null;
  /** The API that the key is for. */
  api: Api;
  /** Requests in a window of that API; null for its default, or for the workspace's limit. */
  rate_limit: number | null;
  requests_per_minute: number;
}

/** Whose key it is, and what it may do. */
export interface KeyHolder {
  workspaceId: string;
  keyId: string;
  scopes: readonly string[];
  /** The hosts whose pages may use it; null is any, or none. */
  allowedDomains: readonly string[] | null;
  /** The key's own limit in its API's window; null for the API's default. */
  rateLimit: number | null;
  /** The workspace's limit. */
  requestsPerMinute: number;
}

/** Why a request is not let in. */
export type Denial =
  | "missing"
  | "malformed"
  | "unknown"
  | "revoked"
  | "expired"
  | "address";

/**
 * Recognises API keys. One that was revoked dies within 10 s; a mistyped one is refused without a
 * query.
 */
export class Authenticator {
  readonly #keys: RecentKeys<StoredKey>;

  constructor(find: Find<StoredKey>, now?: () => number) {
    this.#keys = new RecentKeys(find, now);
  }

  /**
   * The holder of an API's key behind an `Authorization` header and a client address, or why there is
   * none; `maxAge` milliseconds ago is the longest that the key may have been read.
   */
  async authenticate(
    header: string | null,
    address: () => string | null,
    api: Api = "lumenbase",
    maxAge?: number,
  ): Promise<KeyHolder | Denial> {
    const token = /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
    if (token === undefined) return "missing";
    const presented = presentedApiKey(token, api);
    if (presented === null) return "malformed";
    const key = await this.#keys.find(presented, maxAge);
    if (key === null || !sameHash(key.key_hash, presented.hash)) {
      return presented.isIntact() ? "unknown" : "malformed";
    }
    if (key.api !== api) return "unknown";
    if (key.revoked_at !== null) return "revoked";
    if (key.expires_in <= 0) return "expired";
    if (key.allowed_ips !== null && !addressAllowed(address(), key.allowed_ips)) return "address";
    return {
      workspaceId: key.workspace_id,
      keyId: key.key_id,
      scopes: key.scopes,
      allowedDomains: key.allowed_domains,
      rateLimit: key.rate_limit,
      requestsPerMinute: key.requests_per_minute,
    };
  }
}
