import type { Works } from "../../shared/jobs/run-due.ts";

/** What jobs do, by their kind: a module is loaded when the first job of its kind is run. */
export const works: Works = {
  "events.dispatch": async () =>
    (await import("../../shared/dialects/leadhub/dispatch.ts")).default,
  "automations.step": async () =>
    (await import("../../shared/dialects/leadhub/automation-steps.ts")).default,
  "automations.inactive": async () =>
    (await import("../../shared/dialects/leadhub/inactive-leads.ts")).default,
  "files.remove": async () => (await import("../../shared/files/remove-work.ts")).removeWork,
  "drafts.write": async () => (await import("../../shared/drafting/draft-work.ts")).draftWork,
  "exports.write": async () => (await import("../../shared/dialects/lio/export-work.ts")).default,
  "leads.enrich": async () => (await import("../../shared/enrichment/enrich-work.ts")).enrichWork,
  "leads.import": async () => (await import("../../shared/dialects/lio/import-work.ts")).default,
  "hubspot.import": async () => (await import("../../shared/dialects/lio/hubspot-work.ts")).default,
  "leads.score": async () => (await import("../../shared/scoring/score-work.ts")).scoreWork,
  "leads.rescore": async () => (await import("../../shared/scoring/score-work.ts")).rescoreWork,
  "deals.snapshot": async () =>
    (await import("../../shared/forecasting/snapshot-work.ts")).snapshotWork,
  "follow_ups.due": async () =>
    (await import("../../shared/notifications/follow-up-work.ts")).followUpWork,
  "meetings.copy": async () =>
    (await import("../../shared/connected/calendars/copy-work.ts")).copyWork,
  "slack.post": async () => (await import("../../shared/notifications/slack-work.ts")).slackWork,
  "mail.send": async () => (await import("../../shared/mail/send-work.ts")).default,
  "voice.resolve_call": async () =>
    (await import("../../shared/voice/resolve-call-work.ts")).resolveCallWork,
  "voice.resolve_number": async () =>
    (await import("../../shared/voice/resolve-number-work.ts")).resolveNumberWork,
  "webhooks.deliver": async () =>
    (await import("../../shared/webhooks/deliver-work.ts")).deliverWork,
  "webhooks.replay": async () => (await import("../../shared/webhooks/replay-work.ts")).replayWork,
  "webhooks.resume": async () => (await import("../../shared/webhooks/replay-work.ts")).resumeWork,
};
