/** What the hosted runtime has: keeps the process until a promise is settled. */
interface EdgeRuntime {
  waitUntil(promise: Promise<unknown>): void;
}

/** Whether the host can keep the process after its last answer. */
export function canKeepAlive(): boolean {
  return runtime() !== undefined;
}

/** Keeps the process until the work, which never rejects, is done, where the host can. */
export function keepAlive(work: Promise<void>): void {
  runtime()?.waitUntil(work);
}

function runtime(): EdgeRuntime | undefined {
  return (globalThis as { EdgeRuntime?: EdgeRuntime }).EdgeRuntime;
}
