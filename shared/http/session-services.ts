import { type AccessTokens, accessTokens } from "../auth/access-token.ts";
import { Sessions, type StoredSession } from "../auth/sessions.ts";
import { type StoredUserSession, UserSessions } from "../auth/user-sessions.ts";
import { type UserTokens, userTokens } from "../auth/user-token.ts";
import { SupabaseTokens } from "../auth/supabase-tokens.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import { rowOf } from "../db/wire/rows.ts";

/** What knows people who signed in. */
export interface SessionServices {
  sessions: Sessions;
  /** Those who signed in to one workspace for long. */
  userSessions: UserSessions;
  /** Makes and reads access tokens. Throws without `LUMENBASE_ENCRYPTION_KEY`. */
  accessTokens(): AccessTokens;
  /** Makes and reads the tokens of those; null without `LUMENBASE_ENCRYPTION_KEY`. */
  userTokens: UserTokens | null;
}

/** Makes what knows people who signed in, here or, where it is configured, through Supabase Auth. */
export function sessionServices(
  { LUMENBASE_ENCRYPTION_KEY: keys, SUPABASE_AUTH_URL: supabaseAuth }: Record<
    string,
    string | undefined
  >,
  publicUrl: string,
  query: (statement: Statement) => Promise<Rows>,
): SessionServices {
  const access = keys ? accessTokens(keys, publicUrl) : null;
  const ofUsers = keys ? userTokens(keys) : null;
  const supabase = supabaseAuth ? new SupabaseTokens(supabaseAuth) : null;
  const sessions = new Sessions(access, supabase, async ({ email, sessionId }, workspaceId) => {
    const text = "select * from app.find_session($1, $2, $3)";
    const values = [email, sessionId, workspaceId];
    return rowOf<StoredSession>(await query({ text, values, prepared: true }));
  });
  const userSessions = new UserSessions(
    ofUsers,
    async ({ workspaceId, number, sessionId }) => {
      const text = "select * from app.find_user_session($1, $2, $3)";
      const values = [workspaceId, number, sessionId];
      const rows = await query({ text, values, prepared: true });
      return rows.length === 0 ? null : rowOf<StoredUserSession>(rows);
    },
  );
  return {
    sessions,
    userSessions,
    userTokens: ofUsers,
    accessTokens() {
      if (access !== null) return access;
      throw new Error("LUMENBASE_ENCRYPTION_KEY is not set; nobody can sign in.");
    },
  };
}
