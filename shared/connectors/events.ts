import { createHash } from "node:crypto";
import { InvalidInput } from "../refusals/errors.ts";
import type { Definition } from "./definition.ts";
import { type Budget, compileExpression, ExpressionError } from "./expressions/expression.ts";

/** The most events of one delivery. */
export const MAX_EVENTS = 100;

const LONGEST_ID = 255;
/** What ids made of idempotency keys begin with, and no other id does. */
const OF_KEYS = "key:";

/**
 * The events of a payload; one, unless the connector knows how to take several apart. Throws
 * InvalidInput.
 */
export async function eventsOf(
  { items }: Pick<Definition, "items">,
  payload: unknown,
  budget: Budget,
): Promise<unknown[]> {
  if (items === null) return [payload];
  const found = await evaluated("items", items, payload, budget);
  const events = Array.isArray(found) ? found : found === undefined ? [] : [found];
  if (events.length <= MAX_EVENTS) return events;
  throw invalid("items", `Must give at most ${MAX_EVENTS} events; there are ${events.length}.`);
}

/**
 * The sender's own id of an event, by which its retries are recognised; null without one. One that
 * cannot be stored, or has more than 255 characters, is told apart by its SHA-256. Throws InvalidInput.
 */
export async function eventIdOf(
  { event_id }: Pick<Definition, "event_id">,
  event: unknown,
  budget: Budget,
): Promise<string | null> {
  if (event_id === null) return null;
  const found = await evaluated("event_id", event_id, event, budget);
  if (found === undefined || found === null || found === "") return null;
  if (typeof found !== "string" && typeof found !== "number") {
    throw invalid("event_id", "Must give a text or a number.");
  }
  const id = String(found);
  if (!id.isWellFormed() || id.includes("\0")) return digest(JSON.stringify(id));
  return id.startsWith(OF_KEYS) ? digest(id) : storedId(id);
}

/** The id that stands for an event when only the request's idempotency key tells it apart. */
export function keyedId(key: string, index: number): string {
  return storedId(`${OF_KEYS}${index}:${key}`);
}

function storedId(id: string): string {
  return id.length <= LONGEST_ID ? id : digest(id);
}

function digest(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

/** Why an event becomes no record; null when it may become one. Throws InvalidInput. */
export async function reasonToSkip(
  { skip }: Pick<Definition, "skip">,
  event: unknown,
  budget: Budget,
): Promise<string | null> {
  const reason = skip === null ? undefined : await evaluated("skip", skip, event, budget);
  if (typeof reason === "string" && reason !== "") return reason;
  return reason === true ? "The connector skips such events." : null;
}

/** Whether an event, with what was looked up for it, is the sender's test. Throws InvalidInput. */
export async function isTest(
  { test }: Pick<Definition, "test">,
  event: unknown,
  budget: Budget,
): Promise<boolean> {
  return test !== null && await evaluated("test", test, event, budget) === true;
}

/**
 * An event with what the connector's `prepare` finds in it, as its field map sees it. Throws
 * InvalidInput.
 */
export async function preparedEvent(
  { prepare }: Pick<Definition, "prepare">,
  event: unknown,
  budget: Budget,
): Promise<unknown> {
  if (prepare === null) return event;
  const prepared = await evaluated("prepare", prepare, event, budget);
  const isObject = typeof event === "object" && event !== null && !Array.isArray(event);
  return isObject ? { ...event, prepared } : { prepared };
}

async function evaluated(
  field: string,
  text: string,
  input: unknown,
  budget: Budget,
): Promise<unknown> {
  try {
    return await compileExpression(text).evaluate(input, budget);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw invalid(field, error.message);
  }
}

function invalid(field: string, message: string): InvalidInput {
  return new InvalidInput([{ field, message }], `The connector's ${field} fails on this payload.`);
}
