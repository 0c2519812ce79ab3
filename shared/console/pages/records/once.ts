import { useRef } from "preact/hooks";
import { newKey } from "../../once.ts";

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
