import { ApiError } from "../../api-error.ts";
import { deliveryPage, replay } from "./deliveries.ts";

/** How far a replay of many is. */
export interface Progress {
  total: number;
  accepted: number;
  failed: number;
  /** Set while the user's limit of requests is waited for. */
  isWaiting: boolean;
}

const MINUTE_MS = 60_000;

/** Replays all deliveries of a connector that failed, the oldest first, until it is stopped. */
export async function replayAll(
  connectorId: string,
  signal: AbortSignal,
  told: (progress: Progress) => void,
): Promise<void> {
  const ids = await limited(() => failedIds(connectorId, signal), signal, () => {});
  let progress: Progress = { total: ids.length, accepted: 0, failed: 0, isWaiting: false };
  const tell = (change: Partial<Progress>) => told(progress = { ...progress, ...change });
  tell({});
  for (const id of ids) {
    if (signal.aborted) return;
    try {
      await limited(() => replay(id), signal, () => tell({ isWaiting: true }));
      tell({ accepted: progress.accepted + 1, isWaiting: false });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status === 0 || error.status === 401) throw error;
      tell({ failed: progress.failed + 1, isWaiting: false });
    }
  }
}

async function failedIds(connector_id: string, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const found: Awaited<ReturnType<typeof deliveryPage>> = await deliveryPage(
      { connector_id, status: "failed", per_page: 100, sort_order: "asc", cursor },
      signal,
    );
    ids.push(...found.items.map(({ id }) => id));
    cursor = found.pagination.next_cursor;
  } while (cursor !== null);
  return ids;
}

// Limits are counted from full minute to full minute.
async function limited<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  waits: () => void,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 429 || signal.aborted) throw error;
    waits();
    await nextMinute(signal);
    signal.throwIfAborted();
    return await work();
  }
}

function nextMinute(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, MINUTE_MS - Date.now() % MINUTE_MS + 500);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
