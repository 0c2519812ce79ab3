import { performance } from "node:perf_hooks";
import type { UserRole } from "../db/claims.ts";
import { BoundedMap } from "../memory/bounded-map.ts";
import type { AccessTokens, SignedIn } from "./access-token.ts";
import type { SupabaseTokens } from "./supabase-tokens.ts";

const KEPT_MS = 10_000;
const MOST_KEPT = 10_000;

/** A user of a workspace who signed in. */
export interface SessionUser {
  userId: string;
  role: UserRole;
}

/** A session as app.find_session answers it. */
export interface StoredSession {
  is_on: boolean;
  user_id: string | null;
  role: UserRole | null;
}

/** Looks a session up, with the user whom a workspace lets in by its email. */
export type FindSession = (of: SignedIn, workspaceId: string | null) => Promise<StoredSession>;

/** Whether a text can be an access token: three parts in base64url (RFC 7515, section 7.1). */
export function looksLikeAccessToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);
}

/** Recognises access tokens. A session or a user that was ended is refused within 10 s. */
export class Sessions {
  readonly #tokens: AccessTokens | null;
  readonly #supabase: SupabaseTokens | null;
  readonly #find: FindSession;
  readonly #kept = new BoundedMap<string, { found: Promise<StoredSession>; until: number }>(
    MOST_KEPT,
  );

  constructor(tokens: AccessTokens | null, supabase: SupabaseTokens | null, find: FindSession) {
    this.#tokens = tokens;
    this.#supabase = supabase;
    this.#find = find;
  }

  /** Who signed in with a token; null when it proves nothing. Throws Refusal when that cannot be told. */
  async signedIn(token: string): Promise<SignedIn | null> {
    if (!looksLikeAccessToken(token)) return null;
    return await this.#tokens?.read(token) ?? await this.#supabase?.read(token) ?? null;
  }

  /**
   * The user of a workspace behind a token; `foreign` is somebody whom it does not let in, or any where
   * null is given. Throws Refusal when that cannot be told.
   */
  async user(
    token: string,
    workspaceId: string | null,
  ): Promise<SessionUser | "unknown" | "foreign"> {
    const signedIn = await this.signedIn(token);
    if (signedIn === null) return "unknown";
    const { is_on, user_id, role } = await this.#session(signedIn, workspaceId);
    if (!is_on) return "unknown";
    return user_id === null || role === null ? "foreign" : { userId: user_id, role };
  }

  #session(of: SignedIn, workspaceId: string | null): Promise<StoredSession> {
    const key = JSON.stringify([of.email, of.sessionId, workspaceId]);
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > performance.now()) return kept.found;
    const found = this.#find(of, workspaceId);
    this.#kept.set(key, { found, until: performance.now() + KEPT_MS });
    found.catch(() => {
      if (this.#kept.get(key)?.found === found) this.#kept.delete(key);
    });
    return found;
  }
}
