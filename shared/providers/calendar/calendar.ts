/** A stretch of time in Unix milliseconds; its end is not in it. */
export interface Span {
  start: number;
  end: number;
}

/** Somebody who attends, and what they said. */
export interface Attendee {
  email: string;
  name: string | null;
  status: "needs_action" | "accepted" | "tentative" | "declined";
}

/** An event of a calendar, whichever service that is of. */
export interface CalendarEvent extends Span {
  /** As the service has it. */
  id: string;
  title: string | null;
  description: string | null;
  isAllDay: boolean;
  timezone: string;
  location: string | null;
  attendees: Attendee[];
  meetingUrl: string | null;
  isBusy: boolean;
}

/** When somebody is busy, with the id of the event. */
export interface BusyTime extends Span {
  id: string;
}

/** What is read of a calendar. */
export interface Reading {
  within: Span;
  /** The time zone of whole days where the calendar does not tell its own. */
  zone: string;
  signal: AbortSignal;
}

/** What an event is to say that is made from here. */
export interface EventText extends Span {
  title: string;
  description: string | null;
  location: string | null;
}

/** Tells an event that is made from here, so that it is made once. */
export interface EventKey {
  /** A UUID. */
  key: string;
  /** How many that were made by it have gone. */
  generation: number;
}

/** The calendar of a user with another service. Each function throws ProviderFailed. */
export interface Calendar {
  /** The events that overlap a time, with recurring ones as often as they take place. */
  events(reading: Reading): Promise<CalendarEvent[]>;
  /** When the user is busy within a time. */
  busyTimes(reading: Reading): Promise<BusyTime[]>;
  /** Makes the event that a text of JSON is, in the service's own words. With a key it is made once. */
  add(event: string, zone: string, key?: string): Promise<CalendarEvent>;
  /** Makes an event; one that was made by the key before is answered. Answers its id. */
  make(key: EventKey, text: EventText): Promise<string>;
  /** The id of an event that may have been made by a key; null when there is none. */
  find(key: EventKey): Promise<string | null>;
  /** Changes an event; false when there is none any more. */
  change(id: string, text: EventText): Promise<boolean>;
  remove(id: string): Promise<void>;
}

/** Whether an event takes place within a time, be it a part of it. */
export function overlaps({ start, end }: Span, within: Span): boolean {
  return end > within.start && start < within.end || start === end && start === within.start;
}
