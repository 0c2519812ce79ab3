import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";

/** The schema of an answer with one record. */
export function oneRecord(record: z.ZodType): z.ZodObject {
  return z.object({ success: z.literal(true), message: z.string(), data: record });
}

/** The schema of a page. */
export const html = lazy(() => z.string().meta({ contentMediaType: "text/html" }));

/** The id of a record in a body. */
export const recordId = lazy(() => z.int("Must be a whole number").min(1, "Must be 1 or more"));

/** That a record is gone. */
export const deletedRecord = lazy(() =>
  oneRecord(z.object({ id: z.int(), deleted: z.literal(true) }))
);
