import type { Works } from "../../shared/jobs/run-due.ts";

/** What jobs do, by their kind: a module is loaded when the first job of its kind is run. */
export const works: Works = {
  "mail.send": async () => (await import("../../shared/mail/send-work.ts")).default,
  "webhooks.deliver": async () =>
    (await import("../../shared/webhooks/deliver-work.ts")).deliverWork,
  "webhooks.replay": async () => (await import("../../shared/webhooks/replay-work.ts")).replayWork,
  "webhooks.resume": async () => (await import("../../shared/webhooks/replay-work.ts")).resumeWork,
};
