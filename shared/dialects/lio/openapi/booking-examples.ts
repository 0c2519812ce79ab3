const SLUG = "rita-rep";
const ZONE = "Europe/Berlin";

const one = (message: string, data: object) => ({ success: true, message, data });

/** Answers of booking, by the name of their schema. */
export const BOOKING_ANSWERS: Readonly<Record<string, unknown>> = {
  BookingPageAnswer: one("Booking profile fetched", {
    slug: SLUG,
    name: "Rita Rep",
    title: "Intro call",
    description: null,
    duration: 30,
    durations: [30, 60],
    timezone: ZONE,
    location: null,
    meeting_tool: "none",
    max_days_ahead: 60,
  }),
  AvailabilityAnswer: one("Availability fetched", {
    slug: SLUG,
    timezone: ZONE,
    duration: 30,
    slots: [{
      start: "2027-03-28T07:00:00.000Z",
      end: "2027-03-28T07:30:00.000Z",
      start_local: "2027-03-28T09:00:00+02:00",
    }],
  }),
  ConfirmedBookingAnswer: one("Booking confirmed", {
    id: 7,
    status: "confirmed",
    start: "2027-03-29T07:00:00.000Z",
    end: "2027-03-29T07:30:00.000Z",
    timezone: ZONE,
    title: "Intro call",
    name: "Jane Roe",
    email: "jane@example.com",
    location: null,
    meeting_url: null,
    invitation: "queued",
  }),
};

/** Bodies of booking, by the name of their schema less `Body`. */
export const BOOKING_BODIES: Readonly<Record<string, unknown>> = {
  ConfirmBooking: {
    start: "2027-03-29T09:00:00+02:00",
    end: "2027-03-29T09:30:00+02:00",
    name: "Jane Roe",
    email: "jane@example.com",
    company: "Acme Corp",
    notes: "About 40 seats",
    tz: ZONE,
  },
};
