import { sameHash } from "./api-key.ts";
import type { Denial, KeyHolder } from "./authenticate.ts";
import { presentedConnectorToken } from "./connector-token.ts";
import { type Expiring, type Find, RecentKeys } from "./recent-keys.ts";

/** A connector token as app.find_connector_token answers it. */
export interface StoredToken extends Expiring {
  workspace_id: string;
  token_id: string;
  token_hash: Uint8Array;
  connector_id: string;
  target: "contact" | "activity";
  connector_requests_per_minute: number;
  requests_per_minute: number;
}

/** Whose token it is, and the connector that it belongs to. */
export interface TokenHolder extends KeyHolder {
  connector: { id: string; requestsPerMinute: number };
}

const SCOPES = { contact: "contacts:write", activity: "activities:write" } as const;

/** Recognises connector tokens, as {@link Authenticator} does API keys. */
export class TokenAuthenticator {
  readonly #tokens: RecentKeys<StoredToken>;

  constructor(find: Find<StoredToken>, now?: () => number) {
    this.#tokens = new RecentKeys(find, now);
  }

  /** The holder of a token, or why there is none. */
  async authenticate(text: string): Promise<TokenHolder | Denial> {
    const presented = presentedConnectorToken(text);
    if (presented === null) return "malformed";
    const token = await this.#tokens.find(presented);
    if (token === null || !sameHash(token.token_hash, presented.hash)) {
      return presented.isIntact() ? "unknown" : "malformed";
    }
    if (token.expires_in <= 0) return "expired";
    return {
      workspaceId: token.workspace_id,
      keyId: token.token_id,
      scopes: [SCOPES[token.target]],
      allowedDomains: null,
      rateLimit: null,
      requestsPerMinute: token.requests_per_minute,
      connector: {
        id: token.connector_id,
        requestsPerMinute: token.connector_requests_per_minute,
      },
    };
  }
}
