import { createHash } from "node:crypto";
import type { Hashes } from "../auth/request-hashes.ts";
import type { SecretBox } from "../auth/secret-box.ts";
import { sameHash } from "../auth/secret-token.ts";
import { IDEMPOTENCY_KEY_USED, isPostgresError } from "../db/errors.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Workspace } from "../db/workspace.ts";
import { InvalidInput } from "../refusals/errors.ts";
import { Refusal } from "../refusals/refusal.ts";
import type { Call, Outcome } from "./call.ts";

/** What an idempotency key looks like. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e][\x20-\x7e]{0,254}$/;

/**
 * The idempotency key of a request, from `Idempotency-Key` or `X-Idempotency-Key`; null without one.
 * Throws InvalidInput unless it has 1 to 255 printable ASCII characters, or when the two differ.
 */
export function idempotencyKey(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  const xKey = request.headers.get("x-idempotency-key");
  if (key !== null && xKey !== null && key !== xKey) {
    throw invalid("Must be the same as X-Idempotency-Key, or only one be given.");
  }
  const given = key ?? xKey;
  if (given !== null && !IDEMPOTENCY_KEY.test(given)) {
    throw invalid("Must be 1 to 255 printable ASCII characters.");
  }
  return given;
}

/** A write under an idempotency key. */
export interface KeyedWrite {
  key: string;
  /** Hashes of what the key was given for. */
  hashes: Hashes;
  /** Encrypts answers that hold a secret. */
  secrets(): SecretBox;
}

/** The keyed write of a request; null for one without a key. Throws InvalidInput. */
export function keyedWrite(call: Call): KeyedWrite | null {
  const key = idempotencyKey(call.request);
  return key === null ? null : { key, hashes: hashesOf(call), secrets: call.services.secrets };
}

/** The answer that a request's idempotency key was given before; null without. Throws Refusal. */
export async function answeredBefore(call: Call): Promise<Outcome | null> {
  const keyed = keyedWrite(call);
  return keyed === null ? null : await keptOutcome(call.workspace, keyed);
}

/**
 * Writes once under an idempotency key, kept for 24 hours: the key, the write and the answer share one
 * transaction, so a retry finds all of them or none. A retry gets the kept answer; one that comes
 * while the first is under way waits for it. Throws Refusal when the key belongs to another request.
 */
export async function writeOnce(
  workspace: Workspace,
  write: KeyedWrite,
  work: (transaction: Transaction) => Promise<Outcome>,
): Promise<Outcome> {
  const { key, hashes: [hash] } = write;
  try {
    return await workspace.transact(async (transaction) => {
      const text = "select app.claim_idempotency_key($1, $2)";
      transaction.queue({ text, values: [key, hash], prepared: true });
      return await work(transaction);
    }, { last: (outcome) => keep(workspace, write, outcome) });
  } catch (error) {
    if (!isPostgresError(error) || error.code !== IDEMPOTENCY_KEY_USED) throw error;
    return await keptOutcome(workspace, write) ?? await writeOnce(workspace, write, work);
  }
}

async function keep(workspace: Workspace, write: KeyedWrite, outcome: Outcome) {
  const text = "update crm.idempotency_keys set status = $2, body = $3 where key = $1";
  const kept = await keptBody(workspace, write, outcome);
  return { text, values: [write.key, outcome.status, kept], prepared: true as const };
}

/** An answer's body as it is kept under an idempotency key: sealed where it holds a secret. */
export async function keptBody(
  workspace: Workspace,
  { secrets }: KeyedWrite,
  { body, confidential }: Outcome,
): Promise<string | null> {
  if (body !== null && typeof body !== "string") {
    throw new TypeError("an answer that is to be kept under an idempotency key is not text");
  }
  return confidential && body !== null ? await secrets().seal({ body }, workspace.id) : body;
}

// An answer in JSON begins with a brace, a sealed one does not.
async function readable(workspace: Workspace, { secrets }: KeyedWrite, given: string | null) {
  if (given === null || given.startsWith("{")) return given;
  const { body } = await secrets().open(given, workspace.id);
  if (body === undefined) throw new Error("a sealed answer has no body");
  return body;
}

/** The answer that was kept under a key; null without one. Throws Refusal when the key is another's. */
export async function keptOutcome(
  workspace: Workspace,
  write: KeyedWrite,
): Promise<Outcome | null> {
  const [rows] = await workspace.read([{
    text: "select request_hash, status, body from crm.idempotency_keys where key = $1",
    values: [write.key],
    prepared: true,
  }]);
  const kept = rows?.[0] as
    | { request_hash: Uint8Array; status: number | null; body: string | null }
    | undefined;
  // It was just seen to exist: only its 24 hours can have ended since.
  if (kept === undefined) return null;
  if (!write.hashes.some((hash) => sameHash(kept.request_hash, hash))) {
    throw new Refusal(
      "key_reused",
      "This idempotency key was used for another request in the last 24 hours; use a new key.",
      { fields: [{ field: "Idempotency-Key", message: "Belongs to another request." }] },
    );
  }
  // It is under way, asking another service.
  if (kept.status === null) return null;
  const body = await readable(workspace, write, kept.body);
  return { status: kept.status, body, replayed: true };
}

// With the user who asks, as what one is answered is not another's to read. A key may be rotated in between.
function hashesOf({ request, query, text, bytes, services, knownCaller }: Call): Hashes {
  const path = new URL(request.url).pathname.replace(/\/+$/, "");
  const body = bytes.length === 0 ? text : createHash("sha256").update(bytes).digest("hex");
  const user = knownCaller?.actor.kind === "user" ? [knownCaller.actor.id] : [];
  const parts = [request.method, path, query.toString(), body, ...user];
  return services.requestHashes(JSON.stringify(parts));
}

function invalid(message: string): InvalidInput {
  return new InvalidInput([{ field: "Idempotency-Key", message, in: "header" }]);
}
