import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from "ical-generator";

/** Somebody of an invitation. */
interface Person {
  email: string;
  name: string | null;
}

/** What calendars are told of a meeting, as a message has it (SQL: app.invite). */
export interface Invitation {
  method: "REQUEST" | "CANCEL";
  uid: string;
  sequence: number;
  title: string;
  description: string | null;
  location: string | null;
  url: string | null;
  start: string;
  end: string;
  /** The time zone of the meeting, in which its text tells the times. */
  timezone: string;
  organizer: Person;
  /** All who attend; of a CANCEL those who do not any more. */
  attendees: readonly Person[];
  /** Whether there is no meeting any more, for anybody. */
  is_cancelled: boolean;
  /** When it was written. */
  sent: string;
}

/** An invitation as iCalendar (RFC 5545, RFC 5546): one event, with its times in UTC. */
export function calendarOf(invitation: Invitation): string {
  const { method, uid, sequence, organizer, attendees, url } = invitation;
  const isCancel = method === "CANCEL";
  const calendar = ical({
    prodId: { company: "Lumenbase", product: "Lumenbase", language: "EN" },
    method: isCancel ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: uid,
    sequence,
    stamp: new Date(invitation.sent),
    start: new Date(invitation.start),
    end: new Date(invitation.end),
    summary: oneLine(invitation.title),
    description: plain(invitation.description ?? ""),
    location: oneLine(invitation.location ?? ""),
    ...(url === null ? {} : { url: uriOf(url) }),
    status: statusOf(invitation),
    organizer: { name: quotable(nameOf(organizer)), email: organizer.email },
    attendees: attendees.map((attendee) => ({
      name: quotable(nameOf(attendee)),
      email: attendee.email,
      rsvp: !isCancel,
      status: ICalAttendeeStatus.NEEDSACTION,
    })),
  });
  return calendar.toString();
}

// None for those whom a meeting goes on without (RFC 5546, section 3.2.5).
function statusOf({ method, is_cancelled }: Invitation): ICalEventStatus | null {
  if (method === "REQUEST") return ICalEventStatus.CONFIRMED;
  return is_cancelled ? ICalEventStatus.CANCELLED : null;
}

/** An invitation for those who read no calendars. */
export function textOf(invitation: Invitation): string {
  const { method, title, timezone, location, url, description, organizer } = invitation;
  const what = method === "CANCEL" ? "cancelled" : "invites you to";
  return [
    `${nameOf(organizer)} ${what}: ${oneLine(title)}`,
    `When: ${timesOf(invitation)} (${timezone})`,
    ...(location === null ? [] : [`Where: ${oneLine(location)}`]),
    ...(url === null ? [] : [`Join: ${url}`]),
    ...(description === null ? [] : ["", plain(description)]),
  ].join("\n");
}

// Put together here, as runtimes do not agree on how a date is written.
function timesOf({ start, end, timezone }: Invitation): string {
  const [from, to] = [localTime(start, timezone), localTime(end, timezone)];
  const until = from.day === to.day ? to.time : `${to.day}, ${to.time}`;
  return `${from.day}, ${from.time}–${until}`;
}

function localTime(at: string, timeZone: string): { day: string; time: string } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? "";
  return {
    day: `${part("weekday")}, ${part("day")} ${part("month")} ${part("year")}`,
    time: `${part("hour")}:${part("minute")}`,
  };
}

function nameOf({ name, email }: Person): string {
  return oneLine(name ?? "") || email;
}

// Within quotes a name cannot have quotes (RFC 5545, section 3.2), and a circumflex begins an escape (RFC 6868).
// The writer escapes a backslash, which no reader of a name undoes.
function quotable(name: string): string {
  return name.replaceAll('"', "'").replaceAll("\\", "/").replaceAll("^", "^^");
}

// The writer escapes what a text may not have, which no reader of an address undoes.
function uriOf(url: string): string {
  return new URL(url).href.replace(/[,;\\]/g, (one) => encodeURIComponent(one));
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

// Of control characters, the tab and the end of a line may stand in a text.
function plain(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/(?![\n\t])\p{Cc}/gu, "");
}
