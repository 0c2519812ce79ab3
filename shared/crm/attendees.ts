import * as z from "zod";
import { lazy } from "../memory/lazy.ts";
import { email, label, optional } from "./values/fields.ts";

const MOST = 100;
const STATUS = "needs_action";
const EITHER = 'Must be an email address, or {"email", "name"}';

interface Attendee {
  email: string;
  name: string | null;
  /** What they said to the invitation. */
  status: typeof STATUS;
}

/** Somebody who attends, as an email or as they are answered. */
const attendee = lazy(() =>
  z.union([
    email().transform((address): Attendee => ({ email: address, name: null, status: STATUS })),
    z.strictObject({
      email: email(),
      name: optional(label(255)),
      status: z.unknown().optional().meta({ readOnly: true }),
    }).transform((one): Attendee => ({ email: one.email, name: one.name ?? null, status: STATUS })),
  ], EITHER)
);

/** Who attends a meeting or an event: each email once. */
export const attendees: { answer: z.ZodType; check: () => z.ZodType } = {
  answer: z.array(z.object({
    email: z.string(),
    name: z.string().nullable(),
    status: z.literal(STATUS),
  })),
  check: lazy(() =>
    z.array(attendee()).max(MOST, `Must have at most ${MOST} attendees`).transform((given) =>
      given.filter((one, at) => given.findIndex((other) => other.email === one.email) === at)
    )
  ),
};
