import { Buffer } from "node:buffer";
import type { Statement } from "../db/wire/pipeline.ts";
import { rowsOf } from "../db/wire/rows.ts";
import { Turns } from "../memory/turns.ts";
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

/** A password that somebody gives for an email. */
export interface Guess {
  /** Null for one that nobody has: its guesses count for the address alone. */
  email: string | null;
  password: string;
  /** Where it comes from (see client-network.ts); null when that is not known. */
  address: string | null;
}

/** What too many wrong passwords were of. */
export type GuessLimit = "email" | "address";

/** A password was not looked at, as too many were wrong of late. */
export interface Locked {
  is: "locked";
  by: GuessLimit;
  /** Seconds until another one is. */
  retryAfter: number;
}

/** What became of a password: right, wrong, or not looked at. */
export type Verdict = { is: "right"; proof: Proof } | { is: "wrong" } | Locked;

const checks = new Turns();
const waits = new Turns();

/**
 * Checks the password of an email. In 15 minutes five of an email may be wrong, and a hundred from an
 * address, which those that are right leave as they are.
 */
export function checkPassword(query: Query, guess: Guess): Promise<Verdict> {
  return checks.run(guess.email ?? `from ${guess.address}`, () => check(query, guess));
}

async function check(query: Query, guess: Guess): Promise<Verdict> {
  const begun = await begin(query, guess);
  if ("is" in begun) return begun;
  const { attempt, hash } = begun;
  // An email that is not known takes as long as one that is, unless that is told anyway.
  const isRight = guess.email !== null &&
    await verifyPassword(guess.password, hash ?? unknownHash());
  if (isRight && hash !== null) return { is: "right", proof: { attempt, hash } };
  await query(called("select app.fail_sign_in($1)", attempt));
  return { is: "wrong" };
}

interface Begun {
  attempt: string;
  hash: string | null;
}

type Refused = Locked & { pending: number };

// Those that are being checked elsewhere may turn out right: whoever comes while there are too many waits.
async function begin(query: Query, guess: Guess): Promise<Begun | Locked> {
  const first = await ask(query, guess);
  if (!isPending(first)) return first;
  const waiting = () => askAgain(query, guess);
  // However many wait for one address, one asks.
  return first.by === "address" ? await waits.run(String(guess.address), waiting) : await waiting();
}

async function askAgain(query: Query, guess: Guess): Promise<Begun | Locked> {
  for (let waited = 0;; waited++) {
    const last = await ask(query, guess);
    if (!isPending(last) || waited === MOST_WAITS) return last;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

function isPending(asked: Begun | Refused): asked is Refused {
  return "is" in asked && asked.pending > 0;
}

async function ask(query: Query, { email, address }: Guess): Promise<Begun | Refused> {
  const [row] = await query(called("select * from app.begin_sign_in($1, $2)", email, address));
  if (typeof row?.attempt === "string") {
    return { attempt: row.attempt, hash: row.password_hash as string | null };
  }
  return {
    is: "locked",
    by: row?.refused_by as GuessLimit,
    retryAfter: Number(row?.retry_after),
    pending: Number(row?.pending),
  };
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
