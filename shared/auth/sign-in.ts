import { Buffer } from "node:buffer";
import type { Statement } from "../db/wire/pipeline.ts";
import { rowsOf } from "../db/wire/rows.ts";
import { hashPassword, unknownHash, verifyPassword } from "./password.ts";
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

/** That a password was found right: in which attempt, and against which hash. */
export interface Proof {
  attempt: string;
  hash: string;
}

/** What became of a password: right, wrong, or not looked at, as too many were wrong of late. */
export type Verdict = { is: "right"; proof: Proof } | { is: "wrong" } | {
  is: "locked";
  retryAfter: number;
};

/** The last check of each email that is under way in this process. */
const turns = new Map<string, Promise<unknown>>();

/** Checks the password of an email, of which five in 15 minutes may be wrong. */
export async function checkPassword(
  query: Query,
  email: string,
  password: string,
): Promise<Verdict> {
  const before = turns.get(email);
  const mine = (before ?? Promise.resolve()).then(() => check(query, email, password));
  const settled = mine.catch(() => {});
  turns.set(email, settled);
  try {
    return await mine;
  } finally {
    if (turns.get(email) === settled) turns.delete(email);
  }
}

async function check(query: Query, email: string, password: string): Promise<Verdict> {
  const begun = await begin(query, email);
  if ("retryAfter" in begun) return { is: "locked", retryAfter: begun.retryAfter };
  const { attempt, hash } = begun;
  // An email that is not known takes as long as one that is.
  const isRight = await verifyPassword(password, hash ?? unknownHash());
  if (isRight && hash !== null) return { is: "right", proof: { attempt, hash } };
  await query(called("select app.fail_sign_in($1, $2)", email, attempt));
  return { is: "wrong" };
}

// Those that other processes are checking may turn out right: whoever comes while there are five waits.
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

/** Starts a session of an email whose password was right; null when it has another one by now. */
export async function startSession(
  query: Query,
  email: string,
  proof: Proof,
): Promise<Session | null> {
  const { token, publicId, hash } = refreshTokens.generate();
  const start = "select app.start_session($1, $2, $3, $4, $5) as id";
  const [row] = await query(
    called(start, email, proof.attempt, proof.hash, publicId, Buffer.from(hash)),
  );
  return typeof row?.id === "string" ? { email, sessionId: row.id, refreshToken: token } : null;
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

/**
 * Gives an account another password in place of the one that was right; its other sessions end. Answers
 * whether that one and the session still held.
 */
export async function changePassword(
  query: Query,
  { email, sessionId }: { email: string; sessionId: string },
  proof: Proof,
  password: string,
): Promise<boolean> {
  const hash = await hashPassword(password);
  const change = "select app.change_password($1, $2, $3, $4, $5) as done";
  const [row] = await query(called(change, email, sessionId, proof.attempt, proof.hash, hash));
  return row?.done === true;
}

/** The workspaces that let a person in. */
export async function entitiesOf(query: Query, email: string): Promise<Entity[]> {
  return rowsOf<Entity>(await query(called("select * from app.entities_of($1)", email)));
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
