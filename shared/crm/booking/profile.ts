import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../../db/sql.ts";
import { lazy } from "../../memory/lazy.ts";
import { timezone } from "../members.ts";
import { label, text } from "../values/fields.ts";
import type { SlotRules } from "./slots.ts";
import { answeredHours, givenHours, WEEKDAYS } from "./working-hours.ts";

/** How a meeting is held. */
export const MEETING_TOOLS = ["meet", "teams", "zoom", "custom", "none"] as const;

/** How a user can be booked. */
export interface BookingProfile extends SlotRules {
  slug: string;
  name: string;
  title: string;
  description: string | null;
  location: string | null;
  meeting_tool: typeof MEETING_TOOLS[number];
  /** Minutes; the first is the default. */
  durations: readonly [number, ...number[]];
  min_notice_minutes: number;
  max_days_ahead: number;
}

const SHORTEST = 5;
const LONGEST = 480;
const MOST_DURATIONS = 5;

/** Whole minutes of a range. */
function minutes(least: number, most: number) {
  const message = `Must be a whole number of minutes from ${least} to ${most}`;
  return z.int(message).min(least, message).max(most, message);
}

/** How long a meeting may be. */
const bookableMinutes = lazy(() => minutes(SHORTEST, LONGEST));

const SLUG = "Must have 3 to 64 of the letters a to z, digits and hyphens";

const days = lazy(() => {
  const message = "Must be a whole number of days from 0 to 730";
  return z.int(message).min(0, message).max(730, message);
});

const durations = lazy(() =>
  z.array(bookableMinutes()).min(1, "Must have at least one duration")
    .max(MOST_DURATIONS, `Must have at most ${MOST_DURATIONS} durations`)
    .refine((given) => new Set(given).size === given.length, "Must be different ones")
);

/** What can be given of a profile: what is left out stays. */
export const givenProfile = lazy(() =>
  z.strictObject({
    slug: z.string(SLUG).regex(/^[a-z0-9-]{3,64}$/, SLUG),
    enabled: z.boolean(),
    title: label(255).nullable(),
    description: text(20_000).nullable(),
    location: text(500).nullable(),
    meeting_tool: z.enum(MEETING_TOOLS, `Must be one of ${MEETING_TOOLS.join(", ")}`),
    durations: durations(),
    slot_interval: bookableMinutes().nullable(),
    buffer_before: minutes(0, 240),
    buffer_after: minutes(0, 240),
    min_notice_minutes: minutes(0, 43_200),
    max_days_ahead: days(),
    timezone: timezone().nullable(),
    working_hours: givenHours(),
  }).partial()
);

/** A profile as its user sees it. */
export const answeredProfile = lazy(() =>
  z.object({
    slug: z.string(),
    enabled: z.boolean(),
    title: z.string(),
    description: z.string().nullable(),
    location: z.string().nullable(),
    meeting_tool: z.enum(MEETING_TOOLS),
    durations: z.array(z.int()),
    slot_interval: z.int().nullable(),
    buffer_before: z.int(),
    buffer_after: z.int(),
    min_notice_minutes: z.int(),
    max_days_ahead: z.int(),
    timezone: z.string(),
    working_hours: answeredHours(),
  }).meta({ id: "Booking" })
);

const HOURS = sql.join(
  WEEKDAYS.map((day) => sql.raw(`'${day}', working_hours -> '${day}'`)),
);

const SHOWN = sql.join([
  ...[
    "slug",
    "enabled",
    "title",
    "description",
    "location",
    "meeting_tool",
    "durations",
    "slot_interval",
    "buffer_before",
    "buffer_after",
    "min_notice_minutes",
    "max_days_ahead",
    "timezone",
  ].map(sql.ref),
  sql`json_build_object(${HOURS}) as working_hours`,
]);

/** SQL of a user's profile as JSON. */
export function profileOf(user: Sql): Sql {
  return sql`select row_to_json(its) from (
    select ${SHOWN} from crm.bookable_users bookable where bookable.user_id = ${user}) its`;
}

/** The query of a user's profile: its columns, with the user's `name`. */
export function profileById(user: string): Sql {
  return sql`select ${SHOWN}, name from crm.bookable_users where user_id = ${user}`;
}

/** The query that changes what is given of a user's profile. */
export function profileChange(user: Sql, given: object): Sql {
  return sql`select app.change_booking_profile(${user}, ${stringify(given)}::jsonb)`;
}
