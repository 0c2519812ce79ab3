import { useCallback, useEffect, useRef, useState } from "preact/hooks";

/** What is loaded: the last data stays while it is loaded anew. */
export interface Loaded<T> {
  data: T | undefined;
  error: Error | undefined;
  isLoading: boolean;
  /** Loads again. */
  reload(): void;
}

type Load<T> = (signal: AbortSignal) => Promise<T>;

/**
 * Loads data when a component appears, and again when one of `by` changes, which drops the data before; an
 * answer that is asked for no more is dropped.
 */
export function useLoad<T>(load: Load<T>, by: readonly unknown[]): Loaded<T> {
  const key = JSON.stringify(by);
  const [state, setState] = useState<{ key: string; data?: T; error?: Error; isLoading: boolean }>(
    { key, isLoading: true },
  );
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const abort = new AbortController();
    const set = (next: { data: T } | { error: Error }) => {
      if (abort.signal.aborted) return;
      // What failed to load anew leaves what there is.
      setState(({ key: before, data }) => ({
        key,
        ...(before === key && data !== undefined ? { data } : {}),
        ...next,
        isLoading: false,
      }));
    };
    setState((old) => old.key === key ? { ...old, isLoading: true } : { key, isLoading: true });
    latest.current(abort.signal).then(
      (data) => set({ data }),
      (error: unknown) => set({ error: error instanceof Error ? error : new Error(String(error)) }),
    );
    return () => abort.abort();
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const isCurrent = state.key === key;
  return {
    data: isCurrent ? state.data : undefined,
    error: isCurrent ? state.error : undefined,
    isLoading: !isCurrent || state.isLoading,
    reload,
  };
}

/** Reloads every so many milliseconds, while the page is seen and the last load has ended. */
export function usePolling({ reload, isLoading }: Loaded<unknown>, milliseconds: number): void {
  useEffect(() => {
    if (isLoading) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") reload();
    }, milliseconds);
    return () => clearInterval(timer);
  }, [isLoading, milliseconds, reload]);
}
