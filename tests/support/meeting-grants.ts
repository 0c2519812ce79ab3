const ALL = "DELETE INSERT SELECT UPDATE";

/** What the API's role may do with meetings and calendars. */
export const MEETING_GRANTS: Record<string, string> = {
  "crm.calendar_events": ALL,
  "crm.meeting_transcripts": ALL,
  "crm.meetings": ALL,
  "app.busy_range(timestamp with time zone,timestamp with time zone,integer,integer)": "EXECUTE",
};
