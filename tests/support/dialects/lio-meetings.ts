/** Mistakes in meetings and events of calendars that only the server can see. */
export const MEETING_MISTAKES = [
  "^Must be (after start|at most 24 hours after start_time|at most 366 days after (start|from))",
  "^Must be (from 0001-01-03|a time with its offset, unless all_day)",
  "^Is required with the meeting tool custom",
  "^Must have at most 400 KB",
];

/** Their fields that are read back in another form, or not at all. */
export const NOT_KEPT_OF_MEETINGS = [
  // People by their emails, and what was said, which is read by itself.
  "attendees",
  "transcript",
  // Of whole days those are answered that they are in.
  "start",
  "end",
];
