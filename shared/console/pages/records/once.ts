import { useRef } from "preact/hooks";

type Write<T> = (idempotencyKey: string) => Promise<T>;

/** Writes with a key that stays while what is sent does, so that trying again writes nothing twice. */
export function useOnce(): <T>(body: unknown, write: Write<T>) => Promise<T> {
  const last = useRef<{ text: string; key: string } | null>(null);
  return async (body, write) => {
    const text = JSON.stringify(body);
    if (last.current?.text !== text) last.current = { text, key: newKey() };
    const answer = await write(last.current.key);
    last.current = null;
    return answer;
  };
}

/** A key for one write. Not `randomUUID`, which pages without TLS lack. */
export function newKey(): string {
  return Array.from(
    crypto.getRandomValues(new Uint8Array(16)),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}
