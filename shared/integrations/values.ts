import * as z from "zod";
import { email } from "../crm/values/fields.ts";
import { lazy } from "../memory/lazy.ts";
import { hostName } from "../providers/outgoing/host.ts";
import { may, required, type Setting } from "./type.ts";

const LONGEST_SECRET = 4_096;
const MOST_A_DAY = 1_000_000;

/** Text on one line, such as a name or an id at another service. */
export function line(maximum = 255): z.ZodType<string> {
  return z.string().trim().min(1, "Must not be empty")
    .max(maximum, `Must have at most ${maximum} characters`)
    .regex(/^[^\p{Cc}]*$/u, "Must be on one line, without control characters")
    .meta({ pattern: "^[^\\u0000-\\u001F\\u007F-\\u009F]*\\S[^\\u0000-\\u001F\\u007F-\\u009F]*$" });
}

/** A key, token or password, exactly as it is given. */
export function secretText(): z.ZodType {
  return z.string().min(1, "Must not be empty")
    .max(LONGEST_SECRET, `Must have at most ${LONGEST_SECRET} characters`)
    .meta({ format: "password" });
}

/** A host name or an IP address. */
export const host = lazy(() =>
  z.string().trim().max(255, "Must have at most 255 characters")
    .refine((given) => hostName(given) !== null, "Must be a host name or an address")
    .meta({ examples: ["smtp.example.com", "192.0.2.25"] })
);

/** One of a few words. */
export function word(...words: [string, ...string[]]): () => z.ZodType {
  return () => z.enum(words, `Must be one of ${words.join(", ")}`);
}

/** What every mail service needs beside its access. */
export const SENDER: Readonly<Record<string, Setting>> = {
  from_email: required(email),
  from_name: may(() => line()),
  daily_limit: may(() => {
    const message = `Must be a whole number from 1 to ${MOST_A_DAY}, or null for no limit`;
    return z.int(message).min(1, message).max(MOST_A_DAY, message)
      .meta({ description: "The most mails of a UTC day." });
  }),
};
