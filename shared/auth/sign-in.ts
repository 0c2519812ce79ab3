import { Buffer } from "node:buffer";
import type { Statement } from "../db/wire/pipeline.ts";
import { lazy } from "../memory/lazy.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { refreshTokens } from "./refresh-token.ts";
import { sameHash } from "./secret-token.ts";

const WAIT_MS = 250;
const MOST_WAITS = 60;

/** Runs one statement outside any workspace. */
export type Query = (statement: Statement) => Promise<Record<string, unknown>[]>;

/** A workspace that lets a person in. */
export interface Entity {
  id: string;
  slug: string;
  name: string;
  role: string;
  user_name: string;
}

/** A session that has begun or goes on: its refresh token is told once. */
export interface Session {
  email: string;
  sessionId: string;
  refreshToken: string;
}

/** What became of a password: right, wrong, or not looked at, as too many were wrong of late. */
export type Verdict = { is: "right"; attempt: string } | { is: "wrong" } | {
  is: "locked";
  retryAfter: number;
};

// Of no password. An email that is not known takes as long as one that is.
const noHash = lazy(() => hashPassword(crypto.randomUUID()));

/** Checks the password of an email, of which five in 15 minutes may be wrong. */
export async function checkPassword(
  query: Query,
  email: string,
  password: string,
): Promise<Verdict> {
  const begun = await begin(query, email);
  if ("retryAfter" in begun) return { is: "locked", retryAfter: begun.retryAfter };
  const { attempt, hash } = begun;
  const isRight = await verifyPassword(password, hash ?? await noHash()) && hash !== null;
  if (isRight) return { is: "right", attempt };
  await query(called("select app.fail_sign_in($1, $2)", email, attempt));
  return { is: "wrong" };
}

// Those that are being checked may turn out right, so whoever comes while there are five waits for them.
async function begin(
  query: Query,
  email: string,
): Promise<{ attempt: string; hash: string | null } | { retryAfter: number }> {
  for (let waits = 0;; waits++) {
    const [row] = await query(called("select * from app.begin_sign_in($1)", email));
    if (typeof row?.attempt === "string") {
      return { attempt: row.attempt, hash: row.password_hash as string | null };
    }
    if (Number(row?.pending) === 0 || waits === MOST_WAITS) {
      return { retryAfter: Number(row?.retry_after) };
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

/** Starts a session of an email whose password was right. */
export async function startSession(query: Query, email: string): Promise<Session> {
  const { token, publicId, hash } = refreshTokens.generate();
  const start = "select app.start_session($1, $2, $3) as id";
  const [row] = await query(called(start, email, publicId, Buffer.from(hash)));
  return { email, sessionId: String(row?.id), refreshToken: token };
}

/** Goes on with the session of a refresh token, which is then used up; null when it is good no more. */
export async function refreshSession(query: Query, token: string): Promise<Session | null> {
  const presented = refreshTokens.parse(token);
  if (presented === null) return null;
  const find = "select * from app.find_refresh_token($1)";
  const [found] = await query(called(find, presented.publicId));
  if (!found || !sameHash(found.token_hash as Uint8Array, presented.hash)) return null;
  const next = refreshTokens.generate();
  const rotate = "select app.rotate_refresh_token($1, $2, $3) as done";
  const [row] = await query(
    called(rotate, presented.publicId, next.publicId, Buffer.from(next.hash)),
  );
  if (row?.done !== true) return null;
  return {
    email: String(found.email),
    sessionId: String(found.session_id),
    refreshToken: next.token,
  };
}

/** Ends a session. */
export async function endSession(query: Query, email: string, sessionId: string): Promise<void> {
  await query(called("select app.end_session($1, $2)", email, sessionId));
}

/** Gives an account another password; its other sessions end. */
export async function changePassword(
  query: Query,
  { email, sessionId, password }: { email: string; sessionId: string; password: string },
): Promise<void> {
  const hash = await hashPassword(password);
  await query(called("select app.change_password($1, $2, $3)", email, sessionId, hash));
}

/** The workspaces that let a person in. */
export async function entitiesOf(query: Query, email: string): Promise<Entity[]> {
  const rows = await query(called("select * from app.entities_of($1)", email));
  return rows as unknown as Entity[];
}

/** Whether a session is still on. */
export async function isOn(query: Query, email: string, sessionId: string): Promise<boolean> {
  const [row] = await query(
    called("select is_on from app.find_session($1, $2, null)", email, sessionId),
  );
  return row?.is_on === true;
}

function called(text: string, ...values: unknown[]): Statement {
  return { text, values, prepared: true };
}
