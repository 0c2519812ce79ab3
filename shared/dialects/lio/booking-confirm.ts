import * as z from "zod";
import { bookablePart, busyTimes } from "../../crm/booking/availability.ts";
import { booking, hold, isTaken, meetingUrl, type Visitor } from "../../crm/booking/book.ts";
import { type BookingProfile, profileById } from "../../crm/booking/profile.ts";
import { freeSlots, type Span } from "../../crm/booking/slots.ts";
import type { InvitationsFrom } from "../../crm/meetings.ts";
import { timezone } from "../../crm/members.ts";
import { domainError } from "../../crm/records.ts";
import { uniqueLeads } from "../../crm/unique-leads.ts";
import { email, label, optional, phone, text } from "../../crm/values/fields.ts";
import { instant } from "../../crm/values/instant.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import { statement } from "../../db/sql.ts";
import type { Transaction } from "../../db/transaction.ts";
import { rowOf, rowsOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { transact } from "../../http/write.ts";
import { systemSender } from "../../mail/system-mail.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { type Host, hostToBook } from "./booking-host.ts";
import { requireFreeElsewhere, UNAVAILABLE, unavailable } from "./booking-elsewhere.ts";
import type { LioCaller } from "./caller.ts";
import { confirmedPage, refusedPage, unreadPage } from "./booking-visit.ts";
import { companyDomain } from "./captured-lead.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./reading.ts";
import { html, oneRecord } from "./schemas.ts";
import { wantsPage } from "./wants-page.ts";
import { SUBMISSION_BODY, submitted } from "./web-form-body.ts";

const MINUTE = 60_000;

const body = lazy(() =>
  z.strictObject({
    start: instant(),
    end: instant(),
    name: label(255),
    email: email(),
    company: optional(label(255)),
    phone: optional(phone()),
    notes: optional(text(5_000)),
    tz: optional(timezone()).meta({
      description: "The visitor's time zone (IANA); that of the profile unless given.",
    }),
  })
);

const confirmed = lazy(() =>
  oneRecord(
    z.object({
      id: z.int(),
      status: z.literal("confirmed"),
      start: z.string(),
      end: z.string(),
      timezone: z.string(),
      title: z.string(),
      name: z.string(),
      email: z.string(),
      location: z.string().nullable(),
      meeting_url: z.string().nullable(),
      invitation: z.enum(["queued", "not_configured"]).meta({
        description: "Not configured: without a mail account of the user, and a server for mail.",
      }),
    }).meta({ id: "ConfirmedBooking" }),
  ).meta({ id: "ConfirmedBookingAnswer" })
);

/** What a visitor asks for. */
interface Wish {
  slot: Span;
  visitor: Visitor;
}

/** POST: books a slot (spec: Confirm a booking). */
export const confirmBooking: LioOperation = {
  kind: "write",
  body: SUBMISSION_BODY,
  get contract() {
    return {
      id: "confirmBooking",
      summary: "Confirm a booking",
      body: body(),
      answers: { 201: z.union([confirmed(), html()]) },
      refusals: ["not_found", "conflict", "limited", "provider_failed", "unavailable"] as const,
    };
  },
  async run(call) {
    return await confirm(call, await hostToBook(call));
  },
};

async function confirm(call: Call<LioCaller>, host: Host): Promise<Outcome> {
  await loadRegistries();
  const { profile } = host;
  const sent = submitted(call);
  try {
    const [, wish] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => wishOf(sent, profile),
    );
    await requireFreeElsewhere(call, host, wish.slot);
    const from = systemSender(call.services.env);
    const outcome = await transact(call, (transaction) => booked(transaction, host, wish, from));
    if (!wantsPage(call)) return outcome;
    const { replayed } = outcome;
    const page = confirmedPage(profile, wish.slot, wish.visitor.timezone);
    return replayed ? { ...page, replayed } : page;
  } catch (error) {
    const refused = isTaken(error) ? unavailable() : domainError(uniqueLeads, error);
    if (!wantsPage(call)) throw refused;
    if (refused instanceof InvalidInput) {
      return refusedPage(call, profile, sent, refused.fields);
    }
    if (refused instanceof Refusal && refused.facts.code === UNAVAILABLE) {
      return refusedPage(call, profile, sent, null);
    }
    return unreadPage(call, profile, sent, refused);
  }
}

async function booked(
  transaction: Transaction,
  host: Host,
  wish: Wish,
  from: InvitationsFrom | null,
): Promise<Outcome> {
  const { slot, visitor } = wish;
  const now = Date.now();
  const asked = {
    duration: (slot.end - slot.start) / MINUTE,
    within: { start: slot.start, end: slot.start + 1 },
  };
  const { within: bookable } = bookablePart(host.profile, asked, now);
  const isOffered = bookable.start < bookable.end;
  const [, held, busy] = await transaction.run([
    statement(hold(host.id, visitor.email)),
    // As it is once nobody else can change it.
    statement(profileById(host.id)),
    // The times around what is not offered may be none that can be told.
    ...isOffered ? [statement(busyTimes(host.id, host.profile, asked))] : [],
  ]);
  const [profile] = rowsOf<BookingProfile & { enabled: boolean }>(held);
  if (!isOffered || !profile?.enabled) throw unavailable();
  if (!profile.durations.includes(asked.duration)) throw unavailable();
  const { duration, within } = bookablePart(profile, asked, now);
  if (freeSlots(profile, duration, within, rowsOf<Span>(busy)).length === 0) throw unavailable();
  const domain = companyDomain(visitor.email);
  const [made] = await transaction.run([
    statement(booking(host.id, profile, slot, visitor, domain, from)),
  ]);
  const { number, is_invited } = rowOf<{ number: number; is_invited: boolean }>(made);
  return told(number, profile, wish, is_invited);
}

function told(
  id: number,
  profile: BookingProfile,
  { slot, visitor }: Wish,
  isInvited: boolean,
): Outcome {
  return answer(201, {
    id,
    status: "confirmed",
    start: new Date(slot.start).toISOString(),
    end: new Date(slot.end).toISOString(),
    timezone: visitor.timezone,
    title: profile.title,
    name: visitor.name,
    email: visitor.email,
    location: profile.location,
    meeting_url: meetingUrl(profile),
    invitation: isInvited ? "queued" : "not_configured",
  }, "Booking confirmed");
}

function wishOf(
  sent: Record<string, unknown>,
  { durations, timezone: zone }: BookingProfile,
): Wish {
  const { start, end, tz, ...visitor } = validated(body(), sent);
  const slot = { start: Date.parse(start), end: Date.parse(end) };
  if (!durations.some((duration) => slot.end - slot.start === duration * MINUTE)) {
    const message = `Must be ${durations.join(" or ")} minutes after start.`;
    throw new InvalidInput([{ field: "end", message }]);
  }
  return { slot, visitor: { ...visitor, timezone: tz ?? zone } };
}
