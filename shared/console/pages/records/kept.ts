import { useRef } from "preact/hooks";
import type { Loaded } from "../../load.ts";

/** What is loaded, with the data before until it is there: lists do not vanish while they change. */
export function useKept<T>(loaded: Loaded<T>): Loaded<T> {
  const last = useRef<T | undefined>(undefined);
  if (loaded.data !== undefined) last.current = loaded.data;
  if (loaded.error || last.current === undefined) return loaded;
  return { ...loaded, data: last.current };
}
