import { busyElsewhereNow } from "../../connected/calendars/busy.ts";
import { bookablePart, reachOf } from "../../crm/booking/availability.ts";
import type { Span } from "../../crm/booking/slots.ts";
import type { Call } from "../../http/call.ts";
import { answeredBefore } from "../../http/idempotency.ts";
import type { Refusal } from "../../refusals/refusal.ts";
import { type Host, openingOf } from "./booking-host.ts";
import type { LioCaller } from "./caller.ts";
import { refusal } from "./errors.ts";

const MINUTE = 60_000;

/** The code of a slot that cannot be booked. */
export const UNAVAILABLE = "slot_unavailable";

/** Refuses a slot. */
export function unavailable(): Refusal {
  return refusal("conflict", UNAVAILABLE, "This time is not, or no longer, offered.");
}

/**
 * Throws Refusal for a slot in which the user is busy by a calendar that they connected; ProviderFailed when
 * one cannot be read. Of a booking that was answered before, the calendar may well have the copy by now.
 */
export async function requireFreeElsewhere(
  call: Call<LioCaller>,
  { profile, calendars }: Host,
  { start, end }: Span,
): Promise<void> {
  if (calendars.length === 0) return;
  const slot = { duration: (end - start) / MINUTE, within: { start, end: start + 1 } };
  const { within: offered } = bookablePart(profile, slot, Date.now());
  if (offered.start >= offered.end || await answeredBefore(call) !== null) return;
  // The start is the only one that is asked for, so it ends with the slot.
  const within = reachOf(profile, { duration: slot.duration, within: { start, end: start } });
  const asked = { calendars, within, zone: profile.timezone };
  if ((await busyElsewhereNow(openingOf(call), asked)).length > 0) throw unavailable();
}
