import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { calendarOf, type Invitation, textOf } from "../../shared/mail/invitation.ts";

const INVITATION: Invitation = {
  method: "REQUEST",
  uid: "01890a5d-ac96-774b-bcce-b302099a8057@lumenbase",
  sequence: 2,
  title: "Intro call",
  description: "About you",
  location: "Room 1",
  url: "https://meet.example.com/a",
  start: "2026-10-25T00:30:00+00:00",
  end: "2026-10-25T01:30:00+00:00",
  timezone: "Europe/Berlin",
  organizer: { email: "rita@example.com", name: "Rita Rep" },
  attendees: [{ email: "jane@example.com", name: null }],
  is_cancelled: false,
  sent: "2026-06-15T09:14:32.123456+00:00",
};

/** The one event of an invitation, as a reader of calendars has it. */
function read(changes: Partial<Invitation>) {
  const text = calendarOf({ ...INVITATION, ...changes });
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents();
  expect(events.map(({ name }) => name)).toEqual(["vevent"]);
  const event = events[0];
  if (event === undefined) throw new Error("there is an event");
  const value = (name: string) => event.getFirstPropertyValue(name)?.toString();
  return { text, calendar, event, value };
}

describe("an invitation as iCalendar", () => {
  test("is one event, its times in UTC, whom it is from and for", () => {
    const { calendar, event, value } = read({});
    expect(calendar.getFirstPropertyValue("method")).toBe("REQUEST");
    expect(Object.fromEntries(event.getAllProperties().map(({ name }) => [name, value(name)])))
      .toEqual({
        uid: INVITATION.uid,
        sequence: "2",
        dtstamp: "2026-06-15T09:14:32Z",
        dtstart: "2026-10-25T00:30:00Z",
        dtend: "2026-10-25T01:30:00Z",
        summary: "Intro call",
        description: "About you",
        location: "Room 1",
        url: "https://meet.example.com/a",
        status: "CONFIRMED",
        organizer: "mailto:rita@example.com",
        attendee: expect.stringMatching(/^mailto:jane@example\.com$/i),
      });
    expect(event.getFirstProperty("attendee")?.toJSON()[1]).toEqual({
      cn: "jane@example.com",
      partstat: "NEEDS-ACTION",
      role: "REQ-PARTICIPANT",
      rsvp: "TRUE",
    });
  });

  test("takes it back under the same UID", () => {
    const { calendar, event, value } = read({
      method: "CANCEL",
      sequence: 3,
      is_cancelled: true,
    });
    expect(calendar.getFirstPropertyValue("method")).toBe("CANCEL");
    expect([value("uid"), value("sequence"), value("status")])
      .toEqual([INVITATION.uid, "3", "CANCELLED"]);
    expect(event.getFirstProperty("attendee")?.toJSON()[1]).not.toHaveProperty("rsvp", "TRUE");
    expect(read({ method: "CANCEL" }).value("status")).toBeUndefined();
  });

  test.each([
    [
      "ends of lines",
      "a\r\nATTENDEE:mailto:evil@example.com\rb\nc\u2028d",
      "a ATTENDEE:mailto:evil@example.com b c d",
    ],
    ["signs with a meaning", 'a;b,c\\n:"d"', 'a;b,c\\n:"d"'],
    [
      "an emoji at the fold",
      `${"x".repeat(60)}👩‍👩‍👧‍👦👩‍👩‍👧‍👦`,
      `${"x".repeat(60)}👩‍👩‍👧‍👦👩‍👩‍👧‍👦`,
    ],
    ["many bytes", "界".repeat(255), "界".repeat(255)],
    ["control characters", "a\u0007b\u0085c", "a b c"],
  ])("keeps a text with %s to itself", (_, given, title) => {
    const { text, event, value } = read({
      title: given,
      location: given,
      organizer: { email: "rita@example.com", name: given },
      attendees: [{ email: "jörg@müller.example", name: given }],
    });
    expect([value("summary"), value("location")]).toEqual([title, title]);
    expect(event.getAllProperties("attendee")).toHaveLength(1);
    const named = title.replaceAll('"', "'").replaceAll("\\", "/");
    expect(event.getFirstProperty("organizer")?.getParameter("cn")).toBe(named);
    expect(event.getFirstProperty("attendee")?.getParameter("cn")).toBe(named);
    expect(text).not.toMatch(/[^\r]\n|\r[^\n]/);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  test("keeps the lines of a description, and an address as it leads there", () => {
    const { value } = read({
      description: "One\r\nTwo;\tthree\u0000",
      url: "https://x.example/a,b;c?q=é\nX:1",
    });
    expect(value("description")).toBe("One\nTwo;\tthree");
    expect(value("url")).toBe("https://x.example/a%2Cb%3Bc?q=%C3%A9X:1");
  });

  test("keeps a circumflex in a name, which begins an escape", () => {
    const { event } = read({ organizer: { email: "rita@example.com", name: "a^nb^'c" } });
    expect(event.getFirstProperty("organizer")?.getParameter("cn")).toBe("a^nb^'c");
  });
});

describe("an invitation as text", () => {
  test("tells the times in its zone, over the end of summer time", () => {
    expect(textOf(INVITATION)).toBe([
      "Rita Rep invites you to: Intro call",
      "When: Sunday, 25 October 2026, 02:30–02:30 (Europe/Berlin)",
      "Where: Room 1",
      "Join: https://meet.example.com/a",
      "",
      "About you",
    ].join("\n"));
  });

  test("has a line of its own for nothing that was given", () => {
    const text = textOf({
      ...INVITATION,
      method: "CANCEL",
      title: "a\r\nb",
      description: null,
      location: null,
      url: null,
      timezone: "Asia/Kathmandu",
    });
    expect(text).toBe(
      "Rita Rep cancelled: a b\nWhen: Sunday, 25 October 2026, 06:15–07:15 (Asia/Kathmandu)",
    );
  });
});
