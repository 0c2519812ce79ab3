import { Refusal } from "../../../refusals/refusal.ts";

/** How many streams of a key a process has open at once. */
export const MOST_STREAMS = 10;

const RETRY_SECONDS = 5;
const open = new Map<string, number>();

/** Counts one more stream of a key; answers what takes it off again. Throws Refusal for one too many. */
export function openStream(keyId: string): () => void {
  const before = open.get(keyId) ?? 0;
  if (before >= MOST_STREAMS) {
    const message = `This key has ${MOST_STREAMS} streams open already; close one of them first.`;
    throw new Refusal("limited", message, {
      limit: "streams_per_key",
      retry_after: RETRY_SECONDS,
    });
  }
  open.set(keyId, before + 1);
  return () => {
    const left = (open.get(keyId) ?? 1) - 1;
    if (left > 0) open.set(keyId, left);
    else open.delete(keyId);
  };
}
