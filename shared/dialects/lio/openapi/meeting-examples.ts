const TIME = "2026-06-15T09:14:32.000Z";

const MEETING = {
  id: 21,
  user_id: 142,
  lead_id: 80231,
  contact_id: null,
  company_id: 17,
  title: "Intro call",
  description: null,
  location: null,
  start_time: "2030-07-01T09:00:00.000Z",
  end_time: "2030-07-01T09:30:00.000Z",
  timezone: "Europe/Berlin",
  attendees: [{ email: "jane@example.com", name: "Jane Roe", status: "needs_action" }],
  meeting_url: "https://meet.example.com/abc",
  meeting_tool: "custom",
  status: 1,
  summary: null,
  has_transcript: false,
  booking: null,
  created_at: TIME,
  updated_at: TIME,
};

const page = (message: string, record: object) => ({
  success: true,
  message,
  data: [record],
  total: 1,
  page: 1,
  limit: 10,
});

const EVENT = {
  id: 4,
  provider: "internal",
  title: "Holidays",
  description: null,
  start: "2030-07-31T22:00:00.000Z",
  end: "2030-08-14T22:00:00.000Z",
  all_day: true,
  timezone: "Europe/Berlin",
  location: null,
  attendees: [],
  meeting_url: null,
  busy: true,
};

const CHANNEL = {
  id: "19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2",
  name: "General",
  description: null,
  team_id: "893075dd-2487-4122-925f-022c42e20265",
  team_name: "Sales",
  web_url:
    "https://teams.microsoft.com/l/channel/19%3a4a95f7d8db4c4e7fae857bcebe0623e6%40thread.tacv2",
  membership_type: "standard",
};

/** Meetings, events and channels as they are answered, by the name of their schema. */
export const MEETING_ANSWERS: Readonly<Record<string, unknown>> = {
  MeetingPage: page("Meetings fetched", MEETING),
  CalendarEventPage: page("Events fetched", EVENT),
  TeamsChannelPage: page("Channels fetched", CHANNEL),
};

/** Bodies about meetings and events, by the name of their schema less `Body`. */
export const MEETING_BODIES: Readonly<Record<string, unknown>> = {
  CreateMeeting: {
    title: "Intro call",
    start_time: "2030-07-01T11:00:00+02:00",
    end_time: "2030-07-01T11:30:00+02:00",
    lead_id: 80231,
    company_id: 17,
    timezone: "Europe/Berlin",
    attendees: ["jane@example.com", { email: "john@example.com", name: "John Doe" }],
    meeting_tool: "custom",
    meeting_url: "https://meet.example.com/abc",
    transcript: [{ speaker: "Jane Roe", text: "Hello", start: 0 }],
  },
  UpdateMeeting: { title: "Demo", status: 3, transcript: "Hello" },
  CreateCalendarEvent: {
    title: "Holidays",
    start: "2030-08-01",
    end: "2030-08-15",
    all_day: true,
    timezone: "Europe/Berlin",
  },
};
