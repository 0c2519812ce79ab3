import * as z from "zod";
import { dayAfter, dayAt, instantOf } from "../../crm/booking/local-time.ts";
import type { BookingProfile } from "../../crm/booking/profile.ts";
import type { Span } from "../../crm/booking/slots.ts";
import { timezone } from "../../crm/members.ts";
import type { Fields } from "../../crm/plan.ts";
import { calendarDate } from "../../crm/values/fields.ts";
import { instant } from "../../crm/values/instant.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { FieldError } from "../../refusals/field-error.ts";
import { type Kind, Refusal } from "../../refusals/refusal.ts";
import { slotsOf } from "./availability.ts";
import { addressOf, type Choice } from "./booking-choice.ts";
import { bookingForm, slotText } from "./booking-form.ts";
import type { Host } from "./booking-host.ts";
import { monthAfter } from "./booking-month.ts";
import { bookingPage } from "./booking-page.ts";
import { bookingDocument } from "./booking-style.ts";
import { ERRORS } from "./errors.ts";
import { escaped } from "./web-form-inputs.ts";

/** What keeps a calendar from being read. */
const UNREAD: ReadonlySet<Kind> = new Set(["provider_failed", "unavailable"]);
const MONTH = "Must be a month of the years 1000 to 9989, such as 2027-03";

/** The query parameters of the page: what the visitor has chosen so far. */
export const pageParameters = lazy(() =>
  z.strictObject({
    tz: timezone().optional(),
    duration: wholeNumber(480).optional(),
    month: z.string().regex(/^(?!999)[1-9]\d{3}-(0[1-9]|1[0-2])$/, MONTH).optional(),
    date: calendarDate().optional(),
    start: instant().optional(),
  })
);

/** The page of a profile. */
export async function shownPage(
  call: Call,
  host: Host,
  query: z.output<ReturnType<typeof pageParameters>>,
): Promise<Outcome> {
  const now = Date.now();
  const { profile } = host;
  const choice = chosen(profile, query, now);
  const { timezone: zone, duration, month } = choice;
  const within = { start: firstOf(month, zone), end: firstOf(monthAfter(month, 1), zone) };
  try {
    const slots = await slotsOf(call, host, { duration, within }, now);
    return bookingPage(profile, addressOfPage(call, profile), choice, slots, now);
  } catch (error) {
    return unreadPage(call, profile, null, error);
  }
}

/** The page after a booking. */
export function confirmedPage(profile: BookingProfile, slot: Span, zone: string): Outcome {
  const { title, name, location } = profile;
  return bookingDocument(
    201,
    title,
    `<div role="status"><p>You are booked with <span dir="auto">${escaped(name)}</span>:</p>
<p><strong>${escaped(slotText(slot, zone))}</strong></p></div>
${location === null ? "" : `<p class="about" dir="auto">Where: ${escaped(location)}</p>`}`,
  );
}

/** The page of a form with mistakes, or of a slot that is not free any more. */
export function refusedPage(
  call: Call,
  profile: BookingProfile,
  values: Fields,
  errors: readonly FieldError[] | null,
): Outcome {
  const form = errors === null ? null : formAgain(call, profile, values, errors);
  if (form !== null) return bookingDocument(422, profile.title, form);
  const again = addressOf(addressOfPage(call, profile), {
    ...chosenIn(profile, values),
    start: undefined,
  });
  return bookingDocument(
    errors === null ? 409 : 422,
    profile.title,
    `<p role="alert" class="error">This time is not, or no longer, free.</p>
<p><a href="${escaped(again)}">Choose another time</a></p>`,
  );
}

/** The page where a calendar cannot be read, with the form that was sent, if one was. Throws any other error. */
export function unreadPage(
  call: Call,
  profile: BookingProfile,
  values: Fields | null,
  error: unknown,
): Outcome {
  if (!(error instanceof Refusal) || !UNREAD.has(error.kind)) throw error;
  const notice = `<p role="alert" class="error">What is free cannot be looked up at the moment.
Please try again later.</p>`;
  const form = values === null ? null : formAgain(call, profile, values, []);
  const content = form === null ? notice : `${notice}\n${form}`;
  return bookingDocument(ERRORS[error.kind].status, profile.title, content);
}

/** The form with what was sent; null where that has no time. */
function formAgain(
  call: Call,
  profile: BookingProfile,
  values: Fields,
  errors: readonly FieldError[],
): string | null {
  const choice = chosenIn(profile, values);
  const end = Date.parse(instant().safeParse(values.end).data ?? "");
  const { start, date } = choice;
  if (start === undefined || date === undefined || !(end > start)) return null;
  const duration = Math.round((end - start) / 60_000);
  const page = addressOfPage(call, profile);
  return bookingForm(page, { ...choice, duration }, { start, end }, values, errors);
}

function chosenIn(profile: BookingProfile, values: Fields): Choice {
  return chosen(profile, {
    tz: timezone().safeParse(values.tz).data,
    start: instant().safeParse(values.start).data,
  }, Date.now());
}

function chosen(
  { timezone: own, durations }: BookingProfile,
  { tz, duration, month, date, start }: z.output<ReturnType<typeof pageParameters>>,
  now: number,
): Choice {
  const zone = tz ?? own;
  if (duration !== undefined && !durations.includes(duration)) {
    const message = `Must be one of ${durations.join(", ")}.`;
    throw new InvalidInput([{ field: "duration", message, in: "query" }]);
  }
  const at = start === undefined ? undefined : Date.parse(start);
  const day = date ?? (at === undefined ? undefined : dayAt(at, zone));
  const isKnown = day !== undefined && day >= "1000" && day < "9990";
  return {
    timezone: zone,
    duration: duration ?? durations[0],
    month: month ?? (isKnown ? day : dayAt(now, zone)).slice(0, 7),
    date: isKnown ? day : undefined,
    start: at,
  };
}

// Relative, so that visitors stay on the host that they came to.
function addressOfPage({ request }: Call, { slug }: BookingProfile): string {
  const [, below = ""] = new URL(request.url).pathname.split("/booking/");
  const depth = below.split("/").length - 1;
  return `${depth === 0 ? "./" : "../".repeat(depth)}${slug}`;
}

function firstOf(month: string, zone: string): number {
  return instantOf(dayAfter(`${month}-01`, 0), 0, zone, "start");
}
