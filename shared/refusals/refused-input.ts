import type * as z from "zod";

/** What a schema refused, undefined when it is missing. */
export function refusedInput(issue: z.core.$ZodIssue): unknown {
  // Of a union's discriminator it is told with the whole object as the input.
  const { discriminator } = issue.code === "invalid_union" ? issue : {};
  return discriminator === undefined ? issue.input : memberOf(issue.input, discriminator);
}

/** A property of a value that may be anything. */
export function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}
