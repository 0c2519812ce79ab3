import { sameHash } from "./api-key.ts";
import type { Caller, Denial } from "./authenticate.ts";
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

const SCOPES = { contact: "contacts:write", activity: "activities:write" } as const;

/** Recognises connector tokens, as {@link Authenticator} does API keys. */
export class TokenAuthenticator {
  readonly #tokens: RecentKeys<StoredToken>;

  constructor(find: Find<StoredToken>, now?: () => number) {
    this.#tokens = new RecentKeys(find, now);
  }

  /** The caller behind a token, or why there is none. */
  async authenticate(text: string): Promise<Caller | Denial> {
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
      requestsPerMinute: token.requests_per_minute,
      connector: {
        id: token.connector_id,
        requestsPerMinute: token.connector_requests_per_minute,
      },
    };
  }
}
