import { lio, type LioPage, type Query } from "../../api.ts";

/** The days of a week, as LIO names them, and how they are called. */
export const DAYS = [
  ["mon", "Monday"],
  ["tue", "Tuesday"],
  ["wed", "Wednesday"],
  ["thu", "Thursday"],
  ["fri", "Friday"],
  ["sat", "Saturday"],
  ["sun", "Sunday"],
] as const;

export type Day = (typeof DAYS)[number][0];

/** From and to (`HH:MM`), local to the zone; `24:00` is the end of the day. */
export type Interval = readonly [from: string, to: string];

export type Hours = Readonly<Record<Day, readonly Interval[]>>;

/** How a user can be booked. */
export interface Booking {
  slug: string;
  enabled: boolean;
  title: string;
  description: string | null;
  location: string | null;
  meeting_tool: string;
  /** Minutes; the first is the usual one. */
  durations: readonly number[];
  slot_interval: number | null;
  buffer_before: number;
  buffer_after: number;
  min_notice_minutes: number;
  max_days_ahead: number;
  timezone: string;
  working_hours: Hours;
}

/** Who is signed in. */
export interface Me {
  id: number;
  booking: Booking;
}

/** A meeting: of a booking page, or made by its user. */
export interface Meeting {
  id: number;
  user_id: number | null;
  lead_id: number | null;
  title: string;
  start_time: string;
  end_time: string;
  attendees: readonly { email: string; name: string | null }[];
  status: number;
  /** What the visitor gave who booked it. */
  booking: {
    name: string;
    email: string;
    company: string | null;
    phone: string | null;
    notes: string | null;
  } | null;
}

/** What a meeting's status is that takes place no more. */
export const CANCELLED = 4;

/** Who is signed in, with how they can be booked. */
export async function me(signal: AbortSignal): Promise<Me> {
  return (await lio.get<{ data: Me }>("user/my", {}, signal)).data;
}

/** Changes how a user can be booked; what is left out stays. */
export async function changeBooking(
  user: number,
  booking: Partial<Booking>,
  idempotencyKey: string,
): Promise<Booking> {
  const { data } = await lio.post<{ data: Me }>(`user/update/${user}`, { booking }, {
    idempotencyKey,
  });
  return data.booking;
}

/** A page of meetings, by when they begin. */
export function meetingsOf(query: Query, signal: AbortSignal): Promise<LioPage<Meeting>> {
  return lio.get("meeting/list", { order_by: "start_time", ...query }, signal);
}

/** Cancels a meeting, which those who attend are told by mail. */
export async function cancelMeeting(id: number, idempotencyKey: string): Promise<void> {
  await lio.post(`meeting/update/${id}`, { status: CANCELLED }, { idempotencyKey });
}
