import process from "node:process";
import { canKeepAlive, keepAlive } from "./keep-alive.ts";
import { logTrouble } from "./log.ts";

const APART_MS = 1_000;

let isPlanned = false;
let last = -Infinity;

/**
 * Lets the worker begin what a write has made due, without waiting for it, where the host can and
 * LUMENBASE_WORKER_SECRET is set; at most once a second, and not before what was written until then.
 */
export function wakeWorker(publicUrl: string): void {
  if (isPlanned || !canKeepAlive() || !publicUrl.startsWith("http")) return;
  const secret = process.env.LUMENBASE_WORKER_SECRET;
  if (!secret) return;
  isPlanned = true;
  keepAlive(wake(`${publicUrl}/worker`, secret));
}

async function wake(url: string, secret: string): Promise<void> {
  const wait = last + APART_MS - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  last = performance.now();
  isPlanned = false;
  try {
    const headers = { Authorization: `Bearer ${secret}` };
    const { status, body } = await fetch(url, { method: "POST", headers });
    await body?.cancel();
    if (status !== 200) logTrouble("worker", `it answered ${status}`);
  } catch (error) {
    logTrouble(
      "worker",
      `it could not be called: ${error instanceof Error ? error.name : "error"}`,
    );
  }
}
