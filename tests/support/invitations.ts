import ICAL from "ical.js";
import type { Arrived } from "./providers/smtp-mailbox.ts";

/** What a message tells a calendar. */
export interface Told {
  to: string[];
  subject: string;
  method: string;
  uid: string;
  sequence: number;
  start: string;
  /** Null where it has none. */
  status: string | null;
  attendees: string[];
}

/** Reads the parts for calendars of a message, both of which say the same. */
export function toldBy({ to, email }: Arrived): Told {
  const parts = (email.attachments ?? []).map(({ mimeType, filename, content }) => ({
    mimeType,
    filename,
    text: typeof content === "string" ? content : new TextDecoder().decode(content),
  }));
  const [first, attached] = parts;
  if (first === undefined || attached?.filename !== "invite.ics" || attached.text !== first.text) {
    throw new Error(`no invitation: ${JSON.stringify(parts)}`);
  }
  if (first.mimeType !== "text/calendar") throw new Error(`${first.mimeType} is no calendar`);
  const calendar = new ICAL.Component(ICAL.parse(first.text));
  const event = calendar.getFirstSubcomponent("vevent");
  const value = (name: string) => String(event?.getFirstPropertyValue(name));
  return {
    to,
    subject: email.subject ?? "",
    method: String(calendar.getFirstPropertyValue("method")),
    uid: value("uid"),
    sequence: Number(value("sequence")),
    start: value("dtstart"),
    status: event?.getFirstPropertyValue("status")?.toString() ?? null,
    attendees: (event?.getAllProperties("attendee") ?? [])
      .map((one) => String(one.getFirstValue()).toLowerCase().replace("mailto:", "")),
  };
}
