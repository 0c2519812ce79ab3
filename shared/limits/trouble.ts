import { type Clock, windowEnd } from "./rate-limiter.ts";

const REPORT_SECONDS = 60;

/** Passes on reports, of those in a minute the first. */
export function oncePerMinute(
  report: (reason: string) => void,
  now: Clock,
): (reason: string) => void {
  let reportedIn = 0;
  return (reason) => {
    const window = windowEnd(now(), REPORT_SECONDS);
    if (window === reportedIn) return;
    reportedIn = window;
    report(reason);
  };
}

/** Why a store failed, on one line: errors may carry whole scripts, and `fetch` hides the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.message}${cause}`.split("\n", 1)[0]?.slice(0, 200) ?? "";
}
