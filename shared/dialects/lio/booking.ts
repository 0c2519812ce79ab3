import * as z from "zod";
import { MEETING_TOOLS } from "../../crm/booking/profile.ts";
import { publicRoute } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { askedOf, availability, shownSlots, slotParameters, slotsOf } from "./availability.ts";
import { confirmBooking } from "./booking-confirm.ts";
import { pageParameters, shownPage } from "./booking-visit.ts";
import { hostOf } from "./booking-host.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./reading.ts";
import { html, oneRecord } from "./schemas.ts";
import { wantsPage } from "./wants-page.ts";

const REFUSALS = ["not_found", "limited", "provider_failed", "unavailable"] as const;

const shown = lazy(() =>
  oneRecord(
    z.object({
      slug: z.string(),
      name: z.string(),
      title: z.string(),
      description: z.string().nullable(),
      duration: z.int(),
      durations: z.array(z.int()),
      timezone: z.string(),
      location: z.string().nullable(),
      meeting_tool: z.enum(MEETING_TOOLS),
      max_days_ahead: z.int(),
    }).meta({ id: "BookingPage" }),
  ).meta({ id: "BookingPageAnswer" })
);

/** GET: what a visitor may know of whom they book. */
const profile: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getBooking",
      summary: "Get the booking profile of a rep",
      query: pageParameters(),
      answers: { 200: z.union([shown(), html()]) },
      refusals: REFUSALS,
    };
  },
  async run(call) {
    const host = await hostOf(call);
    const query = readQuery(call, pageParameters());
    if (wantsPage(call)) return await shownPage(call, host, query);
    const { profile: its } = host;
    const { slug, name, title, description, durations, timezone } = its;
    const { location, meeting_tool, max_days_ahead } = its;
    const [duration] = durations;
    return answer(200, {
      slug,
      name,
      title,
      description,
      duration,
      durations,
      timezone,
      location,
      meeting_tool,
      max_days_ahead,
    }, "Booking profile fetched");
  },
};

/** GET: when they can be booked. */
const slots: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getBookingAvailability",
      summary: "Get the available slots of a rep",
      query: slotParameters(),
      answers: { 200: availability() },
      refusals: REFUSALS,
    };
  },
  async run(call) {
    const host = await hostOf(call);
    const { profile: its } = host;
    const now = Date.now();
    const asked = askedOf(readQuery(call, slotParameters()), its, its.durations, now);
    const free = await slotsOf(call, host, asked, now);
    return answer(200, shownSlots(its, asked, free), "Availability fetched");
  },
};

/** Public booking (spec: Public booking). */
export default router<LioCaller>("/api/v1/booking")
  .get("/:slug", publicRoute, profile)
  .get("/:slug/availability", publicRoute, slots)
  .post("/:slug/confirm", publicRoute, confirmBooking);
