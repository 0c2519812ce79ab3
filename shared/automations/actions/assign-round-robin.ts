import * as z from "zod";
import { sql } from "../../db/sql.ts";
import { action } from "../action.ts";
import { leadOf, setOnLead } from "../lead-steps.ts";
import { recordNumber } from "../links.ts";

const MOST_USERS = 100;

/** Assigns the lead to the user after the one that this action chose last. */
export const assignRoundRobin = action({
  schema: z.strictObject({
    type: z.literal("assign_round_robin"),
    user_ids: z.array(recordNumber()).min(1, "Must name a user")
      .max(MOST_USERS, `Must name at most ${MOST_USERS} users`)
      .refine((ids) => new Set(ids).size === ids.length, "Must name each user once"),
  }),
  links: ({ user_ids }) =>
    user_ids.map((number, i) => ({
      field: `user_ids[${i}]`,
      record: "user",
      table: "users",
      number,
    })),
  take({ user_ids }, step) {
    // Before it is anybody's turn.
    leadOf(step);
    const { automation: { id }, place } = step;
    const next = sql`app.choose_next_user(${id}, ${place}, ${user_ids})::text`;
    return setOnLead(step, "assigned_to", next, "None of the users is there and not inactive.");
  },
});
