import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { ApiResponse } from "../support/api-client.ts";
import { LeadHubClient } from "../support/leadhub.ts";

const REST_MS = 50;

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
    for (;;) {
      const answer = await super.send(method, path, request).catch(broken);
      if (answer !== null && answer.status !== 503) {
        this.answers++;
        this.#answered.emit("answer");
        return answer;
      }
      this.tries++;
      await sleep(REST_MS);
    }
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
