import * as z from "zod";
import { IDEMPOTENCY_KEY } from "../../http/idempotency.ts";
import { MOST_ROWS } from "./bound.ts";

const WHOLE = `Must be a whole number from 1 to ${MOST_ROWS}`;

/** How many records of each list are answered. */
export function limit() {
  return z.int(WHOLE).min(1, WHOLE).max(MOST_ROWS, WHOLE).default(10)
    .describe(`The most records of a list, 1 to ${MOST_ROWS}.`);
}

/** Where a list goes on. */
export function cursor() {
  return z.string().min(1, "Must not be empty; leave it out").max(4096, "Must be a next_cursor")
    .describe(
      "next_cursor of a list that was answered before, with the same other arguments: what follows " +
        "of that list alone.",
    ).optional();
}

/** What every write takes beside what it writes. */
export function writing() {
  return {
    dry_run: z.boolean().default(false)
      .describe("true tells what would change and changes nothing."),
    idempotency_key: z.string()
      .regex(IDEMPOTENCY_KEY, "Must be 1 to 255 printable ASCII characters")
      .describe("A text of your choice; a retry with it gets the first answer again for 24 hours.")
      .optional(),
  };
}
