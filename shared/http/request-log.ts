import type { Database } from "../db/database.ts";
import { DatabaseUnavailable } from "../db/errors.ts";
import { keepAlive } from "./keep-alive.ts";
import { logTrouble } from "./log.ts";

/** A request as it is logged: no query, no body, no secret. */
export interface LoggedRequest {
  workspace_id: string;
  /** When it came, by `performance.now()`. */
  began: number;
  api: string;
  method: string;
  path: string;
  status: number;
  /** Milliseconds from request to answer. */
  ms: number;
  actor_kind: string;
  actor_id: string;
  request_id: string;
  /** Error code of the answer. */
  error_code: string | undefined;
}

interface Kept extends LoggedRequest {
  id: string;
}

const MOST_KEPT = 1_000;
const AT_ONCE = 200;
const EVERY_MS = 1_000;

/**
 * Writes requests of workspaces to the database, once a second or 200 together, when a connection is
 * free. Nobody waits for it: up to 1,000 are kept, and beyond that the oldest are dropped.
 */
export class RequestLog {
  readonly #database: Pick<Database, "query" | "isIdle">;
  #kept: Kept[] = [];
  #dropped = 0;
  #isPlanned = false;
  #isTroubled = false;
  #writing: Promise<void> | null = null;

  constructor(database: Pick<Database, "query" | "isIdle">) {
    this.#database = database;
  }

  /** Keeps a request until it can be written. */
  add(request: LoggedRequest): void {
    if (this.#kept.length >= MOST_KEPT) {
      this.#kept.shift();
      this.#dropped++;
    }
    this.#kept.push({ ...request, id: crypto.randomUUID() });
    if (this.#kept.length >= AT_ONCE) void this.#writeWhenFree();
    this.#plan();
  }

  /** Writes what is kept, whether or not somebody waits for a connection: before the process ends. */
  async flush(): Promise<void> {
    await this.#writing;
    await this.#write();
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    keepAlive(this.#writeLater());
  }

  async #writeLater(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    this.#isPlanned = false;
    await this.#writeWhenFree();
    if (this.#kept.length > 0) this.#plan();
  }

  async #writeWhenFree(): Promise<void> {
    if (this.#database.isIdle) await this.#write();
  }

  #write(): Promise<void> {
    return this.#writing ??= this.#send().finally(() => this.#writing = null);
  }

  async #send(): Promise<void> {
    const kept = this.#kept;
    if (kept.length === 0) return;
    this.#kept = [];
    const now = performance.now();
    const given = kept.map(({ began, ...request }) => ({ ...request, ago: now - began }));
    try {
      const text = "select app.log_requests($1)";
      await this.#database.query({ text, values: [JSON.stringify(given)], prepared: true });
      this.#isTroubled = false;
      this.#tellDropped();
    } catch (error) {
      this.#failed(kept, error);
    }
  }

  // What the database refuses now, it would refuse again; what it did not get, it may take later.
  #failed(kept: readonly Kept[], error: unknown): void {
    if (error instanceof DatabaseUnavailable) {
      const all = [...kept, ...this.#kept];
      this.#kept = all.slice(-MOST_KEPT);
      this.#dropped += all.length - this.#kept.length;
    } else this.#dropped += kept.length;
    if (this.#isTroubled) return;
    this.#isTroubled = true;
    logTrouble("request log", error instanceof Error ? error.name : "error");
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    logTrouble("request log", `${this.#dropped} requests were not logged`);
    this.#dropped = 0;
  }
}
