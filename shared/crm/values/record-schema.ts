import * as z from "zod";

/** Schemas of what the API answers, for the contract. */
export const id = z.guid();
export const link = z.guid().nullable();
export const text = z.string().nullable();
export const timestamp = z.iso.datetime({ precision: 6 }).meta({
  id: "Timestamp",
  description: "A time in UTC with microseconds.",
  pattern: "\\.\\d{6}Z$",
  examples: ["2026-01-15T10:30:00.000000Z"],
});
export const date = z.iso.date().nullable();
export const amount = z.number();

/** Whether values with this schema are times. */
export function isTime(answer: z.ZodType): boolean {
  return answer === timestamp || answer instanceof z.ZodNullable && answer.unwrap() === timestamp;
}
