import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { ApiResponse } from "../support/api-client.ts";
import { LeadHubClient } from "../support/leadhub.ts";

const REST_MS = 50;

/**
 * Asks until functions and database are there to answer; `again` is told each time. A write needs an
 * idempotency key, which each request has again.
 */
export async function patiently(
  request: () => Promise<ApiResponse>,
  again: () => void = () => {},
): Promise<ApiResponse> {
  for (;;) {
    const answer = await request().catch(broken);
    if (answer !== null && answer.status !== 503) return answer;
    again();
    await sleep(REST_MS);
  }
}

/** Asks again under the same idempotency key while functions or database are away. */
export class PatientClient extends LeadHubClient {
  /** Times a request was not answered, or by 503. */
  tries = 0;
  /** Requests that were answered. */
  answers = 0;
  readonly #answered = new EventEmitter();

  override async send(
    method: string,
    path: string,
    { headers, ...options }: Parameters<LeadHubClient["send"]>[2] = {},
  ): Promise<ApiResponse> {
    const request = { ...options, headers: { "idempotency-key": randomUUID(), ...headers } };
    const answer = await patiently(() => super.send(method, path, request), () => this.tries++);
    this.answers++;
    this.#answered.emit("answer");
    return answer;
  }

  /** Waits until so many requests were answered in all. */
  async answered(count: number): Promise<void> {
    while (this.answers < count) await once(this.#answered, "answer");
  }
}

function broken(error: unknown): null {
  // What `fetch` throws when a connection cannot be made or ends early.
  if (error instanceof TypeError) return null;
  throw error;
}
