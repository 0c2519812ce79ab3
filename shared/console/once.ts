import { useRef } from "preact/hooks";

/** A key for one write. Not `randomUUID`, which pages without TLS lack. */
export function newKey(): string {
  return Array.from(
    crypto.getRandomValues(new Uint8Array(16)),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** Writes what a body says with an idempotency key. */
export type Once = <T>(body: unknown, write: (idempotencyKey: string) => Promise<T>) => Promise<T>;

/**
 * Writes with a key that stays while what is sent does, so that trying again writes nothing twice; what was
 * written has a new one the next time.
 */
export function useOnce(): Once {
  const last = useRef<{ text: string; key: string } | null>(null);
  return async (body, write) => {
    const text = JSON.stringify(body);
    if (last.current?.text !== text) last.current = { text, key: newKey() };
    const answer = await write(last.current.key);
    last.current = null;
    return answer;
  };
}
