import type { Sample } from "./sample.ts";
import { VOICE_SAMPLES } from "./voice-samples.ts";

/** Rows of meetings, calendars and calls, in the order of their links. */
export const MEETING_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.meetings": (_, own) => ({
    title: "Intro call",
    user_id: own["crm.users"],
    lead_id: own["crm.leads"],
    contact_id: own["crm.contacts"],
    company_id: own["crm.companies"],
    start_time: "2026-03-28T09:00:00Z",
    end_time: "2026-03-28T09:30:00Z",
    timezone: "Europe/Berlin",
    attendees: [{ email: "jane@acme.com", name: null, status: "needs_action" }],
    meeting_tool: "none",
    status: 1,
    buffer_before: 0,
    buffer_after: 0,
    is_exclusive: false,
    sequence: 0,
    organizer: { email: "rita@example.com", name: "Rita" },
  }),
  "crm.meeting_transcripts": (_, own) => ({
    meeting_id: own["crm.meetings"],
    entries: [{ speaker: "Jane", text: "Hello", start: 0 }],
  }),
  "crm.calendar_events": (_, own) => ({
    title: "Holidays",
    user_id: own["crm.users"],
    start_time: "2026-03-28T00:00:00Z",
    end_time: "2026-03-30T00:00:00Z",
    timezone: "UTC",
    all_day: true,
    attendees: [],
    busy: true,
  }),
  ...VOICE_SAMPLES,
};
