import ICAL from "ical.js";
import type { Email } from "postal-mime";
import type { Mailer, MailServices } from "./mail-services.ts";
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
  organizer: string;
}

/** Reads the parts for calendars of a message, both of which say the same. */
export function toldBy({ to, email }: Pick<Arrived, "to" | "email">): Told {
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
    organizer: value("organizer").toLowerCase().replace("mailto:", ""),
    attendees: (event?.getAllProperties("attendee") ?? [])
      .map((one) => String(one.getFirstValue()).toLowerCase().replace("mailto:", "")),
  };
}

/** Likewise of a message as its provider has it, to whom its headers tell. */
export function toldIn(email: Email | undefined): Told {
  if (email === undefined) throw new Error("no message");
  const to = [...email.to ?? [], ...email.cc ?? []].flatMap(({ address }) => address ?? []);
  return toldBy({ to, email });
}

/** What was sent by the mail accounts of a provider. */
export function invitationsAt({ gmail, graph, smtp }: MailServices, mailer: Mailer): Email[] {
  if (mailer === "gmail") return gmail.mailbox;
  if (mailer === "outlook") return graph.mails.flatMap(({ email }) => email ?? []);
  return smtp.arrived.map(({ email }) => email);
}
