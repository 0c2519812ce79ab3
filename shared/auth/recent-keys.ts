import { performance } from "node:perf_hooks";
import type { PresentedToken } from "./secret-token.ts";

/** Looks a key or token up; the hash that was presented tells whether its use is recorded. */
export type Find<T> = (publicId: string, presentedHash: Uint8Array) => Promise<T | null>;

/** How long what was found may be used, by the database's clock. */
export interface Expiring {
  /** Milliseconds until it expires, zero or less when it has; an hour when later or never. */
  expires_in: number;
}

const KEPT_MS = 10_000;
const MAX_KEPT = 10_000;

interface Kept<T> {
  found: Promise<T | null>;
  askedAt: number;
  until: number;
}

/**
 * Reads each key or token from the database once and then keeps it in memory for at most 10 s, so
 * one that was revoked dies within 10 s. One that expires meanwhile is read again then: the database's
 * clock decides, not this process's.
 */
export class RecentKeys<T extends Expiring> {
  readonly #find: Find<T>;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept<T>>();

  constructor(find: Find<T>, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#find = find;
  }

  /**
   * What is stored under the public part, if anything, as it was read at most `maxAge` milliseconds ago.
   * A typo never reaches the database.
   */
  find({ publicId, hash, isIntact }: PresentedToken, maxAge = KEPT_MS): Promise<T | null> {
    const kept = this.#kept.get(publicId);
    const now = this.#now();
    if (kept !== undefined && kept.until > now && kept.askedAt + maxAge >= now) return kept.found;
    if (!isIntact()) return Promise.resolve(null);
    const found = this.#find(publicId, hash);
    this.#kept.delete(publicId);
    if (this.#kept.size >= MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? "");
    const askedAt = this.#now();
    const keeping = { found, askedAt, until: askedAt + KEPT_MS };
    this.#kept.set(publicId, keeping);
    void this.#settle(keeping, publicId);
    return found;
  }
  async #settle(keeping: Kept<T>, publicId: string): Promise<void> {
    try {
      const { expires_in = 0 } = await keeping.found ?? {};
      if (expires_in > 0) keeping.until = keeping.askedAt + Math.min(expires_in, KEPT_MS);
    } catch {
      if (this.#kept.get(publicId) === keeping) this.#kept.delete(publicId);
    }
  }
}
