import { IDEMPOTENCY_KEY_USED, isPostgresError } from "../db/errors.ts";
import type { Transaction } from "../db/transaction.ts";
import { rowOf } from "../db/wire/rows.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Workspace } from "../db/workspace.ts";
import { Refusal } from "../refusals/refusal.ts";
import type { Call, Outcome } from "./call.ts";
import { keptBody, keptOutcome, type KeyedWrite, keyedWrite } from "./idempotency.ts";

/** Longer than any service is waited for with what is written before and after. */
const HELD_SECONDS = 150;
const LOOK_AGAIN_MS = 200;
const PATIENCE_MS = 70_000;
const RETRY_SECONDS = 5;

/** A write that asks another service in its middle. */
export interface OutgoingWrite<R> {
  /** Stores what is to be done, with the key, in one transaction; answers its id. Throws Refusal. */
  prepare(transaction: Transaction): Promise<string>;
  /** Asks the service. A retry after a process that went away comes here with the same id. */
  act(id: string): Promise<R>;
  /** Writes what came of it, with the answer under the key, in one transaction. */
  settle(transaction: Transaction, id: string, result: R): Promise<Outcome>;
  /** Undoes what was stored, or marks it failed, in one transaction; the key is free again. */
  release(transaction: Transaction, id: string, error: unknown): Promise<void>;
}

/** Writes with another service, once under the request's idempotency key; see {@link writeOnceOutside}. */
export async function writeOutside<R>(call: Call, write: OutgoingWrite<R>): Promise<Outcome> {
  return await writeOnceOutside(call.workspace, keyedWrite(call), {
    ...write,
    settle: async (...settled) => call.finish(await write.settle(...settled)),
  });
}

/**
 * Writes with another service, once under an idempotency key, and holds no transaction while the service is
 * asked: the key is held for the request instead (lease), and a concurrent retry waits for its answer.
 * Throws Refusal: of the steps, or when the key belongs to another request.
 */
export async function writeOnceOutside<R>(
  workspace: Workspace,
  keyed: KeyedWrite | null,
  write: OutgoingWrite<R>,
): Promise<Outcome> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      const id = await prepared(workspace, keyed, write);
      return await done(workspace, keyed, write, id);
    } catch (error) {
      if (keyed === null || !isOfKey(error)) throw error;
      const kept = await keptOutcome(workspace, keyed);
      if (kept !== null) return kept;
      if (Date.now() > until) throw underWay();
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}

function prepared<R>(
  workspace: Workspace,
  keyed: KeyedWrite | null,
  { prepare }: OutgoingWrite<R>,
): Promise<string> {
  return workspace.transact(async (transaction) => {
    if (keyed === null) return await prepare(transaction);
    const { key, hashes: [hash] } = keyed;
    const [rows] = await transaction.run([
      bound("select app.hold_idempotency_key($1, $2, $3) as id", [key, hash, HELD_SECONDS]),
    ]);
    const { id: former } = rowOf<{ id: string | null }>(rows);
    if (former !== null) return former;
    const id = await prepare(transaction);
    await transaction.run([
      bound("update crm.idempotency_keys set reference = $2 where key = $1", [key, id]),
    ]);
    return id;
  });
}

async function done<R>(
  workspace: Workspace,
  keyed: KeyedWrite | null,
  write: OutgoingWrite<R>,
  id: string,
): Promise<Outcome> {
  try {
    const result = await write.act(id);
    return await workspace.transact(async (transaction) => {
      if (keyed !== null) await requireUnanswered(transaction, keyed);
      const outcome = await write.settle(transaction, id, result);
      if (keyed !== null) await transaction.run([await answering(workspace, keyed, outcome)]);
      return outcome;
    });
  } catch (error) {
    if (!isOfKey(error)) await released(workspace, keyed, write, id, error);
    throw error;
  }
}

async function requireUnanswered(transaction: Transaction, { key }: KeyedWrite): Promise<void> {
  const text = "select from crm.idempotency_keys where key = $1 and status is null for update";
  const [rows] = await transaction.run([bound(text, [key])]);
  if (rows?.length === 0) throw new AnsweredMeanwhile();
}

async function answering(workspace: Workspace, keyed: KeyedWrite, outcome: Outcome) {
  const body = await keptBody(workspace, keyed, outcome);
  const text =
    "update crm.idempotency_keys set status = $2, body = $3, held_until = null where key = $1";
  return bound(text, [keyed.key, outcome.status, body]);
}

// What cannot be undone now is found by whoever takes the key once it is not held any more.
async function released<R>(
  workspace: Workspace,
  keyed: KeyedWrite | null,
  { release }: OutgoingWrite<R>,
  id: string,
  error: unknown,
): Promise<void> {
  try {
    await workspace.transact(async (transaction) => {
      await release(transaction, id, error);
      if (keyed === null) return;
      const text = "delete from crm.idempotency_keys where key = $1 and status is null";
      await transaction.run([bound(text, [keyed.key])]);
    });
  } catch (failure) {
    if (error instanceof Error) error.cause ??= failure;
  }
}

function bound(text: string, values: readonly unknown[]): Statement {
  return { text, values, prepared: true };
}

/** Another request took the key when it was not held any more, and has answered it. */
class AnsweredMeanwhile extends Error {
  override name = "AnsweredMeanwhile";
}

function isOfKey(error: unknown): boolean {
  return error instanceof AnsweredMeanwhile ||
    isPostgresError(error) && error.code === IDEMPOTENCY_KEY_USED;
}

function underWay(): Refusal {
  return new Refusal("unavailable", "The first request with this idempotency key is under way.", {
    retry_after: RETRY_SECONDS,
  });
}
