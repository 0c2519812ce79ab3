const ALL = "DELETE INSERT SELECT UPDATE";

/** What the API's role may do with meetings and calendars. */
export const MEETING_GRANTS: Record<string, string> = {
  "crm.calendar_events": ALL,
  "crm.meeting_copies": ALL,
  "crm.meeting_transcripts": ALL,
  "crm.meetings": ALL,
  "app.busy_range(timestamp with time zone,timestamp with time zone,integer,integer)": "EXECUTE",
  "app.busy_times(uuid,timestamp with time zone,timestamp with time zone)": "EXECUTE",
  "app.change_meeting(bigint,jsonb,jsonb)": "EXECUTE",
  "app.create_calendar_event(jsonb)": "EXECUTE",
  "app.day_in_zone(text,text,boolean)": "EXECUTE",
  "app.create_meeting(jsonb,jsonb)": "EXECUTE",
  "app.delete_meeting(bigint,jsonb)": "EXECUTE",
  "app.insert_meeting(crm.meetings,jsonb)": "EXECUTE",
  "app.invite(crm.meetings,text,text,jsonb,jsonb)": "EXECUTE",
  "app.invite_by_system(uuid,text,text)": "EXECUTE",
  "app.inviting_account(uuid,jsonb)": "EXECUTE",
  "app.organizer_of(uuid,jsonb)": "EXECUTE",
  "app.set_transcript(uuid,jsonb)": "EXECUTE",
  "app.stored_meeting(jsonb,crm.meetings)": "EXECUTE",
  "app.tell_attendees(crm.meetings,crm.meetings,jsonb)": "EXECUTE",
};
