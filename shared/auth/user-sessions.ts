import { performance } from "node:perf_hooks";
import type { UserRole } from "../db/claims.ts";
import { BoundedMap } from "../memory/bounded-map.ts";
import type { TokenUser, UserTokens } from "./user-token.ts";

const KEPT_MS = 10_000;
const MOST_KEPT = 10_000;

/** A user who signed in to a workspace. */
export interface UserSession extends TokenUser {
  userId: string;
  email: string;
  role: UserRole;
}

/** A session as app.find_user_session answers it. */
export interface StoredUserSession {
  is_on: boolean;
  is_active: boolean;
  user_id: string;
  email: string;
  role: UserRole;
}

/** Why a token lets nobody in. */
export type TokenDenial = "invalid" | "expired" | "revoked" | "inactive";

/** Looks the session of a token up; null when its user is gone. */
export type FindUserSession = (of: TokenUser) => Promise<StoredUserSession | null>;

/** Recognises user tokens. What is known of a session, its user and role is at most 10 s old. */
export class UserSessions {
  readonly #tokens: UserTokens | null;
  readonly #find: FindUserSession;
  readonly #kept = new BoundedMap<
    string,
    { found: Promise<StoredUserSession | null>; until: number }
  >(MOST_KEPT);

  constructor(tokens: UserTokens | null, find: FindUserSession) {
    this.#tokens = tokens;
    this.#find = find;
  }

  /** The user behind a token, or why there is none. */
  async user(token: string): Promise<UserSession | TokenDenial> {
    const of = await this.#tokens?.read(token) ?? "invalid";
    if (typeof of === "string") return of;
    const found = await this.#session(of);
    if (found === null || !found.is_on) return "revoked";
    if (!found.is_active) return "inactive";
    return { ...of, userId: found.user_id, email: found.email, role: found.role };
  }

  /** Looks every session up again: one was ended, or a user changed. */
  forget(): void {
    this.#kept.clear();
  }

  #session(of: TokenUser): Promise<StoredUserSession | null> {
    const key = `${of.workspaceId} ${of.number} ${of.sessionId}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > performance.now()) return kept.found;
    const found = this.#find(of);
    this.#kept.set(key, { found, until: performance.now() + KEPT_MS });
    found.catch(() => {
      if (this.#kept.get(key)?.found === found) this.#kept.delete(key);
    });
    return found;
  }
}
