import { createHash } from "node:crypto";
import { sameHash } from "../auth/api-key.ts";
import { InvalidInput } from "../refusals/errors.ts";
import type { Transaction } from "../db/transaction.ts";
import { IDEMPOTENCY_KEY_USED, isPostgresError } from "../db/errors.ts";
import type { Call, Outcome } from "./call.ts";
import { ApiError } from "../dialects/lumenbase/errors.ts";

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

/**
 * Writes under an idempotency key, kept for 24 hours: the key, the write and the answer share one
 * transaction, so a retry finds all of them or none. A retry gets the kept answer; one that comes
 * while the first is under way waits for it. Throws 409 when the key belongs to another request.
 */
export async function writeOnce(
  call: Call,
  key: string,
  work: (transaction: Transaction) => Promise<Outcome>,
): Promise<Outcome> {
  const hash = requestHash(call);
  try {
    return await call.services.database.transact(call.claims, async (transaction) => {
      const text = "select app.claim_idempotency_key($1, $2)";
      transaction.queue({ text, values: [key, hash], prepared: true });
      const result = await work(transaction);
      return { result, last: await keep(call, key, result) };
    });
  } catch (error) {
    if (!isPostgresError(error) || error.code !== IDEMPOTENCY_KEY_USED) throw error;
    return await keptOutcome(call, key, hash) ?? await writeOnce(call, key, work);
  }
}

async function keep(call: Call, key: string, { status, body, confidential }: Outcome) {
  const kept = confidential
    ? await call.services.secrets().seal({ body }, call.caller.workspaceId)
    : body;
  const text = "update crm.idempotency_keys set status = $2, body = $3 where key = $1";
  return { text, values: [key, status, kept], prepared: true as const };
}

// An answer in JSON begins with a brace, a sealed one does not.
async function readable(call: Call, kept: string): Promise<string> {
  if (kept.startsWith("{")) return kept;
  const { body } = await call.services.secrets().open(kept, call.caller.workspaceId);
  if (body === undefined) throw new Error("a sealed answer has no body");
  return body;
}

async function keptOutcome(call: Call, key: string, hash: Uint8Array): Promise<Outcome | null> {
  const [rows] = await call.services.database.read(call.claims, [{
    text: "select request_hash, status, body from crm.idempotency_keys where key = $1",
    values: [key],
    prepared: true,
  }]);
  const kept = rows?.[0] as (Outcome & { request_hash: Uint8Array }) | undefined;
  // It was just seen to exist: only its 24 hours can have ended since.
  if (kept === undefined) return null;
  if (!sameHash(kept.request_hash, hash)) {
    throw new ApiError(
      "IDEMPOTENCY_KEY_REUSED",
      "This idempotency key was used for another request in the last 24 hours; use a new key.",
      { fields: [{ field: "Idempotency-Key", message: "Belongs to another request." }] },
    );
  }
  return { status: kept.status, body: await readable(call, kept.body), replayed: true };
}

function requestHash({ request, query, text }: Call): Uint8Array {
  const path = new URL(request.url).pathname.replace(/\/+$/, "");
  const parts = [request.method, path, query.toString(), text];
  return createHash("sha256").update(JSON.stringify(parts)).digest();
}

function invalid(message: string): InvalidInput {
  return new InvalidInput([{ field: "Idempotency-Key", message }]);
}
