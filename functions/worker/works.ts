import type { Works } from "../../shared/jobs/run-due.ts";

/** What jobs do, by their kind: a module is loaded when the first job of its kind is run. */
export const works: Works = {
  "webhooks.deliver": async () =>
    (await import("../../shared/webhooks/deliver-work.ts")).deliverWork,
  "webhooks.replay": async () => (await import("../../shared/webhooks/replay-work.ts")).replayWork,
  "webhooks.resume": async () => (await import("../../shared/webhooks/replay-work.ts")).resumeWork,
};
