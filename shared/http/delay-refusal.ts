const HELD_MS = 250;
const MOST_HELD = 1_000;

let holding = 0;

/**
 * Keeps a refusal back for a quarter of a second, so that whoever goes on asking above the limit costs
 * the others little. Above 1,000 at once, and once the client has gone away, it comes at once.
 */
export async function delayRefusal(signal: AbortSignal): Promise<void> {
  if (holding >= MOST_HELD || signal.aborted) return;
  holding++;
  try {
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, HELD_MS);
      signal.addEventListener("abort", end);
    });
  } finally {
    holding--;
  }
}
