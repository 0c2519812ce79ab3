import type { ApiKeyFingerprint } from "./api-key.ts";

/** Looks a key or token up; the hash that was presented tells whether its use is recorded. */
export type Find<T> = (publicId: string, presentedHash: Uint8Array) => Promise<T | null>;

const KEPT_MS = 10_000;
const MAX_KEPT = 10_000;

/**
 * Reads each key or token from the database once and then keeps it in memory for at most 10 s, so
 * one that was revoked dies within 10 s.
 */
export class RecentKeys<T> {
  readonly #find: Find<T>;
  readonly #kept = new Map<string, { found: Promise<T | null>; until: number }>();

  constructor(find: Find<T>) {
    this.#find = find;
  }

  /** What is stored under the public part, if anything. */
  find({ publicId, hash }: ApiKeyFingerprint): Promise<T | null> {
    const kept = this.#kept.get(publicId);
    if (kept !== undefined && kept.until > Date.now()) return kept.found;
    const found = this.#find(publicId, hash);
    this.#kept.delete(publicId);
    if (this.#kept.size >= MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? "");
    this.#kept.set(publicId, { found, until: Date.now() + KEPT_MS });
    found.catch(() => {
      if (this.#kept.get(publicId)?.found === found) this.#kept.delete(publicId);
    });
    return found;
  }
}
