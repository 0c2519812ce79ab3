const MOST_BYTES = 32 << 20;
const PATIENCE_MS = 2_000;

/**
 * Reads what is left of a refused request's body, up to 32 MB and 2 s, and forgets it: when a
 * connection is closed on which bytes are still coming, the answer is lost (RFC 9112, section 9.6).
 */
export async function drain({ body }: Request): Promise<void> {
  if (body === null || body.locked) return;
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  const timer = setTimeout(cancel, PATIENCE_MS);
  try {
    for (let size = 0; size <= MOST_BYTES;) {
      const { done, value } = await reader.read();
      if (done) return;
      size += value.byteLength;
    }
    cancel();
  } catch {
    // The sender has gone, and needs no answer.
  } finally {
    clearTimeout(timer);
  }
}
