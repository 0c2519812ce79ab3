import { type ApiKeyFingerprint, parseApiKey, sameHash } from "./api-key.ts";
import { addressAllowed } from "./client-address.ts";

/** A key as app.find_api_key answers it. */
export interface StoredKey {
  workspace_id: string;
  key_id: string;
  key_hash: Uint8Array;
  scopes: string[];
  allowed_ips: string[] | null;
  expires_at: string | null;
  revoked_at: string | null;
  requests_per_minute: number;
}

/** Who a request acts for. */
export interface Caller {
  workspaceId: string;
  keyId: string;
  scopes: readonly string[];
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

/** Looks a key up; the hash that was presented tells whether its use is recorded. */
export type FindKey = (publicId: string, presentedHash: Uint8Array) => Promise<StoredKey | null>;

const KEPT_MS = 10_000;
const MAX_KEPT = 10_000;

/**
 * Recognises API keys. A key is read from the database once and then kept in memory for at most
 * 10 s, so a revoked key dies within 10 s; a mistyped key is refused without a query.
 */
export class Authenticator {
  readonly #find: FindKey;
  readonly #kept = new Map<string, { key: Promise<StoredKey | null>; until: number }>();

  constructor(find: FindKey) {
    this.#find = find;
  }

  /** The caller behind an `Authorization` header and a client address, or why there is none. */
  async authenticate(header: string | null, address: string | null): Promise<Caller | Denial> {
    const token = /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
    if (token === undefined) return "missing";
    const presented = parseApiKey(token);
    if (presented === null) return "malformed";
    const key = await this.#key(presented);
    if (key === null || !sameHash(key.key_hash, presented.hash)) return "unknown";
    if (key.revoked_at !== null) return "revoked";
    if (key.expires_at !== null && !(Date.parse(key.expires_at) > Date.now())) return "expired";
    if (key.allowed_ips !== null && !addressAllowed(address, key.allowed_ips)) return "address";
    return {
      workspaceId: key.workspace_id,
      keyId: key.key_id,
      scopes: key.scopes,
      requestsPerMinute: key.requests_per_minute,
    };
  }

  #key({ publicId, hash }: ApiKeyFingerprint): Promise<StoredKey | null> {
    const kept = this.#kept.get(publicId);
    if (kept !== undefined && kept.until > Date.now()) return kept.key;
    const key = this.#find(publicId, hash);
    this.#kept.delete(publicId);
    if (this.#kept.size >= MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? "");
    this.#kept.set(publicId, { key, until: Date.now() + KEPT_MS });
    key.catch(() => {
      if (this.#kept.get(publicId)?.key === key) this.#kept.delete(publicId);
    });
    return key;
  }
}
