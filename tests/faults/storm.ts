import { setTimeout as sleep } from "node:timers/promises";
import type { Json } from "../support/api-client.ts";
import type { Intent } from "./intents.ts";

/** An answer that ended the asking. */
export interface Answered {
  intent: Intent;
  status: number;
  body: Json;
}

/** How clients ask. */
export interface StormOptions {
  clients: number;
  /** The functions' address now; it may change while a client waits. */
  baseUrl(): string;
  keyOf(intent: Intent): string | null;
  /** Called with the count of answers so far, after each. */
  onAnswer(answers: number): void;
}

/** What was seen while clients asked. */
export interface Storm {
  answers: Answered[];
  /** Times an answer was not that of the write, by status; 0 is a connection that broke. */
  tries: Record<number, number>;
}

// A request that is not answered by then hangs.
const HANGS_MS = 60_000;
const REST_MS = 30;

/** Lets clients ask for every intent, each again and again with one idempotency key until answered. */
export async function storm(intents: readonly Intent[], options: StormOptions): Promise<Storm> {
  const left = intents.entries();
  const result: Storm = { answers: [], tries: {} };
  const client = async () => {
    for (const [index, intent] of left) {
      result.answers.push(await untilAnswered(intent, index, options, result.tries));
      options.onAnswer(result.answers.length);
    }
  };
  await Promise.all(Array.from({ length: options.clients }, client));
  return result;
}

async function untilAnswered(
  intent: Intent,
  index: number,
  { baseUrl, keyOf }: StormOptions,
  tries: Storm["tries"],
): Promise<Answered> {
  const key = keyOf(intent);
  const headers = {
    "content-type": "application/json",
    ...(key === null
      ? {}
      : { authorization: `Bearer ${key}`, "idempotency-key": `write-${index}` }),
  };
  for (;;) {
    const answer = await ask(`${baseUrl()}/functions/v1/${intent.path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(intent.body),
    });
    if (intent.ends.includes(answer.status)) return { intent, ...answer };
    tries[answer.status] = (tries[answer.status] ?? 0) + 1;
    if (answer.status !== 0 && answer.status !== 503) {
      throw new Error(
        `${intent.kind} was answered ${answer.status} ${JSON.stringify(answer.body)}`,
      );
    }
    await sleep(REST_MS);
  }
}

/** One request; status 0 when the connection broke. Throws when no answer comes. */
async function ask(url: string, init: RequestInit): Promise<{ status: number; body: Json }> {
  const signal = AbortSignal.timeout(HANGS_MS);
  try {
    const response = await fetch(url, { ...init, signal });
    return { status: response.status, body: await response.json() };
  } catch (error) {
    if (signal.aborted) throw new Error(`no answer within ${HANGS_MS} ms`, { cause: error });
    return { status: 0, body: null };
  }
}
