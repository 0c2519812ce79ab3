import { ApiError, besideFields } from "../../api-error.ts";
import type { Booking, Hours } from "./booking.ts";

/** How one can be booked, as it stands in the form: texts as they were typed. */
export interface Draft {
  enabled: boolean;
  slug: string;
  title: string;
  description: string;
  location: string;
  meeting_tool: string;
  durations: string;
  slot_interval: string;
  buffer_before: string;
  buffer_after: string;
  min_notice_minutes: string;
  max_days_ahead: string;
  timezone: string;
  working_hours: Hours;
}

/** What the form begins with. */
export function draftOf(booking: Booking): Draft {
  const { slot_interval, durations, description, location } = booking;
  return {
    ...booking,
    description: description ?? "",
    location: location ?? "",
    durations: durations.join(", "),
    slot_interval: slot_interval === null ? "" : String(slot_interval),
    buffer_before: String(booking.buffer_before),
    buffer_after: String(booking.buffer_after),
    min_notice_minutes: String(booking.min_notice_minutes),
    max_days_ahead: String(booking.max_days_ahead),
  };
}

/** What of a draft was changed, as the API takes it. */
export function changesOf(draft: Draft, before: Booking): Record<string, unknown> {
  const given = {
    ...draft,
    title: textOf(draft.title),
    description: textOf(draft.description),
    location: textOf(draft.location),
    timezone: textOf(draft.timezone),
    durations: draft.durations.split(",").map(numberOf),
    slot_interval: numberOf(draft.slot_interval),
    buffer_before: numberOf(draft.buffer_before),
    buffer_after: numberOf(draft.buffer_after),
    min_notice_minutes: numberOf(draft.min_notice_minutes),
    max_days_ahead: numberOf(draft.max_days_ahead),
  };
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(before[name as keyof Booking])
    ),
  );
}

/** The draft once what was sent is saved: what was typed meanwhile stays. */
export function savedInto(now: Draft, sent: Draft, saved: Booking): Draft {
  const typed = Object.entries(now).filter(([name, value]) =>
    JSON.stringify(value) !== JSON.stringify(sent[name as keyof Draft])
  );
  return { ...draftOf(saved), ...Object.fromEntries(typed) };
}

/** A refusal of the API with what is wrong told of the form's fields. */
export function toldOf(error: unknown, names: readonly string[]): unknown {
  // Only a slug can be somebody else's already.
  if (error instanceof ApiError && error.status === 409 && error.code === "duplicate") {
    return error.withFields([{ field: "slug", message: error.message }]);
  }
  return besideFields(error, names, "booking.");
}

function textOf(text: string): string | null {
  return text.trim() || null;
}

function numberOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
