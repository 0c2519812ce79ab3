import * as z from "zod";

/** The schema of an answer with one record (spec: Success Response). */
export function oneRecord(record: z.ZodType): z.ZodObject {
  return z.object({ data: record });
}
