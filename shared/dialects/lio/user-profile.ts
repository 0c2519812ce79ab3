import * as z from "zod";
import { members } from "../../crm/members.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { lazy } from "../../memory/lazy.ts";
import { userFields } from "./user-view.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const MEETING_TOOLS = ["meet", "teams", "zoom", "custom", "none"] as const;

const hours = () => z.array(z.tuple([z.string(), z.string()]));
const minutes = () => z.int().min(0);

const booking = lazy(() =>
  z.object({
    slug: z.string(),
    enabled: z.boolean(),
    title: z.string(),
    description: z.string().nullable(),
    location: z.string().nullable(),
    meeting_tool: z.enum(MEETING_TOOLS),
    durations: z.array(minutes()),
    slot_interval: minutes(),
    buffer_before: minutes(),
    buffer_after: minutes(),
    min_notice_minutes: minutes(),
    max_days_ahead: minutes(),
    timezone: z.string(),
    working_hours: z.object(Object.fromEntries(DAYS.map((day) => [day, hours()]))),
  }).meta({ id: "Booking" })
);

/** A user as their own page shows them: also how they can be booked (decisions: 3). */
export const profile = view(members, {
  ...userFields,
  // Nobody can be booked yet.
  booking: () => ({
    schema: () => booking().nullable(),
    value: sql`null`,
    needs: [],
    shows: null,
    input: null,
  }),
});

/** What is answered of it. */
export const profileSchema = lazy(() => z.object(profile.schema.shape).meta({ id: "Profile" }));

/** The booking of a user in a body: as it was read, until there is one. */
export const bookingInBody = lazy(() =>
  z.null("Must be null: users cannot be booked yet").optional()
);
