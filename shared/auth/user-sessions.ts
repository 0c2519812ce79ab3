import type { UserRole } from "../db/claims.ts";
import type { TokenUser, UserTokens } from "./user-token.ts";

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

/**
 * Recognises user tokens. Each request looks up its session, with its user and role: one that was ended lets
 * nobody in from then on.
 */
export class UserSessions {
  readonly #tokens: UserTokens | null;
  readonly #find: FindUserSession;

  constructor(tokens: UserTokens | null, find: FindUserSession) {
    this.#tokens = tokens;
    this.#find = find;
  }

  /** The user behind a token, or why there is none; `ended` lets in who has logged out as well. */
  async user(token: string, ended = false): Promise<UserSession | TokenDenial> {
    const of = await this.#tokens?.read(token) ?? "invalid";
    if (typeof of === "string") return of;
    const found = await this.#find(of);
    if (found === null || !(found.is_on || ended)) return "revoked";
    if (!found.is_active) return "inactive";
    return { ...of, userId: found.user_id, email: found.email, role: found.role };
  }
}
