// Runs under Deno, as a part of the gateway.

const APART_MS = 1_000;

/** A function, as the gateway has it. */
interface App {
  fetch(request: Request): Response | Promise<Response>;
}

/**
 * Has the worker do what is due, one call after another: at once while more is due, else a second
 * later. The worker itself tells what goes wrong. Resolves when it was told to stop and the last call
 * has been answered.
 */
export async function tickWorker(worker: App, secret: string, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    if (!await moreIsDue(worker, secret)) await pause(stop);
  }
}

async function moreIsDue(worker: App, secret: string): Promise<boolean> {
  const headers = { Authorization: `Bearer ${secret}` };
  try {
    const request = new Request("http://localhost/worker", { method: "POST", headers });
    const response = await worker.fetch(request);
    const { more } = await response.json() as { more?: boolean };
    return more === true;
  } catch (error) {
    console.error("The worker failed outside its own error handling:", error);
    return false;
  }
}

function pause(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, APART_MS);
    stop.addEventListener("abort", end, { once: true });
    function end(): void {
      clearTimeout(timer);
      stop.removeEventListener("abort", end);
      resolve();
    }
  });
}
