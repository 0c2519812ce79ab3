import * as z from "zod";
import { sql } from "../../db/sql.ts";
import { action } from "../action.ts";
import { duration, intervalOf } from "../duration.ts";

/** Goes on later. */
export const wait = action({
  schema: z.strictObject({ type: z.literal("wait"), duration: duration() }),
  take(given, { resume }) {
    if (resume?.isDue) return Promise.resolve("done");
    return Promise.resolve({ until: sql`now() + ${intervalOf(given.duration)}::interval` });
  },
});
