import { useEffect, useRef } from "preact/hooks";

/**
 * Writes a whole list after each change of it, one write after another: a change that is made before the
 * last one is read again adds to it.
 */
export function useInTurn<T>(
  stored: readonly T[],
  save: (list: readonly T[]) => Promise<void>,
): (change: (list: readonly T[]) => readonly T[]) => Promise<void> {
  const list = useRef(stored);
  const last = useRef<Promise<void>>(Promise.resolve());
  const waiting = useRef(0);
  const text = JSON.stringify(stored);
  useEffect(() => {
    if (waiting.current === 0) list.current = stored;
  }, [text]);
  return (change) => {
    const write = async (before: Promise<void>) => {
      await before;
      const next = change(list.current);
      await save(next);
      list.current = next;
    };
    waiting.current++;
    const done = write(last.current).finally(() => waiting.current--);
    last.current = done.catch(() => {});
    return done;
  };
}
